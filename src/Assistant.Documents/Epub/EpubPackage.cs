using System.Xml.Linq;
using Assistant.Core.Documents;

namespace Assistant.Documents.Epub;

/// <summary>The package file of a book: its metadata and the order of its chapters.</summary>
internal sealed class EpubPackage
{
    private readonly string folder;
    private readonly XElement root;
    private readonly Dictionary<string, ManifestItem> manifest = [];

    private EpubPackage(string path, XElement root)
    {
        folder = path[..(path.LastIndexOf('/') + 1)];
        this.root = root;
        foreach (var item in Elements("manifest", "item"))
        {
            if ((string?)item.Attribute("id") is { } id && (string?)item.Attribute("href") is { } href)
            {
                manifest.TryAdd(id, new ManifestItem(
                    Resolve(folder, href), (string?)item.Attribute("media-type") ?? "", (string?)item.Attribute("properties") ?? ""));
            }
        }
    }

    /// <summary>The book's title; null when it states none.</summary>
    public string? Title => Metadata("title").FirstOrDefault();

    /// <summary>Paths of the chapters in reading order, the table of contents left out.</summary>
    public IEnumerable<string> Chapters => Elements("spine", "itemref")
        .Select(reference => manifest.GetValueOrDefault((string?)reference.Attribute("idref") ?? ""))
        .OfType<ManifestItem>()
        .Where(item => item.IsText && !item.IsNavigation)
        .Select(item => item.Path)
        .Distinct();

    /// <summary>Path of the table of contents of EPUB 3; null when there is none.</summary>
    public string? NavigationPath => manifest.Values.FirstOrDefault(item => item.IsNavigation)?.Path;

    /// <summary>Path of the table of contents of EPUB 2; null when there is none.</summary>
    public string? NcxPath => manifest.Values.FirstOrDefault(item => item.MediaType == "application/x-dtbncx+xml")?.Path;

    /// <exception cref="UnreadableDocumentException">There is no package file, or it is damaged.</exception>
    public static EpubPackage Read(EpubArchive archive)
    {
        var path = archive.ReadXml("META-INF/container.xml")?.Descendants()
            .Where(element => element.Name.LocalName == "rootfile")
            .Select(element => (string?)element.Attribute("full-path"))
            .FirstOrDefault(fullPath => fullPath is not null)
            ?? archive.Names.FirstOrDefault(name => name.EndsWith(".opf", StringComparison.OrdinalIgnoreCase))
            ?? throw new UnreadableDocumentException("not really an EPUB: a ZIP archive without a package file");
        var root = archive.ReadXml(path) ?? throw new UnreadableDocumentException($"damaged: the package file “{path}” is missing");
        return new EpubPackage(path, root);
    }

    /// <summary>The book's metadata.</summary>
    public DocumentMetadata ReadMetadata() => new()
    {
        Language = Metadata("language").Select(LanguageTag.Normalize).FirstOrDefault(language => language is not null),
        Date = Metadata("date").Select(DateText.Parse).FirstOrDefault(date => date is not null),
        Author = Metadata("creator").ToArray() is { Length: > 0 } authors ? string.Join(", ", authors) : null,
        Source = Metadata("publisher").FirstOrDefault(),
        Url = Metadata("source").Concat(Metadata("identifier"))
            .FirstOrDefault(text => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"),
    };

    /// <summary>The path inside the archive that <paramref name="href"/>, written in a file of <paramref name="folder"/>, points to.</summary>
    public static string Resolve(string folder, string href)
    {
        var parts = new List<string>();
        foreach (var part in (folder + Uri.UnescapeDataString(href.Split('#')[0])).Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "." or ".."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private IEnumerable<XElement> Elements(string parent, string name) => root.Elements()
        .Where(element => element.Name.LocalName == parent)
        .SelectMany(element => element.Elements().Where(child => child.Name.LocalName == name));

    /// <summary>Values of a Dublin Core element; in EPUB 2.0 they may stand one level deeper.</summary>
    private IEnumerable<string> Metadata(string name) => root.Elements()
        .Where(element => element.Name.LocalName == "metadata")
        .SelectMany(element => element.Descendants())
        .Where(element => element.Name.LocalName == name && element.Name.NamespaceName.Contains("purl.org/dc", StringComparison.OrdinalIgnoreCase))
        .Select(element => string.Join(' ', element.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        .Where(text => text.Length > 0);

    private sealed record ManifestItem(string Path, string MediaType, string Properties)
    {
        public bool IsNavigation => Properties.Split(' ').Contains("nav");

        public bool IsText => MediaType is "application/xhtml+xml" or "text/html" or "text/x-oeb1-document" or "application/xml" or "text/xml"
            || System.IO.Path.GetExtension(Path).ToLowerInvariant() is ".xhtml" or ".html" or ".htm";
    }
}
