using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using Assistant.Core.Documents;

namespace Assistant.Documents.Word;

/// <summary>
/// The parts of a Word file that are read, found by their relationships. Other parts are never opened: a missing header
/// or a link that is no address is no reason not to read the text.
/// </summary>
internal sealed class WordPackage : IDisposable
{
    /// <summary>Bytes one part may unpack to: several thousand pages.</summary>
    private const long LargestPart = 32 * 1024 * 1024;

    /// <summary>Characters of a part that is held in memory whole: the styles of the largest templates take a few millions.</summary>
    private const long LargestPartInMemory = 8 * 1024 * 1024;

    /// <summary>Elements within each other; a table in a table in a text box takes some forty.</summary>
    private const int DeepestElement = 400;

    private static readonly XNamespace FlatPackage = "http://schemas.microsoft.com/office/2006/xmlPackage";

    private readonly ZipArchive? archive;
    private readonly Dictionary<string, Func<Stream>> parts = new(StringComparer.OrdinalIgnoreCase);

    private WordPackage(ZipArchive archive)
    {
        this.archive = archive;
        foreach (var entry in archive.Entries)
        {
            parts[entry.FullName.Replace('\\', '/').TrimStart('/')] = () => entry.Length <= LargestPart
                ? entry.Open()
                : throw new UnreadableDocumentException("too large: unpacks to more than a document can be");
        }
    }

    private WordPackage(XDocument flat)
    {
        foreach (var part in flat.Root!.Elements(FlatPackage + "part"))
        {
            if (part.Attribute(FlatPackage + "name") is { } name && part.Element(FlatPackage + "xmlData")?.Elements().FirstOrDefault() is { } content)
            {
                parts[name.Value.TrimStart('/')] = () => Save(content);
            }
        }
    }

    /// <summary>Opens a .docx, or the same as one XML file.</summary>
    /// <exception cref="UnreadableDocumentException">It is damaged.</exception>
    public static WordPackage Open(ReadOnlyMemory<byte> content, FileKind kind)
    {
        try
        {
            return kind == FileKind.WordXml ? OpenFlat(content) : new WordPackage(new ZipArchive(new MemoryStream(content.ToArray(), writable: false)));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or ArgumentException or XmlException or NotSupportedException)
        {
            throw new UnreadableDocumentException(Damaged(content.Span, kind), exception);
        }
    }

    /// <summary>The name of the part with the text; null when there is none.</summary>
    public string? MainPart =>
        Related(string.Empty, "officeDocument") ?? (parts.ContainsKey("word/document.xml") ? "word/document.xml" : null);

    /// <summary>The name of the part that <paramref name="part"/> (empty for the package) is related to in the way of <paramref name="kind"/>; null when there is none.</summary>
    /// <param name="part">Name of a part.</param>
    /// <param name="kind">The last word of the relationship's type; what comes before it depends on who wrote the file.</param>
    public string? Related(string part, string kind)
    {
        var folder = part[..(part.LastIndexOf('/') + 1)];
        var name = $"{folder}_rels/{part[folder.Length..]}.rels";
        if (!parts.ContainsKey(name))
        {
            return null;
        }

        var target = Load(name).Root!.Elements()
            .FirstOrDefault(relationship => relationship.Attribute("Type")?.Value.EndsWith('/' + kind, StringComparison.OrdinalIgnoreCase) == true)
            ?.Attribute("Target")?.Value;
        if (string.IsNullOrEmpty(target))
        {
            return null;
        }

        var path = Resolve(target.StartsWith('/') ? target : folder + target);
        return parts.ContainsKey(path) ? path : null;
    }

    /// <summary>Opens a part, after a look at whether it can be parsed in bounded memory and stack.</summary>
    public Stream OpenPart(string name)
    {
        using (var stream = parts[name]())
        using (var reader = XmlReader.Create(stream, Settings()))
        {
            while (reader.Read())
            {
                if (reader.Depth > DeepestElement)
                {
                    throw new UnreadableDocumentException("damaged: nested more deeply than a document can be");
                }
            }
        }

        return parts[name]();
    }

    /// <summary>Loads a small part whole.</summary>
    public XDocument Load(string name)
    {
        using var stream = OpenPart(name);
        using var reader = XmlReader.Create(stream, Settings(LargestPartInMemory));
        return XDocument.Load(reader);
    }

    /// <inheritdoc/>
    public void Dispose() => archive?.Dispose();

    private static WordPackage OpenFlat(ReadOnlyMemory<byte> content)
    {
        using var reader = XmlReader.Create(new MemoryStream(content.ToArray(), writable: false), Settings());
        var flat = XDocument.Load(reader);
        return flat.Root?.Name == FlatPackage + "package"
            ? new WordPackage(flat)
            : throw new UnreadableDocumentException("not really a Word document: Word 2003 XML; save it as .docx");
    }

    private static string Damaged(ReadOnlySpan<byte> content, FileKind kind)
    {
        // The directory of a ZIP archive is its end.
        var hasEnd = kind == FileKind.WordXml ? content.TrimEnd(" \r\n\0"u8).EndsWith(">"u8) : content.LastIndexOf("PK\u0005\u0006"u8) >= 0;
        return hasEnd ? "damaged: its parts cannot be unpacked" : string.Create(CultureInfo.InvariantCulture, $"truncated at byte {content.Length}");
    }

    private static MemoryStream Save(XElement content)
    {
        var stream = new MemoryStream();
        content.Save(stream, SaveOptions.DisableFormatting);
        stream.Position = 0;
        return stream;
    }

    private static string Resolve(string path)
    {
        var steps = new List<string>();
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".." && steps.Count > 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }
            else if (step is not ("." or ".."))
            {
                steps.Add(step);
            }
        }

        return string.Join('/', steps);
    }

    private static XmlReaderSettings Settings(long largest = LargestPart) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        // What an archive says about the length of an entry need not be true.
        MaxCharactersInDocument = largest,
    };
}
