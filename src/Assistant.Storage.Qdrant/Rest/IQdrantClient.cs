using Assistant.Core.Ingestion;

namespace Assistant.Storage.Qdrant.Rest;

/// <summary>
/// What the store needs of a Qdrant server. <see cref="RestQdrantClient"/> is the only one who knows how it is spoken to, so
/// another client, such as the official one, takes its place alone.
/// </summary>
/// <remarks>
/// Every call throws <see cref="IndexUnavailableException"/> when the server cannot be reached or fails after bounded retries, and
/// <see cref="IndexUnusableException"/> when it refuses. A collection that is not there is null, or false, where the result says so.
/// </remarks>
internal interface IQdrantClient
{
    /// <summary>The server's version, e.g. <c>1.19.0</c>.</summary>
    Task<string> GetVersionAsync(CancellationToken cancellationToken);

    /// <summary>Asks the server whether it is ready to serve.</summary>
    /// <exception cref="IndexUnavailableException">It is not.</exception>
    Task CheckReadyAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<string>> ListCollectionsAsync(CancellationToken cancellationToken);

    Task<CollectionInfo?> GetCollectionAsync(string name, CancellationToken cancellationToken);

    /// <summary>Makes the collection; false when there is one of this name.</summary>
    Task<bool> CreateCollectionAsync(string name, NewCollection collection, CancellationToken cancellationToken);

    Task DeleteCollectionAsync(string name, CancellationToken cancellationToken);

    Task CreateIndexAsync(string name, NewIndex index, CancellationToken cancellationToken);

    /// <summary>The collection behind an alias; null when there is no such alias.</summary>
    Task<string?> GetAliasAsync(string alias, CancellationToken cancellationToken);

    /// <summary>Points the alias to another collection, at once.</summary>
    Task SetAliasAsync(string alias, string collection, bool exists, CancellationToken cancellationToken);

    Task<FoundPoint<RecordPayload>?> GetRecordAsync(string name, Guid id, CancellationToken cancellationToken);

    /// <summary>A page of points in the order of their ids; null when the collection is not there.</summary>
    Task<ScrollPage<RecordPayload>?> ScrollRecordsAsync(string name, ScrollRequest request, CancellationToken cancellationToken);

    /// <inheritdoc cref="ScrollRecordsAsync"/>
    Task<ScrollPage<PassagePayload>?> ScrollPassagesAsync(string name, ScrollRequest request, CancellationToken cancellationToken);

    /// <summary>Writes points, an existing one only when it matches the list's filter.</summary>
    Task UpsertRecordsAsync(string name, PointList<RecordPayload> points, CancellationToken cancellationToken);

    /// <summary>Makes changes in order and waits until they are applied.</summary>
    Task ChangeRecordsAsync(string name, IReadOnlyList<Operation<RecordPayload>> operations, CancellationToken cancellationToken);

    /// <inheritdoc cref="ChangeRecordsAsync"/>
    Task ChangePassagesAsync(string name, IReadOnlyList<Operation<PassagePayload>> operations, CancellationToken cancellationToken);

    /// <summary>Runs searches in one request; null when the collection is not there.</summary>
    Task<IReadOnlyList<FoundPoints<PassagePayload>>?> QueryAsync(string name, IReadOnlyList<Query> searches, CancellationToken cancellationToken);
}
