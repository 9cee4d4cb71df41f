using System.Numerics.Tensors;
using System.Text.Json;

namespace Assistant.QdrantStandIn;

/// <summary>A collection and its points. Used under the server's lock.</summary>
internal sealed class Collection
{
    private readonly Dictionary<PointId, StoredPoint> points = [];
    private readonly Dictionary<string, int> sizes = [];
    private readonly Dictionary<string, bool> sparse = [];
    private ulong operations;

    public Collection(JsonElement creation)
    {
        var fields = Strict.Fields(
            creation, "vectors", "sparse_vectors", "shard_number", "replication_factor", "write_consistency_factor", "strict_mode_config");
        Vectors = fields.TryGetValue("vectors", out var vectors) ? vectors.Clone() : null;
        SparseVectors = fields.TryGetValue("sparse_vectors", out var sparseVectors) ? sparseVectors.Clone() : null;
        (Shards, Replicas, Consistency) = (fields.Number("shard_number", 1), fields.Number("replication_factor", 1), fields.Number("write_consistency_factor", 1));
        if (fields.TryGetValue("strict_mode_config", out var strict))
        {
            var strictness = Strict.Fields(strict, "enabled", "unindexed_filtering_retrieve", "unindexed_filtering_update");
            IndexesOnly = strictness.Flag("enabled", false) && !strictness.Flag("unindexed_filtering_retrieve", true);
        }

        if (Vectors is { } named)
        {
            foreach (var vector in named.TryGetProperty("size", out _) ? [("", named)] : named.EnumerateObject().Select(one => (one.Name, one.Value)))
            {
                var parameters = Strict.Fields(vector.Item2, "size", "distance", "on_disk", "quantization_config", "datatype");
                if (parameters.Need("distance").GetString() is not ("Cosine" or "Dot"))
                {
                    throw RefusedException.Wrong("Only Cosine and Dot are compared here");
                }

                DistanceIsCosine = parameters.Need("distance").GetString() == "Cosine";
                if (parameters.TryGetValue("quantization_config", out var quantization))
                {
                    Strict.Fields(Strict.Fields(quantization, "scalar").Need("scalar"), "type", "quantile", "always_ram").Need("type");
                }

                sizes.Add(vector.Item1, parameters.Number("size", 0));
            }
        }

        if (SparseVectors is { } sparseNamed)
        {
            foreach (var vector in sparseNamed.EnumerateObject())
            {
                var parameters = Strict.Fields(vector.Value, "modifier", "index");
                sparse.Add(vector.Name, parameters.TryGetValue("modifier", out var modifier) && modifier.GetString() == "idf");
            }
        }
    }

    private Collection(Collection other)
    {
        points = new(other.points);
        (sizes, sparse, operations) = (other.sizes, other.sparse, other.operations);
        (Vectors, SparseVectors, DistanceIsCosine) = (other.Vectors, other.SparseVectors, other.DistanceIsCosine);
        (Shards, Replicas, Consistency, IndexesOnly) = (other.Shards, other.Replicas, other.Consistency, other.IndexesOnly);
        Indexes = new(other.Indexes);
    }

    public JsonElement? Vectors { get; }

    public JsonElement? SparseVectors { get; }

    public int Shards { get; }

    public int Replicas { get; }

    public int Consistency { get; }

    public bool IndexesOnly { get; }

    public Dictionary<string, string> Indexes { get; } = [];

    public int Count => points.Count;

    private bool DistanceIsCosine { get; }

    /// <summary>The same, to go on with by itself.</summary>
    public Collection Copy() => new(this);

    public ulong NextOperation() => ++operations;

    /// <summary>Refuses to filter by a field without an index where only those may be.</summary>
    public void RefuseUnindexed(string field)
    {
        if (IndexesOnly && !Indexes.ContainsKey(field))
        {
            throw RefusedException.Wrong($"Bad request: Index required but not found for \"{field}\"");
        }
    }

    public Condition Filter(Dictionary<string, JsonElement> fields, string name = "filter") =>
        fields.TryGetValue(name, out var filter) ? Condition.ReadFilter(filter, RefuseUnindexed) : Condition.All;

    public IEnumerable<StoredPoint> Matching(Condition condition) => points.Values.Where(condition.Matches);

    public StoredPoint? Find(PointId id) => points.GetValueOrDefault(id);

    /// <summary>Points in the order of their ids.</summary>
    public IEnumerable<StoredPoint> InOrder(Condition condition) => Matching(condition).OrderBy(point => point.Id);

    public void Upsert(JsonElement list)
    {
        var fields = Strict.Fields(list, "points", "update_filter", "update_mode");
        var condition = Filter(fields, "update_filter");
        var mode = fields.TryGetValue("update_mode", out var stated) ? stated.GetString() : "upsert";
        // All are read before the first is written: a wrong one refuses them all.
        foreach (var point in fields.Need("points").EnumerateArray().Select(ReadPoint).ToList())
        {
            var known = Find(point.Id);
            if (known is null ? mode != "update_only" : mode != "insert_only" && condition.Matches(known))
            {
                points[point.Id] = point with { Version = operations };
            }
        }
    }

    public void Delete(JsonElement selector)
    {
        var fields = Strict.Fields(selector, "points", "filter");
        List<PointId> ids = fields.TryGetValue("points", out var listed)
            ? [.. listed.EnumerateArray().Select(PointId.Read)]
            : [.. Matching(Condition.ReadFilter(fields.Need("filter"), RefuseUnindexed)).Select(point => point.Id)];
        ids.ForEach(id => points.Remove(id));
    }

