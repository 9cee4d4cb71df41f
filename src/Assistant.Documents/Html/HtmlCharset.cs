using System.Text;
using System.Text.RegularExpressions;

namespace Assistant.Documents.Html;

/// <summary>Finds the charset that a page says it is in.</summary>
internal static partial class HtmlCharset
{
    /// <summary>Browsers look at 1024 bytes only; pages with longer comments in front of their head exist.</summary>
    private const int Window = 128 * 1024;

    /// <summary>The name in the XML declaration or the first <c>meta</c> element that has one; null when there is none.</summary>
    public static string? FindDeclared(ReadOnlySpan<byte> bytes)
    {
        var beginning = Comment().Replace(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Window)]), "");
        var match = XmlDeclaration().Match(beginning);
        if (!match.Success)
        {
            match = Meta().Match(beginning);
        }

        return match.Success ? match.Groups["name"].Value : null;
    }

    [GeneratedRegex("<!--.*?(-->|$)", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Comment();

    [GeneratedRegex("""^\s*<\?xml[^>]*\sencoding\s*=\s*["'](?<name>[\w.:-]+)""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex XmlDeclaration();

    [GeneratedRegex("""<meta\s[^>]*charset\s*=\s*["']?\s*(?<name>[\w.:-]+)""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Meta();
}
