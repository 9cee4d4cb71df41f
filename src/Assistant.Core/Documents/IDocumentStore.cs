using Assistant.Core.Ingestion;

namespace Assistant.Core.Documents;

/// <summary>
/// Read access to the documents of the index and all their versions. Thread-safe.
/// Every call may end with an <see cref="IndexUnavailableException"/> when the index is on a server.
/// </summary>
public interface IDocumentStore
{
    /// <summary>The documents that are in the corpus now, ordered by id (ordinal).</summary>
    Task<IReadOnlyList<DocumentSummary>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// One version of a document, the current one when <paramref name="version"/> is null. Old versions, also of a
    /// removed document, stay readable by number so that citations stay checkable; without a number a removed document is null.
    /// A version that retention dropped is null.
    /// </summary>
    Task<DocumentVersion?> GetAsync(string documentId, int? version, CancellationToken cancellationToken);

    /// <summary>The documents that were in the corpus once and are not now, ordered by id (ordinal).</summary>
    Task<IReadOnlyList<RemovedDocument>> ListRemovedAsync(CancellationToken cancellationToken);

    /// <summary>The document's versions, oldest first, those that retention dropped included; empty when it was never ingested.</summary>
    Task<IReadOnlyList<VersionSummary>> GetVersionsAsync(string documentId, CancellationToken cancellationToken);
}
