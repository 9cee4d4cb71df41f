using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assistant.Core.Text;

namespace Assistant.Storage.Qdrant.Rest;

/// <summary>The server's JSON: snake case, nulls left out, and strings that JSON cannot hold kept by <see cref="ExactStringConverter"/>.</summary>
[JsonSerializable(typeof(ServerVersion))]
[JsonSerializable(typeof(Reply<CollectionList>))]
[JsonSerializable(typeof(Reply<CollectionInfo>))]
[JsonSerializable(typeof(Reply<AliasList>))]
[JsonSerializable(typeof(Reply<bool>))]
[JsonSerializable(typeof(Reply<UpdateResult>))]
[JsonSerializable(typeof(Reply<IReadOnlyList<UpdateResult>>))]
[JsonSerializable(typeof(Reply<ScrollPage<RecordPayload>>))]
[JsonSerializable(typeof(Reply<ScrollPage<PassagePayload>>))]
[JsonSerializable(typeof(Reply<IReadOnlyList<FoundPoint<RecordPayload>>>))]
[JsonSerializable(typeof(Reply<IReadOnlyList<FoundPoints<PassagePayload>>>))]
[JsonSerializable(typeof(NewCollection))]
[JsonSerializable(typeof(NewIndex))]
[JsonSerializable(typeof(AliasChange))]
[JsonSerializable(typeof(ScrollRequest))]
[JsonSerializable(typeof(PointRequest))]
[JsonSerializable(typeof(QueryBatch))]
[JsonSerializable(typeof(PointList<RecordPayload>))]
[JsonSerializable(typeof(OperationBatch<RecordPayload>))]
[JsonSerializable(typeof(OperationBatch<PassagePayload>))]
[JsonSerializable(typeof(Dictionary<string, DenseParams>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
internal sealed partial class QdrantJson : JsonSerializerContext
{
    /// <summary>The context with the options of the wire.</summary>
    public static QdrantJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ExactStringConverter() },
    });
}
