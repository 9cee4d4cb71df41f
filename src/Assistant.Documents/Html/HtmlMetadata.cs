using AngleSharp.Html.Dom;
using Assistant.Core.Documents;

namespace Assistant.Documents.Html;

/// <summary>Reads what a page says about itself: in its head, in JSON-LD, and in the few elements made for it.</summary>
internal static class HtmlMetadata
{
    private static readonly string[] TitleNames = ["og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"];
    private static readonly string[] AuthorNames = ["author", "citation_author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl"];
    private static readonly string[] SourceNames = ["og:site_name", "citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher", "application-name"];

    private static readonly string[] DateNames =
    [
        "article:published_time", "datepublished", "citation_publication_date", "citation_date", "dcterms.issued", "dcterms.date", "dcterms.created",
        "dc.date.issued", "dc.date", "date", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "ptime",
    ];

    /// <summary>The page's title (null when it has none) and metadata.</summary>
    public static (string? Title, DocumentMetadata Metadata) Read(IHtmlDocument page)
    {
        var stated = new StatedValues(page);
        var json = JsonLd.Read(page);
        var source = stated.First(SourceNames) ?? json.Publisher;
        var metadata = new DocumentMetadata
        {
            Language = LanguageTag.Normalize(page.DocumentElement?.GetAttribute("lang") ?? page.DocumentElement?.GetAttribute("xml:lang")
                ?? stated.First("content-language", "dc.language", "language", "og:locale")),
            Date = stated.Dates(DateNames) ?? DateText.Parse(json.Date) ?? DateOf(page),
            Author = PersonName(stated.First(AuthorNames)) ?? PersonName(json.Author) ?? PersonName(AuthorOf(page)),
            Source = source,
            Url = Address(page.QuerySelector("link[rel~=canonical]")?.GetAttribute("href")) ?? Address(stated.First("og:url")),
        };
        return (PageTitle.Choose(page, stated.First(TitleNames) ?? json.Headline, source), metadata);
    }

    private static DateOnly? DateOf(IHtmlDocument page) => page
        .QuerySelectorAll("[itemprop=datePublished], time[pubdate], article time[datetime], main time[datetime], header time[datetime]")
        .Select(element => DateText.Parse(element.GetAttribute("datetime") ?? element.GetAttribute("content") ?? element.TextContent))
        .FirstOrDefault(date => date is not null);

    private static string? AuthorOf(IHtmlDocument page) => page
        .QuerySelectorAll("[rel=author], [itemprop=author] [itemprop=name], [itemprop=author], .byline .author, .author .fn")
        .Select(element => element.GetAttribute("content") ?? element.TextContent)
        .FirstOrDefault(name => PersonName(name) is not null);

    /// <summary>A name as it stands; null for an address, which some pages give instead, and for a whole paragraph.</summary>
    private static string? PersonName(string? text)
    {
        var name = text is null ? "" : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return name.Length is 0 or > 120 || name.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? null : name;
    }

    private static string? Address(string? href) =>
        Uri.TryCreate(href, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address.AbsoluteUri : null;

    /// <summary>The <c>meta</c> elements by their lower-case name, property or itemprop.</summary>
    private sealed class StatedValues
    {
        private readonly Dictionary<string, string> values = [];

        public StatedValues(IHtmlDocument page)
        {
            foreach (var meta in page.QuerySelectorAll("meta[content]"))
            {
                if (meta.GetAttribute("content")?.Trim() is not { Length: > 0 } content)
                {
                    continue;
                }

                foreach (var attribute in (ReadOnlySpan<string>)["name", "property", "itemprop", "http-equiv"])
                {
                    if (meta.GetAttribute(attribute) is { } name)
                    {
                        values.TryAdd(name.Trim().ToLowerInvariant(), content);
                    }
                }
            }
        }

        public string? First(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (values.TryGetValue(name, out var value))
                {
                    return value;
                }
            }

            return null;
        }

        public DateOnly? Dates(string[] names) =>
            names.Select(name => DateText.Parse(values.GetValueOrDefault(name))).FirstOrDefault(date => date is not null);
    }
}
