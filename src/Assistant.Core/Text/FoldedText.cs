using System.Globalization;
using System.Text;
using Assistant.Core.Documents;

namespace Assistant.Core.Text;

/// <summary>
/// A text in the form that is compared: NFKD, without combining marks, in lower case, final sigma and typographic apostrophes
/// made plain; with the way back to where each character came from.
/// </summary>
internal readonly struct FoldedText
{
    private static readonly string?[] Folds = new string?[char.MaxValue + 1];

    private readonly string source;
    private readonly int[]? origins;

    public FoldedText(string text)
    {
        source = text;
        if (Ascii.IsValid(text))
        {
            Text = text.ToLowerInvariant();
            origins = null;
            return;
        }

        var folded = new StringBuilder(text.Length + 16);
        var from = new List<int>(text.Length + 16);
        for (var i = 0; i < text.Length;)
        {
            var length = 1;
            if (char.IsAscii(text[i]))
            {
                folded.Append(char.ToLowerInvariant(text[i]));
            }
            else if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                length = rune.Utf16SequenceLength;
                folded.Append(Fold(rune));
            }
            else
            {
                folded.Append(text[i]);
            }

            while (from.Count < folded.Length)
            {
                from.Add(i);
            }

            i += length;
        }

        Text = folded.ToString();
        origins = [.. from];
    }

    /// <summary>The folded text.</summary>
    public string Text { get; }

    /// <summary>The range of the source that a range of <see cref="Text"/> came from, with the marks behind it.</summary>
    public TextSpan Origin(int start, int end)
    {
        if (origins is null)
        {
            return new TextSpan(start, end);
        }

        var last = origins[end - 1];
        var stop = last + (char.IsHighSurrogate(source[last]) && last + 1 < source.Length && char.IsLowSurrogate(source[last + 1]) ? 2 : 1);
        while (stop < source.Length && IsMark(CharUnicodeInfo.GetUnicodeCategory(source[stop])))
        {
            stop++;
        }

        return new TextSpan(origins[start], stop);
    }

    private static string Fold(Rune rune)
    {
        if (!rune.IsBmp)
        {
            return Compute(rune);
        }

        // Threads may compute the same entry twice; the result is the same.
        return Folds[rune.Value] ??= Compute(rune);
    }

    private static string Compute(Rune rune)
    {
        var folded = new StringBuilder();
        foreach (var part in rune.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (!IsMark(Rune.GetUnicodeCategory(part)))
            {
                folded.Append(part.ToString().ToLowerInvariant());
            }
        }

        return folded.Replace('\u03C2', '\u03C3').Replace('\u2019', '\'').Replace('\u02BC', '\'').ToString();
    }

    private static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
