using System.IO.Compression;
using System.Text;

namespace Assistant.Documents.Tests.Word;

/// <summary>Small Word files made for a test, out of the XML of their parts.</summary>
internal static class WordFile
{
    public const string Main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private const string Namespaces =
        $"xmlns:w=\"{Main}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:v=\"urn:schemas-microsoft-com:vml\""
        + " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
        + " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""
        + " xmlns:r=\"" + Relationships + "\"";

    /// <summary>A file with the given children of the body, styles, notes and properties.</summary>
    public static byte[] Make(string body, string? styles = null, string? footnotes = null, string? endnotes = null, string? properties = null)
    {
        var parts = new Dictionary<string, string>
        {
            ["[Content_Types].xml"] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
            ["_rels/.rels"] = Related(("officeDocument", "word/document.xml"), ("metadata/core-properties", "docProps/core.xml")),
            // A header that is not there, and a link that is no address.
            ["word/_rels/document.xml.rels"] = Related(
                ("styles", "styles.xml"), ("footnotes", "footnotes.xml"), ("endnotes", "/word/endnotes.xml"), ("header", "header1.xml"), ("hyperlink", "mailto:a b@@c")),
            ["word/document.xml"] = $"<w:document {Namespaces}><w:body>{body}</w:body></w:document>",
        };
        Add("word/styles.xml", styles is null ? null : $"<w:styles {Namespaces}>{styles}</w:styles>");
        Add("word/footnotes.xml", footnotes is null ? null : $"<w:footnotes {Namespaces}>{footnotes}</w:footnotes>");
        Add("word/endnotes.xml", endnotes is null ? null : $"<w:endnotes {Namespaces}>{endnotes}</w:endnotes>");
        Add("docProps/core.xml", properties is null ? null
            : $"<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\">{properties}</cp:coreProperties>");
        return Zip(parts);

        void Add(string name, string? content)
        {
            if (content is not null)
            {
                parts[name] = content;
            }
        }
    }

    /// <summary>An archive with the given entries.</summary>
    public static byte[] Zip(Dictionary<string, string> entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return stream.ToArray();
    }

    /// <summary>A paragraph with some text, or with properties and text.</summary>
    public static string P(string text, string properties = "") => $"<w:p><w:pPr>{properties}</w:pPr>{R(text)}</w:p>";

    /// <summary>A run with some text.</summary>
    public static string R(string text, string properties = "") => $"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>";

    /// <summary>A table of paragraphs.</summary>
    public static string Table(params string[][] rows) =>
        $"<w:tbl>{string.Concat(rows.Select(row => $"<w:tr>{string.Concat(row.Select(cell => Cell(P(cell))))}</w:tr>"))}</w:tbl>";

    /// <summary>A cell of a table.</summary>
    public static string Cell(string content, string properties = "") => $"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>";

    private static string Related(params (string Kind, string Target)[] related) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(related.Select((part, index) => $"<Relationship Id=\"r{index}\" Type=\"{Relationships}/{part.Kind}\" Target=\"{part.Target}\"/>"))
        + "</Relationships>";
}
