using System.Globalization;
using System.Text;

namespace Assistant.Core.Generation;

/// <summary>Text on its way to or from a model.</summary>
internal static class ModelText
{
    /// <summary>
    /// The text on one line without what no reader sees (control and format characters, private use, broken surrogates), so that it
    /// can neither begin a line of its own in a prompt nor say something there that nobody notices.
    /// </summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else if (rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned))
            {
                line.Append(rune.ToString());
            }
        }

        return line.ToString().TrimEnd();
    }
}
