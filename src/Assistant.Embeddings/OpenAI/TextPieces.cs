using System.Numerics.Tensors;
using Microsoft.ML.Tokenizers;

namespace Assistant.Embeddings.OpenAI;

/// <summary>A text, or a piece of one that is longer than the model takes.</summary>
/// <param name="Text">The piece.</param>
/// <param name="Tokens">Its tokens, as many as cl100k_base makes of it.</param>
internal readonly record struct TextPiece(string Text, int Tokens);

/// <summary>Cuts texts to the length that a model takes, and makes one vector of those of a text's pieces.</summary>
internal static class TextPieces
{
    private static readonly Lazy<TiktokenTokenizer> Tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("cl100k_base"));

    /// <summary>The pieces of a text: itself as a rule.</summary>
    public static IReadOnlyList<TextPiece> Cut(string text, int mostTokens)
    {
        var tokens = Tokenizer.Value.CountTokens(text);
        if (tokens <= mostTokens)
        {
            return [new TextPiece(text, tokens)];
        }

        var pieces = new List<TextPiece>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var length = Math.Max(1, Tokenizer.Value.GetIndexByTokenCount(rest, mostTokens, out _, out var count));
            // A token may end inside a character.
            if (length < rest.Length && char.IsLowSurrogate(rest[length]) && char.IsHighSurrogate(rest[length - 1]))
            {
                length += length > 1 ? -1 : 1;
            }

            pieces.Add(new TextPiece(rest[..length].ToString(), Math.Max(1, count)));
            rest = rest[length..];
        }

        return pieces;
    }

    /// <summary>The mean of the pieces' vectors, each of length 1, weighted by their tokens; a piece of zeros counts for nothing.</summary>
    public static float[] Join(IReadOnlyList<TextPiece> pieces, IReadOnlyList<float[]> vectors)
    {
        if (pieces.Count == 1)
        {
            return vectors[0];
        }

        var mean = new float[vectors[0].Length];
        for (var i = 0; i < pieces.Count; i++)
        {
            var norm = TensorPrimitives.Norm<float>(vectors[i]);
            if (norm > 0)
            {
                TensorPrimitives.MultiplyAdd(vectors[i], pieces[i].Tokens / norm, mean, mean);
            }
        }

        return mean;
    }
}
