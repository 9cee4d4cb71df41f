using System.Numerics.Tensors;
using Assistant.Core.Embeddings;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Embeddings;

public sealed class SentenceTableTests
{
    [Fact]
    public void Vectors_are_those_of_an_independent_reading_of_the_table()
    {
        using var reference = Reference.Open("sentence-reference.json");
        Assert.NotEqual(0, reference.RootElement.GetArrayLength());
        foreach (var item in reference.RootElement.EnumerateArray())
        {
            var text = item.GetProperty("text").GetString()!;
            Reference.AssertSameDirection(item.GetProperty("vector"), SentenceTable.Shared.Embed(text), text);
        }
    }

    [Fact]
    public void A_vector_has_length_one_or_is_zero() =>
        Prop.ForAll<string?>(text =>
        {
            var norm = TensorPrimitives.Norm<float>(SentenceTable.Shared.Embed(text ?? ""));
            return norm == 0 || Math.Abs(norm - 1) < 1e-5;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Where were the negotiations held?", "The talks took place in Paris.", "The fish were held in wooden boxes.")]
    [InlineData("lawmakers without a party", "independent members of parliament", "lawyers who celebrate without music")]
    public void A_sentence_that_answers_in_other_words_is_nearer_than_one_that_shares_some(string text, string same, string other)
    {
        var vector = SentenceTable.Shared.Embed(text);
        Assert.True(
            TensorPrimitives.Dot<float>(vector, SentenceTable.Shared.Embed(same))
            > TensorPrimitives.Dot<float>(vector, SentenceTable.Shared.Embed(other)));
    }
}
