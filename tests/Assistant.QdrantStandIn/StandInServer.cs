using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Assistant.QdrantStandIn;

/// <summary>
/// A Qdrant for tests: the part of its REST interface that the product uses, done for real on small data, and a refusal for
/// everything else, down to fields it does not know. Changes of a batch are made one by one, and searches of a batch see what is there when each
/// is run, as on a real server.
/// </summary>
public sealed class StandInServer : IAsyncDisposable
{
    /// <summary>What a server takes by default.</summary>
    private const long MostBytes = 32 << 20;

    private readonly Lock state = new();
    private readonly Dictionary<string, Collection> collections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> aliases = new(StringComparer.Ordinal);
    private readonly WebApplication app;
    private int requests;

    private StandInServer(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.First());

    /// <summary>The key that is asked for; null for none.</summary>
    public string? ApiKey { get; set; }

    public string Version { get; set; } = "1.19.0";

    /// <summary>Cuts every connection, as a server that is down.</summary>
    public bool IsDown { get; set; }

    /// <summary>What goes wrong with a request; asked with its number from 1 on, its method and its path.</summary>
    public Func<int, string, string, Fault?>? Faults { get; set; }

    /// <summary>Sees every request and its answer.</summary>
    public Action<Exchange>? Recorder { get; set; }

    /// <summary>How many requests there were.</summary>
    public int Requests
    {
        get => requests;
        set => requests = value;
    }

