using AngleSharp.Html.Dom;

namespace Assistant.Documents.Html;

/// <summary>Chooses the title of a page: of its <c>title</c> element people read only the part that is not the site's name.</summary>
internal static class PageTitle
{
    private static readonly string[] Separators = [" | ", " — ", " – ", " - ", " » ", " « ", " :: ", " · ", " • "];

    /// <param name="page">The page.</param>
    /// <param name="stated">A title stated in metadata.</param>
    /// <param name="siteName">The name of the site, when stated.</param>
    /// <returns>The title; null when the page has none.</returns>
    public static string? Choose(IHtmlDocument page, string? stated, string? siteName)
    {
        var element = Line(page.Title);
        var heading = page.QuerySelectorAll("h1") is { Length: 1 } headings ? BlockCollector.CollectLine(headings[0], HtmlElements.IsHeadingTool).Text : "";
        var position = element.IndexOf(heading, StringComparison.OrdinalIgnoreCase);
        if (heading.Length > 3 && (element.Length == 0 || position == 0 || (position > 0 && heading.Length * 2 >= element.Length)))
        {
            return heading;
        }

        // A short heading behind the title (“My trip « Blog”) is the name of the site.
        var title = WithoutSiteName(stated is null ? element : Line(stated), siteName ?? (position > 0 ? heading : null));
        return title.Length > 0 ? title : null;
    }

    private static string WithoutSiteName(string title, string? siteName)
    {
        foreach (var separator in Separators)
        {
            var at = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (at <= 0)
            {
                continue;
            }

            var (front, end) = (title[..at].Trim(), title[(at + separator.Length)..].Trim());
            if (IsSite(end))
            {
                return front;
            }

            if (IsSite(front))
            {
                return end;
            }
        }

        return title;

        // Some sites add their motto to their name.
        bool IsSite(string part) => siteName?.StartsWith(part, StringComparison.OrdinalIgnoreCase) ?? false;
    }

    private static string Line(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
