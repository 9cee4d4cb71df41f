using System.Globalization;
using Assistant.Core.Documents;

namespace Assistant.Core.Passages;

/// <summary>Cuts a sentence that alone exceeds a passage: at white space, without any between characters as people see them.</summary>
internal static class LongSentence
{
    /// <summary>The pieces of <paramref name="sentence"/>, in order; each fits, and together they hold all that is not white space.</summary>
    public static IReadOnlyList<TextSpan> Cut(string text, TextSpan sentence, TokenCounter tokens)
    {
        var pieces = new List<TextSpan>();
        var rest = sentence.In(text);
        // The next piece will be about as long as the last: looking no further keeps long texts linear.
        var expected = tokens.Limit;
        while (!rest.IsEmpty)
        {
            var length = CutOff(rest, ref expected, tokens);
            var start = sentence.End - rest.Length;
            pieces.Add(new TextSpan(start, start + rest[..length].TrimEnd().Length));
            rest = rest[length..].TrimStart();
        }

        return pieces;
    }

    private static int CutOff(ReadOnlySpan<char> rest, ref int expected, TokenCounter tokens)
    {
        var head = rest[..Math.Min(tokens.LongestWord, rest.Length)];
        var longest = HasWhiteSpace(head) ? Math.Min(tokens.LongestText, rest.Length) : head.Length;
        var window = Math.Min(expected, longest);
        var fitting = tokens.LengthThatFits(rest[..window]);
        while (fitting == window && window < longest)
        {
            window = Math.Min(window * 2, longest);
            fitting = tokens.LengthThatFits(rest[..window]);
        }

        var length = fitting == rest.Length ? fitting : BoundaryBefore(rest, fitting);
        // A word that is cut in two may have more tokens than its half of the whole had.
        while (length > 1 && !tokens.Fits(rest[..length]))
        {
            length = BoundaryBefore(rest, length - 1);
        }

        expected = length + (length / 16) + 1;
        return length;
    }

    private static bool HasWhiteSpace(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The last good place to cut no further than <paramref name="limit"/>, at least one code point from the start.</summary>
    private static int BoundaryBefore(ReadOnlySpan<char> text, int limit)
    {
        for (var i = Math.Min(limit, text.Length - 1); i > 0; i--)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                return i;
            }
        }

        var length = 0;
        while (length < limit && StringInfo.GetNextTextElementLength(text[length..Math.Min(text.Length, limit + 1)]) is var element && length + element <= limit)
        {
            length += element;
        }

        if (length > 0)
        {
            return length;
        }

        // One character of endless accents: between its code points.
        var splitsPair = limit > 0 && limit < text.Length && char.IsSurrogatePair(text[limit - 1], text[limit]);
        var codePoint = text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
        return Math.Max(splitsPair ? limit - 1 : limit, codePoint);
    }
}
