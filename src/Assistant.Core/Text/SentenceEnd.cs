using System.Globalization;

namespace Assistant.Core.Text;

/// <summary>Decides whether a full stop, question or exclamation mark ends a sentence of one running text.</summary>
internal readonly ref struct SentenceEnd
{
    /// <summary>How much of a text tells how it is written.</summary>
    private const int SampleLength = 20_000;

    /// <summary>No abbreviation is longer.</summary>
    private const int LongestWord = 24;

    private readonly ReadOnlySpan<char> text;

    /// <summary>The text has no capitals to tell a new sentence by.</summary>
    private readonly bool isLowerCased;

    /// <summary>Full stops that end sentences stand between spaces, as in text that was cut into tokens; others are of abbreviations.</summary>
    private readonly bool hasLoneStops;

    public SentenceEnd(ReadOnlySpan<char> text)
    {
        this.text = text;
        var sample = text[..Math.Min(SampleLength, text.Length)];
        int upper = 0, lower = 0;
        foreach (var character in sample)
        {
            upper += char.IsUpper(character) ? 1 : 0;
            lower += char.IsLower(character) ? 1 : 0;
        }

        // A stray capital does not make it ordinary text: there one letter in fifty is a capital.
        isLowerCased = upper * 1000 < lower;
        hasLoneStops = sample.Contains(" . ", StringComparison.Ordinal) || sample.EndsWith(" .");
    }

    /// <summary>Whether the sentence ends here.</summary>
    /// <param name="start">Start of the sentence.</param>
    /// <param name="stop">The first of its terminators.</param>
    /// <param name="runEnd">After the last of them.</param>
    /// <param name="after">After the closing quotation marks, brackets and footnote marks that follow.</param>
    public bool IsAt(int start, int stop, int runEnd, int after)
    {
        if (after == text.Length)
        {
            return true;
        }

        if (Punctuation.IsWideTerminator(text[runEnd - 1]))
        {
            // 「…。」と言った: what is quoted is part of the sentence that goes on in Hiragana.
            return after == runEnd || text[after] is not (>= '\u3041' and <= '\u309F');
        }

        var next = Punctuation.SkipWhiteSpace(text, after);
        var hasReference = text[after - 1] == ']';
        // Without a space it is part of a number, an address, a name; a word in brackets with a mark of its own, “(!)”, ends nothing.
        if ((next == after && !(hasReference && char.IsUpper(text[next])))
            || (stop > start && char.GetUnicodeCategory(text[stop - 1]) == UnicodeCategory.OpenPunctuation))
        {
            return false;
        }

        var first = next;
        while (first < text.Length && Punctuation.IsOpener(text[first]))
        {
            first++;
        }

        if (first == text.Length)
        {
            return true;
        }

        if (Punctuation.IsTerminator(text[first]))
        {
            // Of “. . .” only the last stop can end a sentence.
            return false;
        }

        var isFullStop = text[stop] == '.' && runEnd == stop + 1;
        var isLone = isFullStop && stop > start && char.IsWhiteSpace(text[stop - 1]) && !(stop > start + 1 && text[stop - 2] == '.');
        return char.IsLower(text[first])
            ? EndsBeforeLowerCase(start, stop, first, isFullStop, isLone, isQuoted: after > runEnd && !hasReference)
            : EndsBeforeOther(start, stop, first, isFullStop, isLone);
    }

    private bool EndsBeforeLowerCase(int start, int stop, int next, bool isFullStop, bool isLone, bool isQuoted)
    {
        if (isLone || !isLowerCased || isQuoted)
        {
            return isLone;
        }

        return isFullStop ? !hasLoneStops && EndsAfterWord(start, stop, next) : text[stop] is '!' or '?';
    }

    private bool EndsBeforeOther(int start, int stop, int next, bool isFullStop, bool isLone)
    {
        if (!isFullStop)
        {
            return true;
        }

        var beforeDigit = char.IsDigit(text[next]);
        if (isLone)
        {
            // “2 . 5” is a number that was cut into tokens.
            return !(beforeDigit && stop > start + 1 && char.IsDigit(text[stop - 2]));
        }

        return !(isLowerCased && hasLoneStops && beforeDigit) && EndsAfterWord(start, stop, next);
    }

    /// <summary>Whether a full stop after this word ends the sentence when a space and the word at <paramref name="next"/> follow.</summary>
    private bool EndsAfterWord(int start, int stop, int next)
    {
        var wordStart = stop;
        while (wordStart > start && stop - wordStart <= LongestWord && IsPartOfWord(text[wordStart - 1]))
        {
            wordStart--;
        }

        var word = text[wordStart..stop].TrimStart('.');
        if (word.IsEmpty || word.Length > LongestWord)
        {
            return true;
        }

        var beforeDigit = char.IsDigit(text[next]);
        switch (Find(word, start, wordStart))
        {
            case AbbreviationKind.Inner:
            case AbbreviationKind.Title when char.IsUpper(word[0]) || isLowerCased:
            case AbbreviationKind.Numbered when beforeDigit:
                return false;
            case AbbreviationKind.Ending:
                return IsOpeningWord(next);
            default:
                break;
        }

        var opensSentence = wordStart == start;
        if (IsNumber(word))
        {
            // “1. Introduction”, “3. 10. 1990”, “am 3. Oktober”
            return !opensSentence && !(beforeDigit && IsNumberWithStop(next)) && !(IsAfterGermanArticle(start, wordStart) && !IsOpeningWord(next));
        }

        if (opensSentence && word.Length <= 4 && !word.ContainsAnyExcept("IVX"))
        {
            return false;
        }

        // Initials and acronyms: “J. R. R. Tolkien”, “the U.S. Army” against “in the U.S. The army”.
        return !IsInitials(word) || (!opensSentence && IsOpeningWord(next));
    }

    private AbbreviationKind Find(ReadOnlySpan<char> word, int start, int wordStart)
    {
        // “z. B.” is written with a space as well as without.
        var isSecondLetter = word.Length == 1 && wordStart - 3 >= start && char.IsWhiteSpace(text[wordStart - 1])
            && text[wordStart - 2] == '.' && char.IsLetter(text[wordStart - 3])
            && (wordStart - 4 < start || !char.IsLetter(text[wordStart - 4]));
        var spaced = isSecondLetter ? Abbreviations.Find([text[wordStart - 3], '.', word[0]]) : AbbreviationKind.None;
        return spaced != AbbreviationKind.None ? spaced : Abbreviations.Find(word);
    }

    private bool IsOpeningWord(int position)
    {
        var end = position;
        while (end < text.Length && end - position <= LongestWord && char.IsLetter(text[end]))
        {
            end++;
        }

        // A letter with a full stop is one more initial.
        return !(end < text.Length && text[end] == '.' && end - position == 1) && Abbreviations.OpensSentences(text[position..end]);
    }

    private bool IsAfterGermanArticle(int start, int wordStart)
    {
        var before = text[Math.Max(start, wordStart - LongestWord)..wordStart].TrimEnd();
        var first = before.Length;
        while (first > 0 && char.IsLetter(before[first - 1]))
        {
            first--;
        }

        return Abbreviations.IsGermanArticle(before[first..]);
    }

    private bool IsNumberWithStop(int position)
    {
        var end = position;
        while (end < text.Length && end - position <= 2 && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - position <= 2 && end < text.Length && text[end] == '.';
    }

    private static bool IsNumber(ReadOnlySpan<char> word) => word.Length <= 2 && !word.ContainsAnyExceptInRange('0', '9');

    private static bool IsInitials(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (i % 2 == 0 ? !(char.IsUpper(word[i]) || char.IsLower(word[i])) : word[i] != '.')
            {
                return false;
            }
        }

        return word.Length % 2 == 1;
    }

    private static bool IsPartOfWord(char character) => character == '.' || char.IsLetterOrDigit(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
