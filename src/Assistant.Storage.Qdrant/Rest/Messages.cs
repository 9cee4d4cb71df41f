using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assistant.Storage.Qdrant.Rest;

/// <summary>What every answer of the server is wrapped in.</summary>
internal sealed record Reply<T>(T? Result);

internal sealed record ServerVersion(string Title, string Version);

internal sealed record CollectionName(string Name);

internal sealed record CollectionList(IReadOnlyList<CollectionName> Collections);

internal sealed record AliasTarget(string AliasName, string CollectionName);

internal sealed record AliasList(IReadOnlyList<AliasTarget> Aliases);

/// <summary>A change of aliases: one that is deleted, or one that is created.</summary>
internal sealed record AliasAction(AliasTarget? CreateAlias = null, DeletedAlias? DeleteAlias = null);

internal sealed record DeletedAlias(string AliasName);

internal sealed record AliasChange(IReadOnlyList<AliasAction> Actions);

internal sealed record DenseParams
{
    public required int Size { get; init; }

    public required string Distance { get; init; }

    public bool? OnDisk { get; init; }

    public Quantization? QuantizationConfig { get; init; }

    public string? Datatype { get; init; }

    /// <summary>Never written; present when a collection keeps several vectors where we keep one.</summary>
    public JsonElement? MultivectorConfig { get; init; }
}

internal sealed record SparseParams(string? Modifier = null, SparseIndex? Index = null);

internal sealed record SparseIndex(bool? OnDisk = null);

internal sealed record Quantization(ScalarQuantization? Scalar = null);

internal sealed record ScalarQuantization(string Type, bool? AlwaysRam = null);

internal sealed record StrictMode(bool Enabled, bool UnindexedFilteringRetrieve, bool UnindexedFilteringUpdate);

internal sealed record NewCollection
{
    public required IReadOnlyDictionary<string, DenseParams> Vectors { get; init; }

    public IReadOnlyDictionary<string, SparseParams>? SparseVectors { get; init; }

    public int? ShardNumber { get; init; }

    public int? ReplicationFactor { get; init; }

    public int? WriteConsistencyFactor { get; init; }

    public StrictMode? StrictModeConfig { get; init; }
}

internal sealed record CollectionInfo(CollectionConfig Config, IReadOnlyDictionary<string, FieldInfo> PayloadSchema);

internal sealed record CollectionConfig(CollectionParams Params);

/// <param name="Vectors">Named vectors, or the parameters of one vector without a name.</param>
/// <param name="SparseVectors">Named sparse vectors.</param>
internal sealed record CollectionParams(JsonElement? Vectors, IReadOnlyDictionary<string, SparseParams>? SparseVectors);

internal sealed record FieldInfo(string DataType);

internal sealed record NewIndex(string FieldName, string FieldSchema);

internal sealed record SparseVector(uint[] Indices, float[] Values);

/// <summary>The vectors of a point; none for a document or a version.</summary>
internal sealed record PointVectors
{
    public ReadOnlyMemory<float>? Dense { get; init; }

    public SparseVector? Terms { get; init; }
}

internal sealed record Point<T>(Guid Id, PointVectors Vector, T Payload);

/// <summary>A stored point; its score only where it was searched for.</summary>
internal sealed record FoundPoint<T>(Guid Id, T? Payload = default, PointVectors? Vector = null, float Score = 0);

/// <summary>All of <see cref="Must"/> and none of <see cref="MustNot"/>.</summary>
internal sealed record Filter
{
    public IReadOnlyList<Condition>? Must { get; init; }

    public IReadOnlyList<Condition>? MustNot { get; init; }
}

internal sealed record Condition
{
    public string? Key { get; init; }

    public Match? Match { get; init; }

    public NumberRange? Range { get; init; }

    public IReadOnlyList<Guid>? HasId { get; init; }

    public static Condition Is(string key, string value) => new() { Key = key, Match = new Match { Value = JsonSerializer.SerializeToElement(value, QdrantJson.Wire.String) } };

    public static Condition Is(string key, long value) => new() { Key = key, Match = new Match { Value = JsonSerializer.SerializeToElement(value, QdrantJson.Wire.Int64) } };

