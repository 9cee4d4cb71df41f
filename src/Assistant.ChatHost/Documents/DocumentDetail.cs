using Assistant.Core.Documents;

namespace Assistant.ChatHost.Documents;

/// <summary>One version of a document with its text; citations are ranges of it.</summary>
/// <param name="DocumentId">Path relative to the corpus, with <c>/</c>.</param>
/// <param name="Version">Number of this version.</param>
/// <param name="IsCurrent">Whether it is what questions are answered from now.</param>
/// <param name="Title">Its title.</param>
/// <param name="ContentHash">SHA-256 of the file's bytes, as 64 lower-case hexadecimal digits.</param>
/// <param name="IngestedAt">When it was taken in.</param>
/// <param name="Metadata">Language, date, author, source, address.</param>
/// <param name="Text">The text. All ranges count its UTF-16 code units.</param>
/// <param name="Sections">Headings and what stands under them, in reading order.</param>
/// <param name="Blocks">Headings, paragraphs, list items, table rows and code blocks, in reading order.</param>
/// <param name="PageStarts">For a paged format, where page 1, 2, … begins; else empty.</param>
/// <param name="Versions">All versions of the document, oldest first.</param>
internal sealed record DocumentDetail(
    string DocumentId,
    int Version,
    bool IsCurrent,
    string Title,
    string ContentHash,
    DateTimeOffset IngestedAt,
    DocumentMetadata Metadata,
    string Text,
    IReadOnlyList<Section> Sections,
    IReadOnlyList<TextBlock> Blocks,
    IReadOnlyList<int> PageStarts,
    IReadOnlyList<VersionSummary> Versions);
