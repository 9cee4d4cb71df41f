using System.Buffers;
using System.Globalization;

namespace Assistant.Core.Text;

/// <summary>The characters that end sentences, close them and separate them.</summary>
internal static class Punctuation
{
    /// <summary>Full stops of scripts that need no space after them: CJK, Indic, Arabic, Armenian, Ethiopic, Burmese, Khmer.</summary>
    private const string WideTerminators = "。！？｡।॥۔؟։።፧፨။។៕᠃᠉⸮꓿\u061D\u061E\u0700\u0701\u0702";

    private const string Terminators = ".!?…‥‼⁇⁈⁉．" + WideTerminators;
    private const string LineBreaks = "\n\r\f\v\u0085\u2028\u2029";

    /// <summary>Longest reference in brackets after a full stop: [5], [note 12], [citation needed].</summary>
    private const int LongestReference = 18;

    /// <summary>Where a scan for sentence ends has to look: terminators and line breaks.</summary>
    public static SearchValues<char> Stops { get; } = SearchValues.Create(Terminators + LineBreaks);

    public static bool IsTerminator(char character) => Terminators.Contains(character, StringComparison.Ordinal);

    public static bool IsWideTerminator(char character) => WideTerminators.Contains(character, StringComparison.Ordinal);

    public static bool IsLineBreak(char character) => LineBreaks.Contains(character, StringComparison.Ordinal);

    /// <summary>Letters, digits and whatever lies beyond the basic plane.</summary>
    public static bool IsWordCharacter(char character) => char.IsLetterOrDigit(character) || char.IsSurrogate(character);

    public static int SkipWhiteSpace(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }

    /// <summary>Whether a run of white space holds an empty line: two line breaks (CR LF is one), a page or a paragraph break.</summary>
    public static bool HasBlankLine(ReadOnlySpan<char> whiteSpace)
    {
        var breaks = 0;
        for (var i = 0; i < whiteSpace.Length; i++)
        {
            var character = whiteSpace[i];
            var secondHalf = character == '\n' && i > 0 && whiteSpace[i - 1] == '\r';
            if (character is '\f' or '\u2029' || (!secondHalf && IsLineBreak(character) && ++breaks == 2))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The position after the quotation marks, brackets and footnote marks that belong to the sentence ending before <paramref name="position"/>.</summary>
    public static int SkipClosers(ReadOnlySpan<char> text, int position)
    {
        // In CJK text, which has no spaces, an opening quotation mark after a full stop opens the next sentence.
        var isWide = IsWideTerminator(text[position - 1]);
        while (position < text.Length)
        {
            if (IsCloser(text[position], isWide))
            {
                position++;
            }
            else if (ReferenceLength(text[position..]) is > 0 and var length)
            {
                position += length;
            }
            else if (LoneCloserLength(text[position..]) is > 0 and var spaced)
            {
                position += spaced;
            }
            else
            {
                break;
            }
        }

        return position;
    }

    /// <summary>Whether a character may stand between sentence and next word without being one: quotation mark, bracket, dash, bullet.</summary>
    public static bool IsOpener(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
        or UnicodeCategory.DashPunctuation || character is '"' or '\'' or '`' or '¿' or '¡' or '*' or '_' or '•' or '#';

    private static bool IsCloser(char character, bool isWide) => char.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation => true,
        // German closes with the marks that English opens with.
        UnicodeCategory.InitialQuotePunctuation => !isWide,
        _ => character is '"' or '\'' or '*' or '_' or '†' or '‡' or '¹' or '²' or '³' or '⁰' or (>= '⁴' and <= '⁹'),
    };

    private static int ReferenceLength(ReadOnlySpan<char> text)
    {
        if (text[0] != '[')
        {
            return 0;
        }

        var end = text[..Math.Min(LongestReference, text.Length)].IndexOf(']');
        for (var i = 1; i < end; i++)
        {
            if (!IsWordCharacter(text[i]) && text[i] is not (' ' or ',' or '-' or '–'))
            {
                return 0;
            }
        }

        return end > 1 && (end <= 3 || char.IsAsciiDigit(text[end - 1]) || text[1..end].SequenceEqual("citation needed")) ? end + 1 : 0;
    }

    /// <summary>Length of a space and the closer or reference after it when white space follows: French «&#160;… .&#160;», “end. [5]”.</summary>
    private static int LoneCloserLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] is not (' ' or '\u00A0' or '\u202F'))
        {
            return 0;
        }

        var length = text[1] is '»' or '”' or '’' or ')' or ']' ? 2 : 1 + ReferenceLength(text[1..]);
        return length > 1 && (length == text.Length || char.IsWhiteSpace(text[length])) ? length : 0;
    }
}
