using Assistant.Documents.Html;

namespace Assistant.Documents.Epub;

/// <summary>The titles that a book's table of contents gives its chapters.</summary>
internal static class ChapterTitles
{
    /// <summary>The first title for each file, by its path; empty when the book has no table of contents.</summary>
    public static Dictionary<string, string> Read(EpubArchive archive, EpubPackage package, CancellationToken cancellationToken)
    {
        var titles = new Dictionary<string, string>();
        foreach (var (folder, href, title) in FromNavigation(archive, package, cancellationToken).Concat(FromNcx(archive, package)))
        {
            var line = string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (line.Length > 0 && href.Length > 0)
            {
                titles.TryAdd(EpubPackage.Resolve(folder, href), line);
            }
        }

        return titles;
    }

    private static IEnumerable<(string Folder, string Href, string Title)> FromNavigation(
        EpubArchive archive, EpubPackage package, CancellationToken cancellationToken)
    {
        if (package.NavigationPath is not { } path || archive.Read(path) is not { } bytes
            || PageParser.TryParse(XhtmlText.ToHtml(TextDecoder.Decode(bytes, HtmlCharset.FindDeclared(bytes))), cancellationToken) is not { } page)
        {
            return [];
        }

        var contents = page.QuerySelectorAll("nav").FirstOrDefault(nav => nav.GetAttribute("epub:type") == "toc") ?? page.QuerySelector("nav");
        return contents is null ? []
            : contents.QuerySelectorAll("a[href]").Select(link => (FolderOf(path), link.GetAttribute("href") ?? "", link.TextContent));
    }

    private static IEnumerable<(string Folder, string Href, string Title)> FromNcx(EpubArchive archive, EpubPackage package)
    {
        if (package.NcxPath is not { } path || archive.ReadXml(path) is not { } ncx)
        {
            return [];
        }

        return ncx.Descendants().Where(element => element.Name.LocalName == "navPoint").Select(point => (
            FolderOf(path),
            (string?)point.Elements().FirstOrDefault(child => child.Name.LocalName == "content")?.Attribute("src") ?? "",
            point.Elements().FirstOrDefault(child => child.Name.LocalName == "navLabel")?.Value ?? ""));
    }

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];
}
