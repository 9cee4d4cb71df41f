using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Assistant.Documents.Word;

/// <summary>What a paragraph is by its style and by what it says itself. Styles are looked up through those they are based on.</summary>
internal sealed partial class WordStyles
{
    /// <summary>More styles based on each other than any template has; a circle has no end.</summary>
    private const int LongestChain = 32;

    private readonly Dictionary<string, Style> styles = new(StringComparer.Ordinal);
    private readonly string? defaultParagraphStyle;

    /// <summary>Reads the part with the styles; null for a document without.</summary>
    public WordStyles(XDocument? part)
    {
        if (part?.Root is not { } root)
        {
            return;
        }

        var w = root.Name.Namespace;
        foreach (var element in root.Elements(w + "style"))
        {
            if (element.Attribute(w + "styleId")?.Value is not { } id)
            {
                continue;
            }

            var paragraph = element.Element(w + "pPr");
            styles[id] = new Style(
                element.Element(w + "name")?.Attribute(w + "val")?.Value ?? id,
                element.Element(w + "basedOn")?.Attribute(w + "val")?.Value,
                Number(paragraph?.Element(w + "outlineLvl")?.Attribute(w + "val")),
                Number(paragraph?.Element(w + "numPr")?.Element(w + "numId")?.Attribute(w + "val")),
                IsOn(element.Element(w + "rPr")?.Element(w + "vanish"), w));
            if (element.Attribute(w + "type")?.Value == "paragraph" && element.Attribute(w + "default")?.Value is "1" or "true" or "on")
            {
                defaultParagraphStyle = id;
            }
        }
    }

    /// <summary>The level of a heading from 1; 0 for the document's title; null for what is no heading.</summary>
    public int? HeadingLevel(ParagraphProperties? properties)
    {
        if (properties?.OutlineLevel?.Val?.Value is { } own)
        {
            return Level(own);
        }

        foreach (var style in Chain(properties?.ParagraphStyleId?.Val?.Value ?? defaultParagraphStyle))
        {
            if (style.Name.Equals("title", StringComparison.OrdinalIgnoreCase))
            {
                return 0;
            }

            if (style.OutlineLevel is { } level)
            {
                return Level(level);
            }

            // The names of built-in styles are English in every language of Word; other programs write their own.
            if (HeadingName().Match(style.Name) is { Success: true } heading)
            {
                return int.Parse(heading.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            }
        }

        return null;

        // Nine levels count from 0; 9 says that the paragraph is no heading.
        static int? Level(int outlineLevel) => outlineLevel is >= 0 and < 9 ? outlineLevel + 1 : null;
    }

    /// <summary>Whether the paragraph is an item of a list.</summary>
    public bool IsListItem(ParagraphProperties? properties)
    {
        var number = properties?.NumberingProperties?.NumberingId?.Val?.Value
            ?? Chain(properties?.ParagraphStyleId?.Val?.Value).Select(style => style.NumberingId).FirstOrDefault(id => id is not null);
        // List 0 takes a paragraph out of the list of its style.
        return number is not (null or 0);
    }

    /// <summary>Whether the text of a run is hidden.</summary>
    public bool IsHidden(Run run) => IsHidden(run.RunProperties?.Vanish, run.RunProperties?.RunStyle?.Val?.Value);

    /// <summary>Whether all text of a paragraph is hidden by its style.</summary>
    public bool IsHidden(ParagraphProperties? properties) => IsHidden(null, properties?.ParagraphStyleId?.Val?.Value);

    private bool IsHidden(Vanish? own, string? style) =>
        own is not null ? own.Val?.Value ?? true : Chain(style).Select(link => link.Hidden).FirstOrDefault(hidden => hidden is not null) ?? false;

    private IEnumerable<Style> Chain(string? id)
    {
        for (var links = 0; links < LongestChain && id is not null && styles.TryGetValue(id, out var style); links++)
        {
            yield return style;
            id = style.BasedOn;
        }
    }

    private static int? Number(XAttribute? attribute) =>
        int.TryParse(attribute?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool? IsOn(XElement? element, XNamespace w) =>
        element is null ? null : element.Attribute(w + "val")?.Value is null or "1" or "true" or "on";

    [GeneratedRegex(
        @"^(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|nagłówek|nadpis|otsikko|заголовок|标题|見出し)\s*([1-9])$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HeadingName();

    private sealed record Style(string Name, string? BasedOn, int? OutlineLevel, int? NumberingId, bool? Hidden);
}
