using System.Globalization;
using Assistant.Core.Documents;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Outline;

namespace Assistant.Documents.Pdf;

/// <summary>
/// Reads PDF: paragraphs in reading order, joined across lines, columns and pages, without hyphenation, running heads and page
/// numbers; headings from the outline or else by font; notes and filled-in form fields at the end of their page.
/// A paragraph that goes on over a page break counts for the page it begins on.
/// </summary>
public sealed class PdfReader : IDocumentReader
{
    /// <summary>Pages a document may have; three thick books in one.</summary>
    private const int MostPages = 5000;

    /// <summary>Characters a document may have; ten thick books in one.</summary>
    private const int MostCharacters = 20_000_000;

    /// <summary>Entries of an outline beyond this number are a list of something else.</summary>
    private const int MostBookmarks = 5000;

    /// <inheritdoc/>
    public string Fingerprint => "pdf/1";

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Extensions { get; } = [".pdf"];

    /// <inheritdoc/>
    public SourceDocument Read(DocumentFile file, CancellationToken cancellationToken)
    {
        var kind = FileSignature.Detect(file.Content.Span);
        if (kind != FileKind.Pdf)
        {
            throw new UnreadableDocumentException(kind == FileKind.Empty ? "empty file" : $"not really a PDF: {kind.Name()}");
        }

        return Read(file.Content, cancellationToken);
    }

    private static SourceDocument Read(ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        using var document = Open(content);
        var pages = ReadPages(document, stop);
        var runningHeads = PdfRunningHeads.Find([.. pages.Select(page => page.Lines)]);
        var blocks = PdfParagraphs.Build([.. pages.SelectMany(page => page.Lines).Where(line => !runningHeads.Contains(line))]);
        stop.ThrowIfCancellationRequested();
        if (blocks.Count == 0 && pages.TrueForAll(page => page.Notes.Count == 0))
        {
            throw new UnreadableDocumentException(
                pages.Exists(page => page.HasImages) ? "scanned: no text layer"
                : pages.Find(page => page.Refusal is not null)?.Refusal ?? (pages.TrueForAll(page => page.IsDamaged) ? Damaged(content.Span) : "no text in it"));
        }

        PdfHeadings.Mark(blocks, Outline(document));
        return Assemble(document, pages, blocks);
    }

    private static PdfDocument Open(ReadOnlyMemory<byte> content)
    {
        try
        {
            return PdfDocument.Open(
                content,
                new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true, UseActualText = true, FilterProvider = PdfFilters.Instance });
        }
        catch (PdfDocumentEncryptedException exception)
        {
            throw new UnreadableDocumentException("password-protected", exception);
        }
        // The library reports damage by whatever its parser trips over.
        catch (Exception exception) when (exception is not UnreadableDocumentException)
        {
            throw new UnreadableDocumentException(Damaged(content.Span), exception);
        }
    }

    /// <summary>Why a file that begins as a PDF cannot be read: it has lost its end, or something in it.</summary>
    private static string Damaged(ReadOnlySpan<byte> content)
    {
        var length = content.TrimEnd((byte)0).Length;
        var hasEnd = content[Math.Max(0, length - 2048)..].IndexOf("%%EOF"u8) >= 0;
        return hasEnd ? "damaged: the parts that hold its pages cannot be read" : string.Create(CultureInfo.InvariantCulture, $"truncated at byte {length}");
    }

    private static List<PdfPage> ReadPages(PdfDocument document, CancellationToken stop)
    {
        if (document.NumberOfPages > MostPages)
        {
            throw new UnreadableDocumentException(string.Create(CultureInfo.InvariantCulture, $"too large: more than {MostPages} pages"));
        }

        var fields = Attempt(() => document.TryGetForm(out var form) ? PdfNotes.OfForm(form) : null);
        var pages = new List<PdfPage>();
        var characters = 0;
        for (var number = 1; number <= document.NumberOfPages; number++)
        {
            stop.ThrowIfCancellationRequested();
            var page = ReadPage(document, number);
            pages.Add(fields is null ? page : page with { Notes = [.. page.Notes, .. fields[number]] });
            characters += page.Lines.Sum(line => line.Text.Length);
            if (characters > MostCharacters)
            {
                throw new UnreadableDocumentException("too large: more text than ten thick books");
            }
        }

        return pages;
    }

    /// <summary>Reads a page; one that cannot be read is no reason to give up the others.</summary>
    private static PdfPage ReadPage(PdfDocument document, int number)
    {
        try
        {
            var page = document.GetPage(number);
            return new PdfPage
            {
                Lines = PdfReadingOrder.Sort(PdfLineReader.Read(page)),
                Notes = Attempt(() => PdfNotes.OfPage(page).ToList()) ?? [],
                HasImages = page.NumberOfImages > 0,
            };
        }
        catch (UnreadableDocumentException exception)
        {
            return PdfPage.Damaged with { Refusal = exception.Message };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return PdfPage.Damaged;
        }
    }

    private static List<DocumentBookmarkNode> Outline(PdfDocument document) =>
        Attempt(() => document.TryGetBookmarks(out var bookmarks, false)
            ? bookmarks.GetNodes().OfType<DocumentBookmarkNode>().Take(MostBookmarks).ToList()
            : null) ?? [];

    private static SourceDocument Assemble(PdfDocument document, List<PdfPage> pages, List<PdfBlock> blocks)
    {
        var builder = new SourceDocumentBuilder();
        var next = 0;
        for (var page = 1; page <= pages.Count; page++)
        {
            builder.StartPage();
            for (; next < blocks.Count && blocks[next].Page <= page; next++)
            {
                if (blocks[next].Kind == BlockKind.Heading)
                {
                    builder.AddHeading(blocks[next].HeadingLevel, Printable(blocks[next].Text));
                }
                else
                {
                    builder.AddBlock(blocks[next].Kind, Printable(blocks[next].Text));
                }
            }

            foreach (var note in pages[page - 1].Notes)
            {
                builder.AddBlock(BlockKind.Paragraph, Printable(note));
            }
        }

        return builder.Build(
            Attempt(() => PdfProperties.Title(document)),
            Attempt(() => PdfProperties.Metadata(document)) ?? DocumentMetadata.Empty);
    }

    /// <summary>Without the hyphens that are seen at the end of a line only.</summary>
    private static string Printable(string text) => text.Replace("\u00AD", string.Empty, StringComparison.Ordinal);

    /// <summary>A damaged part of a file is no reason to give up the rest.</summary>
    private static T? Attempt<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    private sealed record PdfPage
    {
        public static readonly PdfPage Damaged = new() { Lines = [], Notes = [], HasImages = false, IsDamaged = true };

        public required IReadOnlyList<PdfLine> Lines { get; init; }

        public required List<string> Notes { get; init; }

        public required bool HasImages { get; init; }

        public bool IsDamaged { get; init; }

        /// <summary>Why the page was not read, in a person's words; null when it was, or when nobody can tell.</summary>
        public string? Refusal { get; init; }
    }
}
