using System.Xml;
using Assistant.Core.Documents;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Assistant.Documents.Word;

/// <summary>
/// Parses a part child by child, so that a long document is never in memory whole. The library parses whole parts, or parts
/// of packages that are sound in every respect; here it gets one child at a time.
/// </summary>
internal static class WordElements
{
    /// <summary>The one namespace of the text that prefix <c>w</c> stands for.</summary>
    public const string Main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// <summary>Characters of XML of one child; parsed, it takes twenty times as many bytes. A table of ten thousand rows.</summary>
    private const int LongestElement = 10_000_000;

    /// <summary>Namespaces of the strict variant of the format and what they are called in the common one.</summary>
    private static readonly (string Strict, string Common)[] Variants =
    [
        ("http://purl.oclc.org/ooxml/wordprocessingml/main", Main),
        ("http://purl.oclc.org/ooxml/officeDocument/math", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
        ("http://purl.oclc.org/ooxml/drawingml/main", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ];

    /// <summary>The paragraphs, tables and other children of the body.</summary>
    public static IEnumerable<OpenXmlElement> OfBody(Stream part) =>
        Children(part, "body").SelectMany(xml => new Body($"<w:body xmlns:w=\"{Main}\">{xml}</w:body>").ChildElements);

    /// <summary>The notes of a part with foot or end notes.</summary>
    public static IEnumerable<FootnoteEndnoteType> OfNotes(Stream part) =>
        Children(part, "footnotes", "endnotes").SelectMany(xml => xml.Contains("endnote ", StringComparison.Ordinal)
            ? new Endnotes($"<w:endnotes xmlns:w=\"{Main}\">{xml}</w:endnotes>").Elements<FootnoteEndnoteType>()
            : new Footnotes($"<w:footnotes xmlns:w=\"{Main}\">{xml}</w:footnotes>").Elements<FootnoteEndnoteType>());

    /// <summary>
    /// What stands in an element that the library does not know, as if it stood in a paragraph directly: text in smart tags
    /// of Word 2003, and whatever other programs put around text.
    /// </summary>
    public static OpenXmlElement WithoutUnknown(OpenXmlUnknownElement element) =>
        new Paragraph($"<w:p xmlns:w=\"{Main}\">{element.InnerXml}</w:p>");

    private static IEnumerable<string> Children(Stream part, params string[] parents)
    {
        using var reader = XmlReader.Create(part, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (reader.Read() && !(reader.NodeType == XmlNodeType.Element && parents.Contains(reader.LocalName)))
        {
            // On to the parent.
        }

        var depth = reader.Depth;
        for (var more = reader.Read(); more && reader.Depth > depth;)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                var xml = reader.ReadOuterXml();
                yield return xml.Length <= LongestElement
                    ? ToCommon(xml)
                    : throw new UnreadableDocumentException("too large: a table or paragraph longer than most books");
            }
            else
            {
                more = reader.Read();
            }
        }
    }

    private static string ToCommon(string xml) =>
        !xml.Contains("http://purl.oclc.org/ooxml/", StringComparison.Ordinal)
            ? xml
            : Variants.Aggregate(xml, (text, variant) => text.Replace(variant.Strict, variant.Common, StringComparison.Ordinal));
}
