using System.Text;

namespace Assistant.Shell;

/// <summary>
/// Makes text of documents, file names and error messages harmless to a terminal: what is printed can neither move the
/// cursor nor change colours nor reorder its surroundings.
/// </summary>
public static class SafeText
{
    private const string Tab = "    ";

    /// <summary>
    /// <paramref name="text"/> without control characters (C0, DEL, C1) and bidirectional overrides;
    /// line breaks stay, tabs become spaces.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character == '\t')
            {
                clean.Append(Tab);
            }
            else if (character == '\n' || !(char.IsControl(character) || IsDirectionOverride(character)))
            {
                clean.Append(character);
            }
        }

        return clean.ToString();
    }

    /// <summary>The same with every run of white space, line breaks too, as one space.</summary>
    public static string Collapse(string text)
    {
        var collapsed = new StringBuilder(text.Length);
        foreach (var character in Clean(text.Replace('\r', ' ')))
        {
            if (!char.IsWhiteSpace(character))
            {
                collapsed.Append(character);
            }
            else if (collapsed.Length == 0 || collapsed[^1] != ' ')
            {
                collapsed.Append(' ');
            }
        }

        return collapsed.ToString();
    }

    /// <summary>The same without white space at its ends.</summary>
    public static string OneLine(string text) => Collapse(text).Trim();

    // Embeddings, overrides and isolates of the Unicode bidirectional algorithm.
    private static bool IsDirectionOverride(char character) => character is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