    public void SetPayload(JsonElement change)
    {
        var fields = Strict.Fields(change, "payload", "points", "filter");
        var payload = fields.Need("payload").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.Clone());
        List<StoredPoint> changed = fields.TryGetValue("points", out var listed)
            ? [.. listed.EnumerateArray().Select(PointId.Read).Select(Find).OfType<StoredPoint>()]
            : [.. Matching(Condition.ReadFilter(fields.Need("filter"), RefuseUnindexed))];
        foreach (var point in changed)
        {
            var merged = new Dictionary<string, JsonElement>(point.Payload);
            foreach (var (key, value) in payload)
            {
                merged[key] = value;
            }

            points[point.Id] = point with { Payload = merged, Version = operations };
        }
    }

    /// <summary>The best points for a query, which may search among the best of others.</summary>
    public List<(StoredPoint Point, float Score)> Query(Dictionary<string, JsonElement> fields)
    {
        if (fields.TryGetValue("params", out var parameters))
        {
            Strict.Fields(parameters, "quantization", "exact", "hnsw_ef");
        }

        var among = fields.Several("prefetch").Select(prefetch =>
            Query(Strict.Fields(prefetch, "prefetch", "query", "using", "filter", "params", "score_threshold", "limit"))).ToList();
        var condition = Filter(fields);
        var candidates = among.Count == 0
            ? Matching(condition)
            : among.SelectMany(list => list).Select(hit => hit.Point).DistinctBy(point => point.Id).Where(condition.Matches);
        var limit = fields.Number("limit", 10);
        var offset = fields.Number("offset", 0, least: 0);
        if (!fields.TryGetValue("query", out var query))
        {
            return [.. candidates.OrderBy(point => point.Id).Skip(offset).Take(limit).Select(point => (point, 0f))];
        }

        var score = Scoring(query, fields.TryGetValue("using", out var name) ? name.GetString()! : "");
        var threshold = fields.TryGetValue("score_threshold", out var least) ? least.GetSingle() : float.NegativeInfinity;
        // Equal scores come in an order that nobody may rely on: here the largest id first.
        return
        [
            .. candidates.Select(point => (Point: point, Score: score(point)))
                .Where(hit => hit.Score is { } found && found >= threshold)
                .Select(hit => (hit.Point, Score: hit.Score!.Value))
                .OrderByDescending(hit => hit.Score).ThenByDescending(hit => hit.Point.Id)
                .Skip(offset).Take(limit),
        ];
    }

    private Func<StoredPoint, float?> Scoring(JsonElement query, string name)
    {
        if (query.ValueKind == JsonValueKind.Array)
        {
            var vector = ReadDense(name, query);
            return point => point.Dense.TryGetValue(name, out var stored) ? TensorPrimitives.Dot<float>(vector, stored) : null;
        }

        if (!sparse.TryGetValue(name, out var idf))
        {
            throw RefusedException.Wrong($"Wrong input: Not existing vector name error: {name}");
        }

        var terms = SparseValues.Read(query);
        var weights = new float[terms.Indices.Length];
        float total = points.Values.Count(point => point.Sparse.TryGetValue(name, out var values) && values.Indices.Length > 0);
        for (var i = 0; i < weights.Length; i++)
        {
            float with = idf ? points.Values.Count(point => point.Sparse.TryGetValue(name, out var values) && values.TryGet(terms.Indices[i], out _)) : 0;
            weights[i] = terms.Values[i] * (idf ? MathF.Log(((total - with + 0.5f) / (with + 0.5f)) + 1) : 1);
        }

        return point =>
        {
            float sum = 0;
            var shared = false;
            if (point.Sparse.TryGetValue(name, out var stored))
            {
                for (var i = 0; i < weights.Length; i++)
                {
                    if (stored.TryGet(terms.Indices[i], out var value))
                    {
                        sum += weights[i] * value;
                        shared = true;
                    }
                }
            }

            return shared ? sum : null;
        };
    }

    private StoredPoint ReadPoint(JsonElement point)
    {
        var fields = Strict.Fields(point, "id", "vector", "payload");
        var dense = new Dictionary<string, float[]>();
        var sparseVectors = new Dictionary<string, SparseValues>();
        var vectors = fields.Need("vector");
        foreach (var (name, vector) in vectors.ValueKind == JsonValueKind.Array ? [("", vectors)] : vectors.EnumerateObject().Select(one => (one.Name, one.Value)))
        {
            if (vector.ValueKind == JsonValueKind.Array)
            {
                dense.Add(name, ReadDense(name, vector));
            }
            else if (sparse.ContainsKey(name))
            {
                sparseVectors.Add(name, SparseValues.Read(vector));
            }
            else
            {
                throw RefusedException.Wrong($"Wrong input: Not existing vector name error: {name}");
            }
        }

        var payload = fields.TryGetValue("payload", out var values)
            ? values.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.Clone())
            : [];
        return new StoredPoint(PointId.Read(fields.Need("id")), dense, sparseVectors, payload);
    }

    private float[] ReadDense(string name, JsonElement vector)
    {
        if (!sizes.TryGetValue(name, out var size))
        {
            throw RefusedException.Wrong($"Wrong input: Not existing vector name error: {name}");
        }

        var values = new float[vector.GetArrayLength()];
        var next = 0;
        foreach (var value in vector.EnumerateArray())
        {
            values[next++] = value.GetSingle();
        }

        if (values.Length != size)
        {
            throw RefusedException.Wrong($"Wrong input: Vector dimension error: expected dim: {size}, got {values.Length}");
        }

        // What has length 1 or 0 already is left as it is, to the bit.
        var length = TensorPrimitives.SumOfSquares<float>(values);
        if (DistanceIsCosine && length >= float.Epsilon && MathF.Abs(length - 1) > 1e-6f)
        {
            TensorPrimitives.Divide(values, MathF.Sqrt(length), values);
        }

        return values;
    }
}
