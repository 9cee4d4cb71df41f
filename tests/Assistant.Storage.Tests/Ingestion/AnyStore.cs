using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;

namespace Assistant.Storage.Tests.Ingestion;

/// <summary>The ports of one store as one, so that a test of ingestion runs with any.</summary>
internal sealed class AnyStore(IDocumentStore documents, IPassageIndex passages, IIndexWriterFactory writers)
    : IDocumentStore, IPassageIndex, IIndexWriterFactory
{
    public static AnyStore Of<TStore>(TStore store)
        where TStore : IDocumentStore, IPassageIndex, IIndexWriterFactory => new(store, store, store);

    public Task<IReadOnlyList<DocumentSummary>> ListAsync(CancellationToken cancellationToken) => documents.ListAsync(cancellationToken);

    public Task<DocumentVersion?> GetAsync(string documentId, int? version, CancellationToken cancellationToken) =>
        documents.GetAsync(documentId, version, cancellationToken);

    public Task<IReadOnlyList<RemovedDocument>> ListRemovedAsync(CancellationToken cancellationToken) => documents.ListRemovedAsync(cancellationToken);

    public Task<IReadOnlyList<VersionSummary>> GetVersionsAsync(string documentId, CancellationToken cancellationToken) =>
        documents.GetVersionsAsync(documentId, cancellationToken);

    public Task<PassageCandidates> SearchAsync(PassageQuery query, CancellationToken cancellationToken) => passages.SearchAsync(query, cancellationToken);

    public Task<IReadOnlyList<Passage>> GetPassagesAsync(
        string documentId, int version, TextSpan within, int limit, CancellationToken cancellationToken) =>
        passages.GetPassagesAsync(documentId, version, within, limit, cancellationToken);

    public Task<IndexState> GetStateAsync(CancellationToken cancellationToken) => passages.GetStateAsync(cancellationToken);

    public Task<IIndexWriter> OpenWriterAsync(string fingerprint, CancellationToken cancellationToken) =>
        writers.OpenWriterAsync(fingerprint, cancellationToken);

    public Task<IReadOnlyList<FailedFile>> GetFailuresAsync(CancellationToken cancellationToken) => writers.GetFailuresAsync(cancellationToken);

    public Task<bool> NeedsRepairAsync(CancellationToken cancellationToken) => writers.NeedsRepairAsync(cancellationToken);
}
