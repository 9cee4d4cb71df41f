using Assistant.Core.Documents;

namespace Assistant.Core.Changes;

/// <summary>What became of the documents of the corpus since a point in time. Lists are in ordinal order of ids.</summary>
public sealed record CorpusChanges
{
    /// <summary>The point in time.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Documents that came in since.</summary>
    public IReadOnlyList<DocumentVersionName> Added { get; init; } = [];

    /// <summary>Documents that have another version than they had.</summary>
    public IReadOnlyList<ChangedDocument> Changed { get; init; } = [];

    /// <summary>Documents whose file is gone since.</summary>
    public IReadOnlyList<RemovedDocument> Removed { get; init; } = [];
}

/// <summary>A document by name.</summary>
/// <param name="DocumentId">Its id.</param>
/// <param name="Version">Number of its current version.</param>
/// <param name="Title">Title of that version.</param>
public sealed record DocumentVersionName(string DocumentId, int Version, string Title);

/// <summary>A document that changed.</summary>
/// <param name="DocumentId">Its id.</param>
/// <param name="From">Number of the version that was the current one.</param>
/// <param name="To">Number of the version that is.</param>
/// <param name="Title">Title of the version that is.</param>
/// <param name="Changes">Its sentences that changed; null when retention dropped the version <paramref name="From"/>.</param>
public sealed record ChangedDocument(string DocumentId, int From, int To, string Title, DocumentChanges? Changes);
