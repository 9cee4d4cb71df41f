using System.Net;
using System.Text;

namespace Assistant.Documents.Markdown;

/// <summary>HTML that stands inside Markdown: often a tag without its end, so there is no tree to parse.</summary>
internal static class HtmlFragment
{
    private static readonly string[] HiddenElements = ["script", "style", "template", "svg"];

    /// <summary>The text between the tags; a tag separates words.</summary>
    public static string Text(string html)
    {
        var text = new StringBuilder();
        var rest = html.AsSpan();
        while (rest.IndexOf('<') is >= 0 and var open)
        {
            text.Append(rest[..open]);
            rest = rest[open..];
            if (TagLength(rest) is > 0 and var length)
            {
                var tag = rest[..length];
                text.Append(IsInline(tag) ? "" : "\n");
                rest = rest[length..];
                if (HiddenElement(tag) is { } hidden)
                {
                    var end = rest.IndexOf($"</{hidden}", StringComparison.OrdinalIgnoreCase);
                    rest = end < 0 ? [] : rest[end..];
                }
            }
            else
            {
                text.Append('<');
                rest = rest[1..];
            }
        }

        var lines = WebUtility.HtmlDecode(text.Append(rest).ToString()).Split('\n');
        return string.Join('\n', lines.Select(line => line.Trim()).Where(line => line.Length > 0));
    }

    /// <summary>The name of the element that <paramref name="tag"/> opens when its content is no text, else null.</summary>
    public static string? HiddenElement(ReadOnlySpan<char> tag)
    {
        var name = tag.StartsWith("</") || tag.EndsWith("/>") ? [] : Name(tag);
        foreach (var hidden in HiddenElements)
        {
            if (name.Equals(hidden, StringComparison.OrdinalIgnoreCase))
            {
                return hidden;
            }
        }

        return null;
    }

    public static bool IsEndTag(ReadOnlySpan<char> tag, string element) =>
        tag.StartsWith("</") && Name(tag).Equals(element, StringComparison.OrdinalIgnoreCase);

    public static bool IsLineBreak(ReadOnlySpan<char> tag) => Name(tag).Equals("br", StringComparison.OrdinalIgnoreCase);

    /// <summary>Length of the tag or comment that <paramref name="rest"/> begins with; 0 when it begins with a mere “&lt;”.</summary>
    private static int TagLength(ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith("<!--"))
        {
            var end = rest.IndexOf("-->");
            return end < 0 ? rest.Length : end + 3;
        }

        if (rest.Length < 2 || !(char.IsAsciiLetter(rest[1]) || rest[1] is '/' or '!' or '?'))
        {
            return 0;
        }

        // Up to the next tag, so that a lone “<a” costs no look at all that follows.
        var close = rest[1..].IndexOfAny('>', '<');
        return close >= 0 && rest[close + 1] == '>' ? close + 2 : 0;
    }

    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> tag)
    {
        var name = tag.TrimStart("</");
        var length = 0;
        while (length < name.Length && char.IsAsciiLetterOrDigit(name[length]))
        {
            length++;
        }

        return name[..length];
    }

    private static bool IsInline(ReadOnlySpan<char> tag) => tag.StartsWith("<!--") || Name(tag).ToString().ToUpperInvariant()
        is "A" or "B" or "I" or "EM" or "STRONG" or "SPAN" or "CODE" or "SUB" or "SUP" or "U" or "S" or "SMALL" or "MARK" or "FONT" or "KBD" or "ABBR";
}
