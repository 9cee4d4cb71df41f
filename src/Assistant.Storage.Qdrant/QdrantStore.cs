using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;
using Assistant.Storage.Qdrant.Rest;
using Microsoft.Extensions.Logging;

namespace Assistant.Storage.Qdrant;

/// <summary>
/// Documents, their versions and their passages in Qdrant. Thread-safe, and safe beside other processes: each call sees one state
/// of the index, and the next call sees what anyone has written meanwhile.
/// </summary>
/// <remarks>
/// Every call throws <see cref="IndexUnavailableException"/> when the server cannot be reached now, and <see cref="IndexUnusableException"/>
/// when it is too old, does not accept the key, or has a collection of this name that was made for something else.
/// </remarks>
public sealed class QdrantStore : IDocumentStore, IPassageIndex, IIndexWriterFactory, IDisposable
{
    private readonly IQdrantClient client;
    private readonly IDisposable connection;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Collections collections;
    private readonly Catalogue catalogue;
    private readonly PassageSearch search;

    internal QdrantStore(
        IQdrantClient client, QdrantStoreOptions options, TimeProvider time, ILogger<QdrantStore> logger, IDisposable connection)
    {
        this.client = client;
        this.connection = connection;
        this.time = time;
        this.logger = logger;
        collections = new Collections(client, options, logger);
        catalogue = new Catalogue(client, collections, logger);
        search = new PassageSearch(client, options.Quantized);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DocumentSummary>> ListAsync(CancellationToken cancellationToken) =>
        (await catalogue.RefreshAsync(cancellationToken)).Documents;

    /// <inheritdoc/>
    public Task<DocumentVersion?> GetAsync(string documentId, int? version, CancellationToken cancellationToken) => catalogue.ReadAsync(
        async snapshot =>
        {
            var key = Keys.Document(documentId);
            var number = version ?? snapshot.Current(key)?.Number;
            // Numbers behind the last one are of changes that were never completed.
            if (number is not { } known || !snapshot.Records.TryGetValue(key, out var document) || known > document.LastNumber)
            {
                return null;
            }

            var record = await client.GetRecordAsync(collections.Names.Records, Keys.VersionRecord(documentId, known), cancellationToken);
            return record?.Payload is { DroppedAt: null } stored ? stored.ToVersion() : null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RemovedDocument>> ListRemovedAsync(CancellationToken cancellationToken) =>
        (await catalogue.RefreshAsync(cancellationToken)).Removed();

    /// <inheritdoc/>
    public Task<IReadOnlyList<VersionSummary>> GetVersionsAsync(string documentId, CancellationToken cancellationToken) => catalogue.ReadAsync<IReadOnlyList<VersionSummary>>(
        async snapshot =>
        {
            if (!snapshot.Records.TryGetValue(Keys.Document(documentId), out var document))
            {
                return [];
            }

            var versions = new List<VersionSummary>();
            await foreach (var version in DocumentRecords.VersionsAsync(client, collections.Names, documentId, document.LastNumber!.Value, cancellationToken))
            {
                versions.Add(version.ToVersionSummary());
            }

            versions.Sort((left, right) => left.Number.CompareTo(right.Number));
            return versions;
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The query's vector has another length than those of the index.</exception>
    public Task<PassageCandidates> SearchAsync(PassageQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(query.Limit);
        return catalogue.ReadAsync(snapshot => search.RunAsync(snapshot, query, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Passage>> GetPassagesAsync(
        string documentId, int version, TextSpan within, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return catalogue.ReadAsync<IReadOnlyList<Passage>>(
            async snapshot =>
            {
                if (limit == 0 || snapshot.Current(Keys.Document(documentId)) is not { Passages: > 0 } document || document.Number != version)
                {
                    return [];
                }

                var passages = await PassagesAsync(snapshot.Generation!, document, cancellationToken);
                return [.. passages.Where(passage => passage.Span.Overlaps(within)).OrderBy(passage => passage.Ordinal).Take(limit)];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IndexState> GetStateAsync(CancellationToken cancellationToken) =>
        (await catalogue.RefreshAsync(cancellationToken)).State;

    /// <inheritdoc/>
    public Task CheckReadyAsync(CancellationToken cancellationToken) => client.CheckReadyAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IIndexWriter> OpenWriterAsync(string fingerprint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await collections.CheckServerAsync(cancellationToken);
        await collections.EnsureRecordsAsync(cancellationToken);
        var lease = await WriterLease.TakeAsync(client, collections.Names, time, logger, cancellationToken);
        try
        {
            var snapshot = await catalogue.RefreshAsync(cancellationToken);
            await new Recovery(client, collections, logger).RunAsync(snapshot, cancellationToken);
            snapshot = await catalogue.RefreshAsync(cancellationToken);
            return new QdrantIndexWriter(client, collections, lease, snapshot, fingerprint, time, logger);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<FailedFile>> GetFailuresAsync(CancellationToken cancellationToken) => catalogue.ReadAsync<IReadOnlyList<FailedFile>>(
        async snapshot =>
        {
            if (snapshot.Generation is not { } generation)
            {
                return [];
            }

            var failures = new List<FailedFile>();
            Guid? next = null;
            do
            {
                var page = await client.ScrollRecordsAsync(
                    collections.Names.Records,
                    new ScrollRequest
                    {
                        Filter = new Filter { Must = [Condition.Is("kind", RecordKind.Failure), Condition.Is("generation", generation.Number)] },
                        Offset = next,
                        WithPayload = ["kind", "id", "content_hash", "error"],
                    },
                    cancellationToken);
                failures.AddRange((page?.Points ?? []).Select(point => new FailedFile(point.Payload!.Id!, point.Payload.ContentHash!, point.Payload.Error!)));
                next = page?.NextPageOffset;
            }
            while (next is not null);
            failures.Sort((left, right) => string.CompareOrdinal(left.DocumentId, right.DocumentId));
            return failures;
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> NeedsRepairAsync(CancellationToken cancellationToken)
    {
        await collections.CheckServerAsync(cancellationToken);
        return await WriterLease.WasAbandonedAsync(client, collections.Names, time, cancellationToken);
    }

    /// <summary>Closes the connections; a writer that is still open cannot go on.</summary>
    public void Dispose()
    {
        catalogue.Dispose();
        connection.Dispose();
    }

    private async Task<List<Passage>> PassagesAsync(Generation generation, RecordPayload document, CancellationToken cancellationToken)
    {
        var passages = new List<Passage>();
        Guid? next = null;
        do
        {
            var page = await client.ScrollPassagesAsync(
                generation.Collection,
                new ScrollRequest
                {
                    Filter = new Filter { Must = [Condition.Is("document", document.Document!), Condition.Is("version", document.Number!.Value)] },
                    Offset = next,
                    WithPayload = ["places", "id", "own_title", "headings", "text"],
                },
                cancellationToken) ?? throw new CollectionGoneException();
            foreach (var point in page.Points)
            {
                if (point.Payload!.PlaceOf(document.Change!.Value) is { } place)
                {
                    passages.Add(point.Payload.ToPassage(point.Id, place));
                }
            }

            next = page.NextPageOffset;
        }
        while (next is not null);
        return passages;
    }
}
