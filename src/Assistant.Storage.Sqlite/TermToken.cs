using System.Globalization;
using System.Text;

namespace Assistant.Storage.Sqlite;

/// <summary>
/// Writes terms so that FTS5's <c>ascii</c> tokenizer takes each as exactly one token and never alters it. That tokenizer
/// keeps everything beyond ASCII; a to z and 0 to 9 stand for themselves; every other code unit becomes <c>_</c> and
/// four hexadecimal digits, so nothing in a term can be query syntax and two terms never share a token.
/// </summary>
internal static class TermToken
{
    /// <summary>The tokenizer the tokens are made for.</summary>
    public const string Tokenizer = "ascii tokenchars '_'";

    /// <summary>The token of a term.</summary>
    public static string Encode(string term)
    {
        var plain = true;
        foreach (var unit in term)
        {
            plain &= char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || (unit > '\x7F' && !char.IsSurrogate(unit));
        }

        return plain ? term : Escape(term);
    }

    /// <summary>The tokens of terms in their order, separated by spaces.</summary>
    public static string EncodeAll(IReadOnlyList<string> terms) => string.Join(' ', terms.Where(term => term.Length > 0).Select(Encode));

    /// <summary>An FTS5 query for the rows that hold the term; it must not be empty.</summary>
    public static string Phrase(string term) => $"\"{Encode(term)}\"";

    private static string Escape(string term)
    {
        var token = new StringBuilder(term.Length + 16);
        for (var i = 0; i < term.Length; i++)
        {
            var unit = term[i];
            if (char.IsHighSurrogate(unit) && i + 1 < term.Length && char.IsLowSurrogate(term[i + 1]))
            {
                token.Append(unit).Append(term[++i]);
            }
            else if (char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || (unit > '\x7F' && !char.IsSurrogate(unit)))
            {
                token.Append(unit);
            }
            else
            {
                token.Append('_').Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return token.ToString();
    }
}