    public IReadOnlyList<string> Collections
    {
        get
        {
            lock (state)
            {
                return [.. collections.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>How many points a collection, or the one behind an alias, has.</summary>
    public int CountOf(string name)
    {
        lock (state)
        {
            return Find(name).Count;
        }
    }

    /// <summary>All that the server holds, to be put back by <see cref="Restore"/>.</summary>
    public object Save()
    {
        lock (state)
        {
            return new Saved(collections.ToDictionary(one => one.Key, one => one.Value.Copy()), new(aliases));
        }
    }

    public void Restore(object saved)
    {
        var (savedCollections, savedAliases) = (Saved)saved;
        lock (state)
        {
            collections.Clear();
            aliases.Clear();
            foreach (var (name, collection) in savedCollections)
            {
                collections.Add(name, collection.Copy());
            }

            foreach (var (alias, target) in savedAliases)
            {
                aliases.Add(alias, target);
            }
        }
    }

    /// <summary>Starts a server on loopback; on port 0 it takes a free one.</summary>
    public static async Task<StandInServer> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxRequestBodySize = MostBytes;
        });
        var app = builder.Build();
        var standIn = new StandInServer(app);
        app.Run(standIn.ServeAsync);
        await app.StartAsync();
        return standIn;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        var number = Interlocked.Increment(ref requests);
        var fault = Faults?.Invoke(number, request.Method, request.Path);
        if (IsDown || fault?.Kind == FaultKind.CutBefore)
        {
            context.Abort();
            return;
        }

        if (fault?.Kind == FaultKind.Slow)
        {
            await Task.Delay(fault.Delay, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        var (status, template, answer) = fault is { Kind: FaultKind.Refused }
            ? (fault.Status, "", Failure("Service internal error: told to fail"))
            : Answer(request, body.GetBuffer().AsMemory(0, (int)body.Length), fault is { Kind: FaultKind.PartialBatch } ? fault.Operations : int.MaxValue);
        Recorder?.Invoke(new Exchange(
            request.Method, template, request.Path, body.Length == 0 ? null : Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length),
            status, Encoding.UTF8.GetString(answer)));
        if (fault?.Kind is FaultKind.CutAfter or FaultKind.PartialBatch)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (fault?.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private (int Status, string Template, byte[] Answer) Answer(HttpRequest request, ReadOnlyMemory<byte> body, int mostOperations)
    {
        var template = "";
        try
        {
            if (ApiKey is not null && request.Headers["api-key"] != ApiKey)
            {
                return (401, "", "Must provide an API key or an Authorization bearer token"u8.ToArray());
            }

            foreach (var parameter in request.Query.Keys)
            {
                if (parameter is not ("wait" or "ordering" or "timeout" or "consistency"))
                {
                    throw RefusedException.Wrong($"Unknown parameter {parameter}");
                }
            }

            using var json = body.IsEmpty ? null : JsonDocument.Parse(body);
            (template, var answer) = Route(request.Method, request.Path, json?.RootElement ?? default, mostOperations);
            return (200, template, answer);
        }
        catch (RefusedException refused)
        {
            return (refused.Status, template, Failure(refused.Message));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            return (400, template, Failure($"Format error in JSON body: {wrong.Message}"));
        }
    }

    private (string Template, byte[] Answer) Route(string method, string path, JsonElement body, int mostOperations)
    {
        string[] parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        const string One = "/collections/{collection_name}";
        switch (method, parts)
        {
            case ("GET", []):
                return ("/", Json(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("title", "qdrant - vector search engine");
                    writer.WriteString("version", Version);
                    writer.WriteEndObject();
                }));
            case ("GET", ["readyz" or "livez" or "healthz"]):
                return (path, "all shards are ready"u8.ToArray());
            case ("GET", ["collections"]):
                return ("/collections", Read(writer => List(writer, "collections", Collections, name => writer.WriteString("name", name))));
            case ("GET", ["aliases"]):
                return ("/aliases", Read(writer => WriteAliases(writer, _ => true)));
            case ("GET", ["collections", var name, "aliases"]):
                return (One + "/aliases", Read(writer => WriteAliases(writer, target => target == name)));
            case ("POST", ["collections", "aliases"]):
                ChangeAliases(body);
                return ("/collections/aliases", Read(writer => writer.WriteBooleanValue(true)));
            case ("GET", ["collections", var name, "exists"]):
                return (One + "/exists", Read(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteBoolean("exists", collections.ContainsKey(name) || aliases.ContainsKey(name));
                    writer.WriteEndObject();
                }));
            case ("GET", ["collections", var name]):
                return (One, Read(writer => WriteInfo(writer, Find(name))));
            case ("PUT", ["collections", var name]):
                Create(name, body);
                return (One, Read(writer => writer.WriteBooleanValue(true)));
            case ("DELETE", ["collections", var name]):
                var deleted = Delete(name);
                return (One, Read(writer => writer.WriteBooleanValue(deleted)));
            case ("PUT", ["collections", var name, "index"]):
                return (One + "/index", Update(name, collection =>
                {
                    var fields = Strict.Fields(body, "field_name", "field_schema");
                    var schema = fields.Need("field_schema");
                    collection.Indexes[fields.Need("field_name").GetString()!] = schema.ValueKind == JsonValueKind.String
                        ? schema.GetString()!
                        : Strict.Fields(schema, "type", "on_disk").Need("type").GetString()!;
                }));
            case ("POST", ["collections", var name, "points"]):
                var wanted = Strict.Fields(body, "ids", "with_payload", "with_vector");
                return (One + "/points", Read(writer => Points(
                    writer, wanted.Need("ids").EnumerateArray().Select(PointId.Read).Select(Find(name).Find).OfType<StoredPoint>().Select(point => (point, (float?)null)), wanted, payloadUnasked: true)));
            case ("PUT", ["collections", var name, "points"]):
                return (One + "/points", Update(name, collection => collection.Upsert(body)));
            case ("POST", ["collections", var name, "points", "delete"]):
                return (One + "/points/delete", Update(name, collection => collection.Delete(body)));
            case ("POST", ["collections", var name, "points", "payload"]):
                return (One + "/points/payload", Update(name, collection => collection.SetPayload(body)));
            case ("POST", ["collections", var name, "points", "batch"]):
                return (One + "/points/batch", Batch(name, body, mostOperations));
            case ("POST", ["collections", var name, "points", "scroll"]):
                return (One + "/points/scroll", Locked(() => Scroll(Find(name), body)));
            case ("POST", ["collections", var name, "points", "count"]):
                var counted = Strict.Fields(body, "filter", "exact");
                return (One + "/points/count", Read(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("count", Find(name).Matching(Find(name).Filter(counted)).Count());
                    writer.WriteEndObject();
                }));
            case ("POST", ["collections", var name, "points", "query"]):
                return (One + "/points/query", Read(writer => WriteQuery(writer, Find(name), body)));
            case ("POST", ["collections", var name, "points", "query", "batch"]):
                // Each search by itself: between two of them a writer may come.
                var searches = Strict.Fields(body, "searches").Need("searches").EnumerateArray()
                    .Select(search => Locked(() => Json(writer => WriteQuery(writer, Find(name), search)))).ToList();
                return (One + "/points/query/batch", Read(writer =>
                {
                    writer.WriteStartArray();
                    searches.ForEach(search => writer.WriteRawValue(search, skipInputValidation: true));
                    writer.WriteEndArray();
                }));
            default:
                throw new RefusedException(404, $"{method} {path} is not served here");
        }
    }

    private Collection Find(string name) => collections.TryGetValue(aliases.GetValueOrDefault(name, name), out var collection)
        ? collection
        : throw new RefusedException(404, $"Not found: Collection `{name}` doesn't exist!");

    private T Locked<T>(Func<T> work)
    {
        lock (state)
        {
            return work();
        }
    }

    private void Create(string name, JsonElement body)
    {
        var collection = new Collection(body);
        lock (state)
        {
            if (aliases.ContainsKey(name) || !collections.TryAdd(name, collection))
            {
                throw new RefusedException(409, $"Wrong input: Collection `{name}` already exists!");
            }
        }
    }

    private bool Delete(string name)
    {
        lock (state)
        {
            foreach (var alias in aliases.Where(alias => alias.Value == name).Select(alias => alias.Key).ToList())
            {
                aliases.Remove(alias);
            }

            return collections.Remove(name);
        }
    }

    private void ChangeAliases(JsonElement body)
    {
        lock (state)
        {
            var changed = new Dictionary<string, string>(aliases);
            foreach (var action in Strict.Fields(body, "actions").Need("actions").EnumerateArray())
            {
                var fields = Strict.Fields(action, "create_alias", "delete_alias");
                if (fields.TryGetValue("create_alias", out var create))
                {
                    var target = Strict.Fields(create, "alias_name", "collection_name");
                    var collection = target.Need("collection_name").GetString()!;
                    var alias = target.Need("alias_name").GetString()!;
                    if (!collections.ContainsKey(collection) || collections.ContainsKey(alias))
                    {
                        throw new RefusedException(404, $"Not found: Collection `{collection}` doesn't exist, or `{alias}` is one!");
                    }

                    changed[alias] = collection;
                }
                else
                {
                    changed.Remove(Strict.Fields(fields.Need("delete_alias"), "alias_name").Need("alias_name").GetString()!);
                }
            }

            aliases.Clear();
            foreach (var (alias, target) in changed)
            {
                aliases.Add(alias, target);
            }
        }
    }

    private byte[] Update(string name, Action<Collection> update)
    {
        lock (state)
        {
            var collection = Find(name);
            var operation = collection.NextOperation();
            update(collection);
            return Result(writer => WriteUpdate(writer, operation));
        }
    }

    private byte[] Batch(string name, JsonElement body, int mostOperations)
    {
        var operations = Strict.Fields(body, "operations").Need("operations").EnumerateArray().ToList();
        var done = new List<ulong>();
        foreach (var operation in operations.Take(mostOperations))
        {
            // Each by itself: between two of them a reader may come.
            lock (state)
            {
                var collection = Find(name);
                var fields = Strict.Fields(operation, "upsert", "delete", "set_payload");
                done.Add(collection.NextOperation());
                if (fields.TryGetValue("upsert", out var upsert))
                {
                    collection.Upsert(upsert);
                }
                else if (fields.TryGetValue("delete", out var delete))
                {
                    collection.Delete(delete);
                }
                else
                {
                    collection.SetPayload(fields.Need("set_payload"));
                }
            }
        }

        return Result(writer =>
        {
            writer.WriteStartArray();
            done.ForEach(operation => WriteUpdate(writer, operation));
            writer.WriteEndArray();
        });
    }

    private static byte[] Scroll(Collection collection, JsonElement body)
    {
        var fields = Strict.Fields(body, "filter", "limit", "offset", "with_payload", "with_vector", "order_by");
        var limit = fields.Number("limit", 10);
        IEnumerable<StoredPoint> points = collection.InOrder(collection.Filter(fields));
        PointId? next = null;
        if (fields.TryGetValue("order_by", out var order))
        {
            var by = Strict.Fields(order, "key", "direction");
            var key = by.Need("key").GetString()!;
            if (!collection.Indexes.TryGetValue(key, out var type) || type is not ("integer" or "float"))
            {
                throw RefusedException.Wrong($"Bad request: No range index for `order_by` key: `{key}`");
            }

            points = points.SelectMany(point => point.Values(key).Select(value => (point, value: value.GetDouble())))
                .OrderBy(pair => by.TryGetValue("direction", out var direction) && direction.GetString() == "desc" ? -pair.value : pair.value)
                .Select(pair => pair.point).Take(limit);
        }
        else
        {
            var page = points.Where(point => !fields.TryGetValue("offset", out var offset) || point.Id.CompareTo(PointId.Read(offset)) >= 0).Take(limit + 1).ToList();
            next = page.Count > limit ? page[limit].Id : null;
            points = page.Take(limit);
        }

        return Result(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("points");
            Points(writer, points.Select(point => (point, (float?)null)), fields, payloadUnasked: true);
            writer.WritePropertyName("next_page_offset");
            if (next is { } id)
            {
                id.Write(writer);
            }
            else
            {
                writer.WriteNullValue();
            }

            writer.WriteEndObject();
        });
    }

