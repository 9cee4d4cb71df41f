using System.Globalization;
using System.IO.Compression;
using System.Text;
using Assistant.Core.Documents;
using Assistant.Documents.Epub;

namespace Assistant.Documents.Tests.Epub;

/// <summary>Books made in the tests.</summary>
internal sealed class Book(string packagePath = "OEBPS/book.opf")
{
    private readonly Dictionary<string, string> files = new()
    {
        ["mimetype"] = "application/epub+zip",
        ["META-INF/container.xml"] = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>""",
    };

    private readonly StringBuilder manifest = new();
    private readonly StringBuilder spine = new();

    /// <summary>A book of two chapters and a table of contents.</summary>
    public static Book Small() => new Book()
        .Chapter("text/one.xhtml", "<h1>The Beginning</h1><p>It began in the spring.</p><h2>A Detail</h2><p>There was a <b>detail</b>.</p>")
        .Chapter("text/two.xhtml", "<p>It ended in autumn.</p>")
        .Item("nav.xhtml", """<nav xmlns:epub="e" epub:type="toc"><ol><li><a href="text/one.xhtml">One</a></li><li><a href="text/two.xhtml#start">The End</a></li></ol></nav>""", "properties=\"nav\"");

    /// <summary>Adds a chapter to the end of the book.</summary>
    public Book Chapter(string path, string body)
    {
        spine.Append(CultureInfo.InvariantCulture, $"<itemref idref='i{files.Count}'/>");
        return Item(path, body);
    }

    /// <summary>Adds a page that is no chapter.</summary>
    public Book Item(string path, string body, string attributes = "")
    {
        manifest.Append(CultureInfo.InvariantCulture, $"<item id='i{files.Count}' href='{path.Replace(" ", "%20", StringComparison.Ordinal)}' media-type='application/xhtml+xml' {attributes}/>");
        return File("OEBPS/" + path, $"<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{body}</body></html>");
    }

    /// <summary>Adds or replaces a file of the archive.</summary>
    public Book File(string path, string content)
    {
        files[path] = content;
        return this;
    }

    /// <summary>Takes a file out of the archive.</summary>
    public Book Without(string path)
    {
        files.Remove(path);
        return this;
    }

    /// <summary>The EPUB.</summary>
    public byte[] ToBytes()
    {
        files.TryAdd(packagePath, $"""
            <package xmlns="http://www.idpf.org/2007/opf" version="3.0">
            <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A Year</dc:title><dc:creator>Ann Hill</dc:creator><dc:creator>Bo Lake</dc:creator>
            <dc:date>2020-03-04</dc:date><dc:language>eng</dc:language><dc:publisher>Valley Press</dc:publisher><dc:identifier>https://valley.example/a-year</dc:identifier></metadata>
            <manifest>{manifest}</manifest><spine>{spine}</spine></package>
            """);
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry(path).Open());
                writer.Write(content);
            }
        }

        return stream.ToArray();
    }

    public SourceDocument Read() => Read(ToBytes());

    public static SourceDocument Read(byte[] bytes) =>
        new EpubReader().Read(new DocumentFile("a-year.epub", bytes), TestContext.Current.CancellationToken);
}
