using System.Globalization;
using System.Text;
using Assistant.Core.Documents;

namespace Assistant.Core.Changes;

/// <summary>Cuts text into what is compared as one in a reworded sentence: words, numbers, white space, other characters as people see them.</summary>
internal static class WordPieces
{
    private enum PieceKind
    {
        Word,
        Space,
        Other,
    }

    /// <summary>The pieces of <paramref name="within"/> as ranges of <paramref name="text"/>: in order and together all of it.</summary>
    public static IReadOnlyList<TextSpan> Of(string text, TextSpan within)
    {
        var pieces = new List<TextSpan>();
        var start = within.Start;
        var open = PieceKind.Other;
        for (var position = within.Start; position < within.End;)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(position, within.End - position));
            var kind = KindOf(text.AsSpan(position, length));
            if (open == PieceKind.Word && kind == PieceKind.Other && Joins(text, position, within.End))
            {
                kind = PieceKind.Word;
            }

            if (position > start && (kind != open || kind == PieceKind.Other))
            {
                pieces.Add(new TextSpan(start, position));
                start = position;
            }

            open = kind;
            position += length;
        }

        if (within.End > start)
        {
            pieces.Add(new TextSpan(start, within.End));
        }

        return pieces;
    }

    private static PieceKind KindOf(ReadOnlySpan<char> element)
    {
        if (char.IsWhiteSpace(element[0]))
        {
            return PieceKind.Space;
        }

        return Rune.DecodeFromUtf16(element, out var rune, out _) == System.Buffers.OperationStatus.Done && Rune.IsLetterOrDigit(rune)
            ? PieceKind.Word
            : PieceKind.Other;
    }

    /// <summary>Whether an apostrophe or, in a number, a separator stands inside a word.</summary>
    private static bool Joins(string text, int position, int end) =>
        position + 1 < end && text[position] switch
        {
            '\'' or '’' => char.IsLetter(text[position - 1]) && char.IsLetter(text[position + 1]),
            '.' or ',' => char.IsDigit(text[position - 1]) && char.IsDigit(text[position + 1]),
            _ => false,
        };
}
