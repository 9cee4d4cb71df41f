using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Assistant.Core.Documents;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Assistant.Documents.Word;

/// <summary>
/// Reads Word documents (.docx) as they look with all changes accepted: headings, paragraphs, list items, table rows with
/// their headers, text boxes, foot and end notes; without comments, deleted and hidden text, headers and footers.
/// </summary>
public sealed class WordReader : IDocumentReader
{
    /// <summary>Characters a document may have; ten thick books in one.</summary>
    private const int MostCharacters = 20_000_000;

    private static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace DublinTerms = "http://purl.org/dc/terms/";

    /// <inheritdoc/>
    public string Fingerprint => "word/1";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Extensions { get; } = [".docx"];

    /// <inheritdoc/>
    public SourceDocument Read(DocumentFile file, CancellationToken cancellationToken)
    {
        var kind = FileSignature.Detect(file.Content.Span);
        return kind switch
        {
            // A truncated archive may have lost the parts that tell what it is.
            FileKind.Word or FileKind.WordXml or FileKind.Zip => Read(file.Content, kind, cancellationToken),
            FileKind.Empty => throw new UnreadableDocumentException("empty file"),
            FileKind.EncryptedOffice => throw new UnreadableDocumentException("password-protected"),
            _ => throw new UnreadableDocumentException($"not really a Word document: {kind.Name()}"),
        };
    }

    private static SourceDocument Read(ReadOnlyMemory<byte> content, FileKind kind, CancellationToken stop)
    {
        using var package = WordPackage.Open(content, kind);
        try
        {
            var main = package.MainPart
                ?? throw new UnreadableDocumentException(kind == FileKind.Zip ? $"not really a Word document: {kind.Name()}" : "damaged: the part with the text is missing");
            var body = ReadBody(package, main, stop);
            return body.Blocks.Count == 0 ? throw new UnreadableDocumentException("no text in it") : Assemble(package, body.Blocks);
        }
        // Damage shows wherever the parser or the archive comes upon it.
        catch (Exception exception) when (exception is not (UnreadableDocumentException or OperationCanceledException or OutOfMemoryException))
        {
            throw new UnreadableDocumentException("damaged: its text cannot be read", exception);
        }
    }

    private static WordBody ReadBody(WordPackage package, string main, CancellationToken stop)
    {
        var stylesPart = package.Related(main, "styles");
        var footnotes = ReadNotes(package, package.Related(main, "footnotes"));
        var endnotes = ReadNotes(package, package.Related(main, "endnotes"));
        var body = new WordBody(
            new WordStyles(stylesPart is null ? null : package.Load(stylesPart)),
            reference => reference switch
            {
                FootnoteReference { Id.Value: var id } => footnotes.GetValueOrDefault(id),
                EndnoteReference { Id.Value: var id } => endnotes.GetValueOrDefault(id),
                _ => null,
            });

        var characters = 0;
        using var stream = package.OpenPart(main);
        foreach (var element in WordElements.OfBody(stream))
        {
            stop.ThrowIfCancellationRequested();
            var before = body.Blocks.Count;
            body.Add(element);
            characters += body.Blocks.Skip(before).Sum(block => block.Text.Length);
            if (characters > MostCharacters)
            {
                throw new UnreadableDocumentException("too large: more text than ten thick books");
            }
        }

        return body;
    }

    private static Dictionary<long, OpenXmlElement> ReadNotes(WordPackage package, string? part)
    {
        var notes = new Dictionary<long, OpenXmlElement>();
        if (part is null)
        {
            return notes;
        }

        using var stream = package.OpenPart(part);
        foreach (var note in WordElements.OfNotes(stream))
        {
            // The lines between text and notes are notes as well, of another type.
            if (note.Id?.Value is { } id && (note.Type?.Value is null || note.Type.Value == FootnoteEndnoteValues.Normal))
            {
                notes[id] = note;
            }
        }

        return notes;
    }

    private static SourceDocument Assemble(WordPackage package, List<WordBlock> blocks)
    {
        var (statedTitle, metadata) = Properties(package);
        // The first heading, where it is the title, stands above all others; its second line, or a second title, is one of them.
        var first = blocks.FindIndex(block => block.Kind == BlockKind.Heading);
        var title = first >= 0 && blocks[first].HeadingLevel == 0 ? first : -1;
        var builder = new SourceDocumentBuilder();
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            if (block.Kind == BlockKind.Heading)
            {
                builder.AddHeading(i == title ? 0 : Math.Max(1, block.HeadingLevel), block.Text);
            }
            else
            {
                builder.AddBlock(block.Kind, block.Text);
            }
        }

        return builder.Build(title < 0 ? statedTitle : null, metadata);
    }

    private static (string? Title, DocumentMetadata Metadata) Properties(WordPackage package)
    {
        try
        {
            if (package.Related(string.Empty, "core-properties") is not { } part || package.Load(part).Root is not { } core)
            {
                return (null, DocumentMetadata.Empty);
            }

            var created = DateTimeOffset.TryParse(
                core.Element(DublinTerms + "created")?.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
                ? date
                : (DateTimeOffset?)null;
            return (StatedProperties.Title(core.Element(DublinCore + "title")?.Value), new DocumentMetadata
            {
                Author = StatedProperties.Author(core.Element(DublinCore + "creator")?.Value),
                Date = StatedProperties.Date(created),
                Language = LanguageTag.Normalize(core.Element(DublinCore + "language")?.Value),
            });
        }
        // The text is worth reading without them.
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            return (null, DocumentMetadata.Empty);
        }
    }
}
