using System.Net;
using System.Text.Json;
using Assistant.Core.Ingestion;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Refit;

namespace Assistant.Storage.Qdrant.Rest;

/// <summary>Speaks to Qdrant over its REST interface and tells in a person's words what goes wrong.</summary>
/// <param name="rest">The typed client.</param>
/// <param name="options">Where the server is.</param>
internal sealed class RestQdrantClient(IQdrantRest rest, QdrantStoreOptions options) : IQdrantClient
{
    /// <summary>The longest part of a server's own words that goes into a message.</summary>
    private const int LongestReason = 300;

    /// <summary>The address without a user's name, password or query.</summary>
    private readonly string server = options.Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    public async Task<string> GetVersionAsync(CancellationToken cancellationToken) =>
        (await GuardAsync(() => rest.GetVersionAsync(cancellationToken), cancellationToken)).Version;

    public Task CheckReadyAsync(CancellationToken cancellationToken) =>
        GuardAsync(() => rest.GetReadinessAsync(cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<string>> ListCollectionsAsync(CancellationToken cancellationToken) =>
        [.. (await ResultAsync(() => rest.ListCollectionsAsync(cancellationToken), cancellationToken)).Collections.Select(collection => collection.Name)];

    public Task<CollectionInfo?> GetCollectionAsync(string name, CancellationToken cancellationToken) =>
        UnlessMissingAsync(() => rest.GetCollectionAsync(name, cancellationToken), cancellationToken);

    public async Task<bool> CreateCollectionAsync(string name, NewCollection collection, CancellationToken cancellationToken)
    {
        try
        {
            return await rest.CreateCollectionAsync(name, collection, cancellationToken) is { Result: true };
        }
        catch (ApiException error) when (error.StatusCode is HttpStatusCode.Conflict
            || (error.StatusCode is HttpStatusCode.BadRequest && error.Content?.Contains("already exists", StringComparison.Ordinal) == true))
        {
            return false;
        }
        catch (Exception error) when (Translate(error, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    public Task DeleteCollectionAsync(string name, CancellationToken cancellationToken) =>
        UnlessMissingAsync(() => rest.DeleteCollectionAsync(name, cancellationToken), cancellationToken);

    public Task CreateIndexAsync(string name, NewIndex index, CancellationToken cancellationToken) =>
        ResultAsync(() => rest.CreateIndexAsync(name, index, cancellationToken), cancellationToken);

    public async Task<string?> GetAliasAsync(string alias, CancellationToken cancellationToken) =>
        (await ResultAsync(() => rest.ListAliasesAsync(cancellationToken), cancellationToken)).Aliases
            .FirstOrDefault(known => known.AliasName == alias)?.CollectionName;

    public Task SetAliasAsync(string alias, string collection, bool exists, CancellationToken cancellationToken)
    {
        var create = new AliasAction(CreateAlias: new AliasTarget(alias, collection));
        var change = new AliasChange(exists ? [new AliasAction(DeleteAlias: new DeletedAlias(alias)), create] : [create]);
        return ResultAsync(() => rest.ChangeAliasesAsync(change, cancellationToken), cancellationToken);
    }

    public async Task<FoundPoint<RecordPayload>?> GetRecordAsync(string name, Guid id, CancellationToken cancellationToken) =>
        await UnlessMissingAsync(() => rest.GetRecordsAsync(name, new PointRequest([id], true), cancellationToken), cancellationToken)
            is [var point] ? point : null;

    public Task<ScrollPage<RecordPayload>?> ScrollRecordsAsync(string name, ScrollRequest request, CancellationToken cancellationToken) =>
        UnlessMissingAsync(() => rest.ScrollRecordsAsync(name, request, cancellationToken), cancellationToken);

    public Task<ScrollPage<PassagePayload>?> ScrollPassagesAsync(string name, ScrollRequest request, CancellationToken cancellationToken) =>
        UnlessMissingAsync(() => rest.ScrollPassagesAsync(name, request, cancellationToken), cancellationToken);

    public async Task UpsertRecordsAsync(string name, PointList<RecordPayload> points, CancellationToken cancellationToken) =>
        Completed([await ResultAsync(() => rest.UpsertRecordsAsync(name, points, cancellationToken), cancellationToken)]);

    public async Task ChangeRecordsAsync(string name, IReadOnlyList<Operation<RecordPayload>> operations, CancellationToken cancellationToken) =>
        Completed(await ResultAsync(() => rest.ChangeRecordsAsync(name, new OperationBatch<RecordPayload>(operations), cancellationToken), cancellationToken));

    public async Task ChangePassagesAsync(string name, IReadOnlyList<Operation<PassagePayload>> operations, CancellationToken cancellationToken) =>
        Completed(await ResultAsync(() => rest.ChangePassagesAsync(name, new OperationBatch<PassagePayload>(operations), cancellationToken), cancellationToken));

    public Task<IReadOnlyList<FoundPoints<PassagePayload>>?> QueryAsync(
        string name, IReadOnlyList<Query> searches, CancellationToken cancellationToken) =>
        UnlessMissingAsync(() => rest.QueryAsync(name, new QueryBatch(searches), cancellationToken), cancellationToken);

    /// <summary>A write that the server only promised is not one that readers see.</summary>
    private void Completed(IReadOnlyList<UpdateResult> results)
    {
        if (results.FirstOrDefault(result => result.Status != "completed") is { } unfinished)
        {
            throw new IndexUnavailableException($"Qdrant at {server} did not finish a change in time (it says '{unfinished.Status}'). It is behind; try again later.");
        }
    }

    private async Task<T> ResultAsync<T>(Func<Task<Reply<T>>> call, CancellationToken cancellationToken) =>
        (await GuardAsync(call, cancellationToken)).Result
            ?? throw new IndexUnusableException($"What answers at {server} is not Qdrant: an answer has no result. Check the setting Assistant:Storage:Qdrant:Url.");

    private async Task<T?> UnlessMissingAsync<T>(Func<Task<Reply<T>>> call, CancellationToken cancellationToken)
    {
        try
        {
            return (await call()).Result;
        }
        catch (ApiException error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            return default;
        }
        catch (Exception error) when (Translate(error, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (Translate(error, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>The error to throw instead; null for one that goes on as it is.</summary>
    private Exception? Translate(Exception error, CancellationToken cancellationToken) => error switch
    {
        _ when cancellationToken.IsCancellationRequested => null,
        ApiException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } refused => new IndexUnusableException(
            $"Qdrant at {server} does not accept the key ({(int)refused.StatusCode}). Set Assistant:Storage:Qdrant:ApiKey to a key that may read and write."),
        // Never the exception itself: it holds the request, and so the key.
        ApiException busy when IsPassing(busy.StatusCode) => new IndexUnavailableException(
            $"Qdrant at {server} cannot serve requests now ({(int)busy.StatusCode}{Reason(busy)}). Try again later.", RetryAfter(busy)),
        ApiException { HasContent: true } refused when (int)refused.StatusCode >= 400 => new IndexUnusableException(
            $"Qdrant at {server} refused a request ({(int)refused.StatusCode}{Reason(refused)})."),
        ApiException { InnerException: { } unreadable } => new IndexUnusableException(
            $"What answers at {server} is not Qdrant: its answer cannot be read. Check the setting Assistant:Storage:Qdrant:Url.", unreadable),
        ApiException other => new IndexUnusableException(
            $"What answers at {server} is not Qdrant ({(int)other.StatusCode}). Check the setting Assistant:Storage:Qdrant:Url."),
        ApiRequestException { InnerException: { } cause } => Translate(cause, cancellationToken),
        BrokenCircuitException broken => new IndexUnavailableException(
            $"Qdrant at {server} has failed again and again and is left alone for a moment.", broken.RetryAfter, broken),
        TimeoutRejectedException or OperationCanceledException => new IndexUnavailableException(
            $"Qdrant at {server} did not answer in time. Check that it is running and not overloaded (setting Assistant:Storage:Qdrant:TimeoutSeconds).", innerException: error),
        HttpRequestException or IOException => new IndexUnavailableException(
            $"Qdrant cannot be reached at {server}: {error.Message} Start it, or correct the setting Assistant:Storage:Qdrant:Url.", innerException: error),
        _ => null,
    };

    internal static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    private static TimeSpan? RetryAfter(ApiException error) =>
        error.Headers.RetryAfter?.Delta;

    /// <summary>What the server says is wrong, shortened.</summary>
    private static string Reason(ApiException error)
    {
        try
        {
            using var document = JsonDocument.Parse(error.Content ?? "");
            var reason = document.RootElement.GetProperty("status").GetProperty("error").GetString() ?? "";
            return reason.Length == 0 ? "" : ": " + (reason.Length > LongestReason ? reason[..LongestReason] + "…" : reason);
        }
        catch (Exception notQdrant) when (notQdrant is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "";
        }
    }
}
