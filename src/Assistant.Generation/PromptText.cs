using System.Text;
using System.Xml;

namespace Assistant.Generation;

/// <summary>Text on its way into a prompt.</summary>
internal static class PromptText
{
    /// <summary>
    /// The text without characters that XML cannot hold. Semantic Kernel reads the messages of a rendered prompt as XML; one such
    /// character in a document would make it send everything as a single message, instructions and documents alike.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune != Rune.ReplacementChar && (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value)) && !IsNonCharacter(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    /// <summary>The same on one line.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static bool IsNonCharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE;
}
