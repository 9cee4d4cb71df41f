using Refit;

namespace Assistant.Storage.Qdrant.Rest;

/// <summary>The part of Qdrant's REST interface that is used. Writes wait until they are applied.</summary>
internal interface IQdrantRest
{
    [Get("/")]
    Task<ServerVersion> GetVersionAsync(CancellationToken cancellationToken);

    /// <summary>Answers with 503 while the node catches up or a shard of its own is not well.</summary>
    [Get("/readyz")]
    Task<string> GetReadinessAsync(CancellationToken cancellationToken);

    [Get("/collections")]
    Task<Reply<CollectionList>> ListCollectionsAsync(CancellationToken cancellationToken);

    [Get("/collections/{name}")]
    Task<Reply<CollectionInfo>> GetCollectionAsync(string name, CancellationToken cancellationToken);

    [Put("/collections/{name}")]
    Task<Reply<bool>> CreateCollectionAsync(string name, [Body] NewCollection collection, CancellationToken cancellationToken);

    [Delete("/collections/{name}")]
    Task<Reply<bool>> DeleteCollectionAsync(string name, CancellationToken cancellationToken);

    [Put("/collections/{name}/index?wait=true")]
    Task<Reply<UpdateResult>> CreateIndexAsync(string name, [Body] NewIndex index, CancellationToken cancellationToken);

    [Get("/aliases")]
    Task<Reply<AliasList>> ListAliasesAsync(CancellationToken cancellationToken);

    [Post("/collections/aliases")]
    Task<Reply<bool>> ChangeAliasesAsync([Body] AliasChange change, CancellationToken cancellationToken);

    [Post("/collections/{name}/points")]
    Task<Reply<IReadOnlyList<FoundPoint<RecordPayload>>>> GetRecordsAsync(string name, [Body] PointRequest request, CancellationToken cancellationToken);

    [Post("/collections/{name}/points/scroll")]
    Task<Reply<ScrollPage<RecordPayload>>> ScrollRecordsAsync(string name, [Body] ScrollRequest request, CancellationToken cancellationToken);

    [Post("/collections/{name}/points/scroll")]
    Task<Reply<ScrollPage<PassagePayload>>> ScrollPassagesAsync(string name, [Body] ScrollRequest request, CancellationToken cancellationToken);

    [Put("/collections/{name}/points?wait=true&ordering=strong")]
    Task<Reply<UpdateResult>> UpsertRecordsAsync(string name, [Body] PointList<RecordPayload> points, CancellationToken cancellationToken);

    [Post("/collections/{name}/points/batch?wait=true&ordering=medium")]
    Task<Reply<IReadOnlyList<UpdateResult>>> ChangeRecordsAsync(string name, [Body] OperationBatch<RecordPayload> batch, CancellationToken cancellationToken);

    [Post("/collections/{name}/points/batch?wait=true&ordering=medium")]
    Task<Reply<IReadOnlyList<UpdateResult>>> ChangePassagesAsync(string name, [Body] OperationBatch<PassagePayload> batch, CancellationToken cancellationToken);

    [Post("/collections/{name}/points/query/batch")]
    Task<Reply<IReadOnlyList<FoundPoints<PassagePayload>>>> QueryAsync(string name, [Body] QueryBatch batch, CancellationToken cancellationToken);
}
