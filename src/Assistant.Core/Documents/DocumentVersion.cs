namespace Assistant.Core.Documents;

/// <summary>One immutable state of a document. Citations are ranges of its <see cref="Text"/>.</summary>
public sealed record DocumentVersion
{
    /// <summary>The document's path relative to the corpus, with <c>/</c>.</summary>
    public required string DocumentId { get; init; }

    /// <summary>1 for the first state of the document, then one more for each change.</summary>
    public required int Number { get; init; }

    /// <summary>The title that stands in the document; null when it has none.</summary>
    public string? OwnTitle { get; init; }

    /// <summary>The title to show: the document's own, else one made of its file name.</summary>
    public string Title => OwnTitle ?? DocumentTitle.FromFileName(DocumentId);

    /// <inheritdoc cref="SourceDocument.Text"/>
    public required string Text { get; init; }

    /// <inheritdoc cref="SourceDocument.Sections"/>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <inheritdoc cref="SourceDocument.Blocks"/>
    public IReadOnlyList<TextBlock> Blocks { get; init; } = [];

    /// <inheritdoc cref="SourceDocument.PageStarts"/>
    public IReadOnlyList<int> PageStarts { get; init; } = [];

    /// <inheritdoc cref="SourceDocument.Metadata"/>
    public DocumentMetadata Metadata { get; init; } = DocumentMetadata.Empty;

    /// <summary>SHA-256 of the file's bytes, as 64 lower-case hexadecimal digits.</summary>
    public required string ContentHash { get; init; }

    /// <summary>When this version was taken in.</summary>
    public required DateTimeOffset IngestedAt { get; init; }
}

/// <summary>A document of the corpus as it stands now, without its text.</summary>
/// <param name="DocumentId">Path relative to the corpus, with <c>/</c>.</param>
/// <param name="Version">Number of the current version.</param>
/// <param name="Title">Title of the current version.</param>
/// <param name="ContentHash">SHA-256 of the current version's bytes, as 64 lower-case hexadecimal digits.</param>
/// <param name="IngestedAt">When the current version was taken in.</param>
/// <param name="Passages">Number of passages the current version is indexed as.</param>
/// <param name="Metadata">Metadata of the current version.</param>
public sealed record DocumentSummary(
    string DocumentId, int Version, string Title, string ContentHash, DateTimeOffset IngestedAt, int Passages, DocumentMetadata Metadata);

/// <summary>One entry of a document's history.</summary>
/// <param name="Number">Number of the version, from 1.</param>
/// <param name="ContentHash">SHA-256 of the version's bytes, as 64 lower-case hexadecimal digits.</param>
/// <param name="IngestedAt">When it was taken in.</param>
public sealed record VersionSummary(int Number, string ContentHash, DateTimeOffset IngestedAt)
{
    /// <summary>When retention dropped its text; null when it can be read.</summary>
    public DateTimeOffset? DroppedAt { get; init; }
}

/// <summary>A document whose file is gone.</summary>
/// <param name="DocumentId">Path relative to the corpus, with <c>/</c>.</param>
/// <param name="LastVersion">Number of its last version, which stays readable unless retention dropped it.</param>
/// <param name="RemovedAt">When it was taken out of the index.</param>
/// <param name="MovedTo">Its id now when the file was only renamed or moved; else null.</param>
public sealed record RemovedDocument(string DocumentId, int LastVersion, DateTimeOffset RemovedAt, string? MovedTo);
