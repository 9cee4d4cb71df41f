using System.Numerics.Tensors;
using System.Text.Json;
using Assistant.Core.Embeddings;
using Assistant.Core.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace Assistant.Core.Tests.Embeddings;

public sealed class BuiltInEmbeddingGeneratorTests
{
    [Fact]
    public void Tokens_and_vectors_are_those_of_the_reference()
    {
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Shared.PathOf("lexicon", "reference.json")));
        var items = reference.RootElement.GetProperty("items");
        Assert.NotEqual(0, items.GetArrayLength());
        foreach (var item in items.EnumerateArray())
        {
            var text = item.GetProperty("text").GetString() ?? "";
            Assert.Equal(item.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()), TextAnalyzer.Terms(text, "en"));

            Reference.AssertSameDirection(item.GetProperty("vector"), BuiltInEmbeddingGenerator.Embed(text), text);
        }
    }

    [Fact]
    public void A_vector_has_length_one_or_is_zero() =>
        Prop.ForAll<string?>(text =>
        {
            var norm = TensorPrimitives.Norm<float>(BuiltInEmbeddingGenerator.Embed(text ?? ""));
            return norm == 0 || Math.Abs(norm - 1) < 1e-5;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("caution", "prudence", "artillery")]
    [InlineData("the spacecraft was launched", "a rocket took off", "the recipe needs butter")]
    [InlineData("doctors treated the patients", "physicians cared for the sick", "the parliament passed a law")]
    public void Texts_that_say_the_same_in_other_words_are_nearer_than_others(string text, string same, string other)
    {
        var vector = BuiltInEmbeddingGenerator.Embed(text);
        Assert.True(
            TensorPrimitives.Dot<float>(vector, BuiltInEmbeddingGenerator.Embed(same))
            > TensorPrimitives.Dot<float>(vector, BuiltInEmbeddingGenerator.Embed(other)));
    }

    [Fact]
    public void A_misspelt_unknown_name_stays_near_the_name() =>
        Assert.True(TensorPrimitives.Dot<float>(
            BuiltInEmbeddingGenerator.Embed("Zaporizhzhiia"), BuiltInEmbeddingGenerator.Embed("Zaporizhzhia")) > 0.5f);

    [Fact]
    public async Task The_generator_gives_one_vector_per_text_and_says_what_it_is()
    {
        using var generator = new BuiltInEmbeddingGenerator();
        var embeddings = await generator.GenerateAsync(["one text", "another"], cancellationToken: TestContext.Current.CancellationToken);
        var metadata = generator.GetService<EmbeddingGeneratorMetadata>();

        Assert.Equal(2, embeddings.Count);
        Assert.Equal("lexicon-1", metadata?.DefaultModelId);
        Assert.All(embeddings, embedding => Assert.Equal(metadata?.DefaultModelDimensions, embedding.Vector.Length));
    }
}
