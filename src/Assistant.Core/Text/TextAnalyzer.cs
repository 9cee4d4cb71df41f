using System.Globalization;
using Assistant.Core.Documents;

namespace Assistant.Core.Text;

/// <summary>Turns text into the terms that are indexed and searched.</summary>
/// <remarks>
/// Text is folded (NFKD without combining marks, lower case). A word is a maximal run of letters and digits (Unicode categories
/// L and N) and, where an apostrophe and Latin letters follow, those too; a final <c>'s</c> is cut off, other apostrophes are
/// removed. Chinese and Japanese, which put no spaces between words, give overlapping pairs of characters.
/// </remarks>
public static class TextAnalyzer
{
    /// <summary>Name and version of the rules; part of the index's fingerprint.</summary>
    public const string Fingerprint = "analyzer/1";

    /// <summary>The words of <paramref name="text"/> in order, stopwords included.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="language">
    /// ISO 639-1 code. Null (a text too short to tell) follows the rules of English; a language without a stemmer leaves words unstemmed.
    /// </param>
    public static IReadOnlyList<AnalyzedWord> Words(string text, string? language)
    {
        var rules = LanguageRules.For(language);
        var folded = new FoldedText(text);
        var words = new List<AnalyzedWord>(text.Length / 6 + 1);
        var position = 0;
        while (NextRun(folded.Text, ref position, out var start, out var apostrophe))
        {
            var span = folded.Origin(start, position);
            if (rules.InPairs && IsUnspaced(folded.Text[start]))
            {
                AddPairs(folded, start, position, words);
                continue;
            }

            var word = WithoutApostrophe(folded.Text[start..position], apostrophe - start, rules);
            if (word.Length > 0)
            {
                var isStopword = rules.Stopwords.Contains(word);
                words.Add(new AnalyzedWord(span, isStopword ? word : rules.Stem(word, text.AsSpan(span.Start, span.Length)), isStopword));
            }
        }

        return words;
    }

    /// <summary>The terms of <paramref name="text"/> in order, repeated as they occur, without stopwords.</summary>
    /// <inheritdoc cref="Words"/>
    public static IReadOnlyList<string> Terms(string text, string? language)
    {
        var words = Words(text, language);
        var terms = new List<string>(words.Count);
        foreach (var word in words)
        {
            if (!word.IsStopword)
            {
                terms.Add(word.Term);
            }
        }

        return terms;
    }

    /// <summary>Finds the next word from <paramref name="position"/> on; leaves the position behind it.</summary>
    private static bool NextRun(string text, ref int position, out int start, out int apostrophe)
    {
        apostrophe = -1;
        while (position < text.Length && WordLength(text, position) == 0)
        {
            position++;
        }

        start = position;
        while (position < text.Length && WordLength(text, position) is var length and > 0)
        {
            position += length;
        }

        if (position > start && position < text.Length && text[position] == '\'')
        {
            var end = position + 1;
            while (end < text.Length && char.IsAsciiLetterLower(text[end]))
            {
                end++;
            }

            if (end > position + 1)
            {
                apostrophe = position;
                position = end;
            }
        }

        return position > start;
    }

    /// <summary>Code units of the letter or digit at <paramref name="index"/>; 0 when it is none.</summary>
    internal static int WordLength(string text, int index)
    {
        var first = text[index];
        if (char.IsAscii(first))
        {
            return char.IsAsciiLetterOrDigit(first) ? 1 : 0;
        }

        var length = char.IsHighSurrogate(first) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
        return CharUnicodeInfo.GetUnicodeCategory(text, index) is
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            ? length : 0;
    }

    private static string WithoutApostrophe(string word, int apostrophe, LanguageRules rules)
    {
        if (apostrophe < 0)
        {
            return word;
        }

        if (rules.Elides)
        {
            return word[(apostrophe + 1)..];
        }

        return word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word.Remove(apostrophe, 1);
    }

    /// <summary>Han, Hiragana and Katakana.</summary>
    private static bool IsUnspaced(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    private static void AddPairs(FoldedText folded, int start, int end, List<AnalyzedWord> words)
    {
        for (var i = start; i + 1 < end || i == start; i++)
        {
            var stop = Math.Min(i + 2, end);
            words.Add(new AnalyzedWord(folded.Origin(i, stop), folded.Text[i..stop], IsStopword: false));
        }
    }
}

/// <summary>A word of a text.</summary>
/// <param name="Span">Where it stands in the analysed text.</param>
/// <param name="Term">Its normalised, stemmed form.</param>
/// <param name="IsStopword">Whether it is too common to be indexed.</param>
public readonly record struct AnalyzedWord(TextSpan Span, string Term, bool IsStopword);
