using System.Numerics.Tensors;
using Assistant.Core.Documents;
using Assistant.Core.Embeddings;
using Assistant.Core.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Embeddings;

public sealed class ContextEncoderTests
{
    private static readonly ContextEncoder Encoder = ContextEncoder.Shared;

    /// <summary>The reference was computed by another program, in another framework, that read the same weights.</summary>
    [Fact]
    public void Vectors_are_those_of_an_independent_reading_of_the_weights()
    {
        using var reference = Reference.Open("context-reference.json");
        Assert.NotEqual(0, reference.RootElement.GetArrayLength());
        foreach (var item in reference.RootElement.EnumerateArray())
        {
            var text = item.GetProperty("text").GetString()!;
            var words = WordsOf(text);
            Assert.Equal(item.GetProperty("words").GetInt32(), words.Length);
            var (sentence, vectors) = Encoder.Encode(text, words);
            Reference.AssertSameDirection(item.GetProperty("sentence"), sentence, text);
            foreach (var expected in item.GetProperty("vectors").EnumerateObject())
            {
                var word = int.Parse(expected.Name, System.Globalization.CultureInfo.InvariantCulture);
                Reference.AssertSameDirection(expected.Value, Vector(vectors, word).ToArray(), $"{text}: word {word}");
            }
        }
    }

    [Fact]
    public void Every_text_has_a_vector_of_length_one_and_a_finite_one_per_word_and_always_the_same() =>
        Prop.ForAll<string?>(text =>
        {
            var words = WordsOf(text ?? "");
            var (sentence, vectors) = Encoder.Encode(text ?? "", words);
            var again = Encoder.Encode(text ?? "", words);
            return vectors.Length == words.Length * Encoder.Dimensions
                && vectors.All(float.IsFinite)
                && Math.Abs(TensorPrimitives.Norm<float>(sentence) - 1) < 1e-5
                && vectors.AsSpan().SequenceEqual(again.Words)
                && sentence.AsSpan().SequenceEqual(again.Sentence);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Words_behind_what_is_read_are_zero_and_none_before_is()
    {
        var text = string.Join(' ', Enumerable.Repeat("harbour", 300));
        var words = WordsOf(text);
        var vectors = Encoder.Encode(text, words).Words;
        bool[] known = [.. Enumerable.Range(0, words.Length).Select(word => TensorPrimitives.Norm(Vector(vectors, word)) > 0)];
        Assert.True(known[0]);
        Assert.False(known[^1]);
        Assert.Equal(known.Count(isKnown => isKnown), known.TakeWhile(isKnown => isKnown).Count());
    }

    [Fact]
    public void Behind_the_last_word_only_signs_are_read()
    {
        const string Text = "The council met in Paris, and the delegates left the next day.";
        var words = WordsOf(Text)[..5];
        Assert.Equal(Encoder.Encode(Text[..(words[^1].End + 1)], words).Words, Encoder.Encode(Text, words).Words);
    }

    [Theory]
    [InlineData("bank", "He sat on the bank of the river and fished.", "They walked along the bank of the stream.", "The bank raised its interest rates.")]
    [InlineData("right", "Turn right behind the bridge.", "The road bends right after the church.", "Women were given the right to vote.")]
    public void A_word_means_what_it_means_where_it_stands(string word, string text, string alike, string otherwise)
    {
        var vector = VectorOf(word, text);
        Assert.True(
            TensorPrimitives.CosineSimilarity<float>(vector, VectorOf(word, alike))
            > TensorPrimitives.CosineSimilarity<float>(vector, VectorOf(word, otherwise)));
    }

    [Theory]
    [InlineData("Where were the negotiations held?", "The talks took place in Paris.", "The fish were held in wooden boxes.")]
    [InlineData("The minister resigned.", "The head of the ministry stepped down.", "The minister opened an exhibition.")]
    [InlineData("What do doctors earn?", "Physicians have a salary of 5,000 a month.", "Doctors wear white coats.")]
    public void A_sentence_that_says_the_same_in_other_words_is_nearer_than_one_that_shares_some(string text, string same, string other)
    {
        var sentence = Encoder.Encode(text, WordsOf(text)).Sentence;
        Assert.True(
            TensorPrimitives.Dot<float>(sentence, Encoder.Encode(same, WordsOf(same)).Sentence)
            > TensorPrimitives.Dot<float>(sentence, Encoder.Encode(other, WordsOf(other)).Sentence));
    }

    private static float[] VectorOf(string word, string text)
    {
        var words = WordsOf(text);
        return Vector(Encoder.Encode(text, words).Words, Array.FindIndex(words, span => span.Of(text) == word)).ToArray();
    }

    private static ReadOnlySpan<float> Vector(float[] vectors, int word) => vectors.AsSpan(word * Encoder.Dimensions, Encoder.Dimensions);

    private static TextSpan[] WordsOf(string text) => [.. TextAnalyzer.Words(text, "en").Select(word => word.Span)];
}
