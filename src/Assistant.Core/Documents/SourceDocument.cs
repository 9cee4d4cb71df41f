namespace Assistant.Core.Documents;

/// <summary>
/// What a reader makes of a file: its text and how that text is structured.
/// Spans are ranges of <see cref="Text"/>; sections and blocks are in reading order, blocks do not overlap
/// and together cover every character of the text that is not white space.
/// </summary>
public sealed record SourceDocument
{
    /// <summary>The title that stands in the document; null when it has none (the file's name is then shown instead).</summary>
    public string? Title { get; init; }

    /// <summary>The text that people read: no markup, no link targets. Blocks are separated by line breaks.</summary>
    public required string Text { get; init; }

    /// <summary>Headings and what stands under them.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>Paragraphs, headings, list items, table rows and code blocks.</summary>
    public IReadOnlyList<TextBlock> Blocks { get; init; } = [];

    /// <summary>For a paged format, where in <see cref="Text"/> page 1, 2, … begins, ascending; else empty.</summary>
    public IReadOnlyList<int> PageStarts { get; init; } = [];

    /// <summary>Language, date, author, source, address.</summary>
    public DocumentMetadata Metadata { get; init; } = DocumentMetadata.Empty;
}