    public static Condition IsAny(string key, IReadOnlyList<string> values) => new() { Key = key, Match = new Match { Any = values } };

    public static Condition AtLeast(string key, long value) => new() { Key = key, Range = new NumberRange(Gte: value) };

    public static Condition Above(string key, long value) => new() { Key = key, Range = new NumberRange(Gt: value) };

    public static Condition AtMost(string key, long value) => new() { Key = key, Range = new NumberRange(Lte: value) };

    public static Condition Below(string key, long value) => new() { Key = key, Range = new NumberRange(Lt: value) };
}

internal sealed record Match
{
    public JsonElement? Value { get; init; }

    public IReadOnlyList<string>? Any { get; init; }
}

internal sealed record NumberRange(long? Gt = null, long? Gte = null, long? Lt = null, long? Lte = null);

internal sealed record ScrollRequest
{
    public required Filter Filter { get; init; }

    public int Limit { get; init; } = 1000;

    public Guid? Offset { get; init; }

    public OrderBy? OrderBy { get; init; }

    public required IReadOnlyList<string> WithPayload { get; init; }

    public IReadOnlyList<string>? WithVector { get; init; }
}

internal sealed record OrderBy(string Key, string Direction);

internal sealed record ScrollPage<T>(IReadOnlyList<FoundPoint<T>> Points, Guid? NextPageOffset);

internal sealed record PointRequest(IReadOnlyList<Guid> Ids, bool WithPayload);

/// <summary>A search by one vector; the other is null.</summary>
internal sealed record Query
{
    [JsonPropertyName("query")]
    public required QueryVector Vector { get; init; }

    public required string Using { get; init; }

    public required int Limit { get; init; }

    public Filter? Filter { get; init; }

    public Query? Prefetch { get; init; }

    public SearchParams? Params { get; init; }

    public bool? WithPayload { get; init; }

    public IReadOnlyList<string>? WithVector { get; init; }
}

/// <summary>A dense or a sparse vector, written as the server takes each.</summary>
[JsonConverter(typeof(QueryVectorConverter))]
internal sealed record QueryVector(ReadOnlyMemory<float> Dense, SparseVector? Sparse = null);

internal sealed record SearchParams(QuantizationSearch Quantization);

internal sealed record QuantizationSearch(bool Rescore, double Oversampling);

internal sealed record QueryBatch(IReadOnlyList<Query> Searches);

internal sealed record FoundPoints<T>(IReadOnlyList<FoundPoint<T>> Points);

internal sealed record PointList<T>(IReadOnlyList<Point<T>> Points)
{
    /// <summary>A point that exists is only overwritten when it matches.</summary>
    public Filter? UpdateFilter { get; init; }
}

/// <summary>Points to delete: these, or all that match.</summary>
internal sealed record PointSelector
{
    public IReadOnlyList<Guid>? Points { get; init; }

    public Filter? Filter { get; init; }
}

/// <summary>Values to overwrite in these points, or in all that match.</summary>
internal sealed record PayloadChange<T>(T Payload, IReadOnlyList<Guid>? Points = null, Filter? Filter = null);

/// <summary>One of a batch of changes that are made in order.</summary>
internal sealed record Operation<T>
{
    public PointList<T>? Upsert { get; init; }

    public PointSelector? Delete { get; init; }

    public PayloadChange<T>? SetPayload { get; init; }
}

internal sealed record OperationBatch<T>(IReadOnlyList<Operation<T>> Operations);

internal sealed record UpdateResult(string Status);

/// <summary>Writes a search's vector as the plain array or the object the server expects.</summary>
internal sealed class QueryVectorConverter : JsonConverter<QueryVector>
{
    public override QueryVector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Searches are sent, never received.");

    public override void Write(Utf8JsonWriter writer, QueryVector value, JsonSerializerOptions options)
    {
        if (value.Sparse is { } sparse)
        {
            JsonSerializer.Serialize(writer, sparse, QdrantJson.Wire.SparseVector);
            return;
        }

        writer.WriteStartArray();
        foreach (var component in value.Dense.Span)
        {
            writer.WriteNumberValue(component);
        }

        writer.WriteEndArray();
    }
}
