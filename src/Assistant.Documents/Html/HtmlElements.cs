using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Assistant.Documents.Html;

/// <summary>What the elements of HTML mean for reading.</summary>
internal static class HtmlElements
{
    private static readonly FrozenSet<string> Blocks = FrozenSet.ToFrozenSet(
    [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "frameset", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu",
        "nav", "ol", "p", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ]);

    /// <summary>Elements whose content is a program, another page, a control or a picture.</summary>
    private static readonly FrozenSet<string> NoText = FrozenSet.ToFrozenSet(
    [
        "applet", "area", "audio", "base", "button", "canvas", "col", "colgroup", "datalist", "embed", "frame", "head", "iframe", "input",
        "link", "map", "meta", "meter", "noframes", "noscript", "object", "optgroup", "option", "param", "progress", "script", "select",
        "source", "style", "svg", "template", "textarea", "title", "track", "video",
    ]);

    private static readonly FrozenSet<string> Void = FrozenSet.ToFrozenSet(
    [
        "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ]);

    public static bool IsVoid(string name) => Void.Contains(name);

    public static bool IsBlock(string name) => Blocks.Contains(name);

    public static bool HasNoText(string name) => NoText.Contains(name);

    /// <summary>1 to 6; null for what is no heading.</summary>
    public static int? HeadingLevel(IElement element)
    {
        if (element.LocalName is ['h', >= '1' and <= '6'])
        {
            return element.LocalName[1] - '0';
        }

        // Internet drafts and RFCs are one preformatted text, whose headings are spans of class h2, h3, ….
        if (element.LocalName == "span" && element.ClassName is ['h', >= '1' and <= '6'] && element.Closest("pre") is not null)
        {
            return element.ClassName[1] - '0';
        }

        return element.GetAttribute("role") == "heading"
            ? int.TryParse(element.GetAttribute("aria-level"), out var level) ? Math.Clamp(level, 1, 6) : 2
            : null;
    }

    /// <summary>Whether an item of a list is a small article of its own: a heading or more than one paragraph.</summary>
    public static bool HoldsSeveralBlocks(IElement element)
    {
        var paragraphs = 0;
        foreach (var child in element.Children)
        {
            if (HeadingLevel(child) is not null || (child.LocalName is "p" or "blockquote" && ++paragraphs > 1))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the page itself says that the element is not shown, or is there for the mouse only.</summary>
    public static bool IsHidden(IElement element)
    {
        if (element.HasAttribute("hidden") || (element.GetAttribute("aria-hidden") == "true" && Formula.Of(element).Length == 0))
        {
            return true;
        }

        var style = element.GetAttribute("style");
        return style is not null && StyleHides(style);
    }

    /// <summary>Links that editors and generators put beside headings: “[edit]”, “¶”, “#”.</summary>
    public static bool IsHeadingTool(IElement element) =>
        element.ClassList.Contains("mw-editsection")
        || (element.LocalName == "a" && element.TextContent.Trim() is "¶" or "#" or "§" or "🔗");

    private static bool StyleHides(string style)
    {
        foreach (var declaration in style.AsSpan().Split(';'))
        {
            var rule = style.AsSpan(declaration);
            var colon = rule.IndexOf(':');
            if (colon < 0)
            {
                continue;
            }

            var property = rule[..colon].Trim();
            var value = rule[(colon + 1)..].Trim();
            if ((property.Equals("display", StringComparison.OrdinalIgnoreCase) && value.StartsWith("none", StringComparison.OrdinalIgnoreCase))
                || (property.Equals("visibility", StringComparison.OrdinalIgnoreCase) && value.StartsWith("hidden", StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }
}