    private static void WriteQuery(Utf8JsonWriter writer, Collection collection, JsonElement body)
    {
        var fields = Strict.Fields(
            body, "prefetch", "query", "using", "filter", "params", "score_threshold", "limit", "offset", "with_payload", "with_vector");
        var hits = collection.Query(fields);
        writer.WriteStartObject();
        writer.WritePropertyName("points");
        Points(writer, hits.Select(hit => (hit.Point, (float?)hit.Score)), fields, payloadUnasked: false);
        writer.WriteEndObject();
    }

    private static void Points(
        Utf8JsonWriter writer, IEnumerable<(StoredPoint Point, float? Score)> points, Dictionary<string, JsonElement> fields, bool payloadUnasked)
    {
        var payload = Chosen(fields, "with_payload", payloadUnasked);
        var vectors = Chosen(fields, "with_vector", false);
        writer.WriteStartArray();
        foreach (var (point, score) in points)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            point.Id.Write(writer);
            if (score is { } found)
            {
                writer.WriteNumber("version", point.Version);
                writer.WriteNumber("score", found);
            }

            writer.WriteStartObject("payload");
            foreach (var (key, value) in point.Payload.Where(value => payload(value.Key)))
            {
                writer.WritePropertyName(key);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("vector");
            foreach (var (name, vector) in point.Dense.Where(vector => vectors(vector.Key)))
            {
                writer.WriteStartArray(name);
                Array.ForEach(vector, writer.WriteNumberValue);
                writer.WriteEndArray();
            }

            foreach (var (name, vector) in point.Sparse.Where(vector => vectors(vector.Key)))
            {
                writer.WriteStartObject(name);
                writer.WriteStartArray("indices");
                Array.ForEach(vector.Indices, writer.WriteNumberValue);
                writer.WriteEndArray();
                writer.WriteStartArray("values");
                Array.ForEach(vector.Values, writer.WriteNumberValue);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>Which fields or vectors are wanted: all, none, or those that are named.</summary>
    private static Func<string, bool> Chosen(Dictionary<string, JsonElement> fields, string name, bool otherwise)
    {
        if (!fields.TryGetValue(name, out var choice) || choice.ValueKind != JsonValueKind.Array)
        {
            var all = fields.Flag(name, otherwise);
            return _ => all;
        }

        HashSet<string> named = [.. choice.EnumerateArray().Select(one => one.GetString()!)];
        return named.Contains;
    }

    private void WriteAliases(Utf8JsonWriter writer, Func<string, bool> wanted) =>
        List(writer, "aliases", aliases.Where(alias => wanted(alias.Value)).ToList(), alias =>
        {
            writer.WriteString("alias_name", alias.Key);
            writer.WriteString("collection_name", alias.Value);
        });

    private static void WriteInfo(Utf8JsonWriter writer, Collection collection)
    {
        writer.WriteStartObject();
        writer.WriteString("status", "green");
        writer.WriteString("optimizer_status", "ok");
        writer.WriteNumber("points_count", collection.Count);
        writer.WriteNumber("segments_count", 1);
        writer.WriteStartObject("config");
        writer.WriteStartObject("params");
        writer.WritePropertyName("vectors");
        writer.WriteRawValue(collection.Vectors?.GetRawText() ?? "{}");
        if (collection.SparseVectors is { } sparse)
        {
            writer.WritePropertyName("sparse_vectors");
            sparse.WriteTo(writer);
        }

        writer.WriteNumber("shard_number", collection.Shards);
        writer.WriteNumber("replication_factor", collection.Replicas);
        writer.WriteNumber("write_consistency_factor", collection.Consistency);
        writer.WriteEndObject();
        writer.WritePropertyName("hnsw_config");
        writer.WriteRawValue("""{ "m": 16, "ef_construct": 100, "full_scan_threshold": 10000 }""");
        writer.WritePropertyName("optimizer_config");
        writer.WriteRawValue("""{ "deleted_threshold": 0.2, "vacuum_min_vector_number": 1000, "default_segment_number": 0, "flush_interval_sec": 5 }""");
        writer.WriteEndObject();
        writer.WriteStartObject("payload_schema");
        foreach (var (field, type) in collection.Indexes)
        {
            writer.WriteStartObject(field);
            writer.WriteString("data_type", type);
            writer.WriteNumber("points", collection.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteUpdate(Utf8JsonWriter writer, ulong operation)
    {
        writer.WriteStartObject();
        writer.WriteNumber("operation_id", operation);
        writer.WriteString("status", "completed");
        writer.WriteEndObject();
    }

    private static void List<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<T> write)
    {
        writer.WriteStartObject();
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>A result that is written while nobody changes anything.</summary>
    private byte[] Read(Action<Utf8JsonWriter> write) => Locked(() => Result(write));

    private static byte[] Result(Action<Utf8JsonWriter> write) => Json(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("result");
        write(writer);
        writer.WriteString("status", "ok");
        writer.WriteNumber("time", 0.001);
        writer.WriteEndObject();
    });

    private static byte[] Failure(string reason) => Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("status");
        writer.WriteString("error", reason);
        writer.WriteEndObject();
        writer.WriteNumber("time", 0.001);
        writer.WriteEndObject();
    });

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return buffer.ToArray();
    }

    private sealed record Saved(Dictionary<string, Collection> Collections, Dictionary<string, string> Aliases);
}
