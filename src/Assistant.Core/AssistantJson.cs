using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assistant.Core.Answering;
using Assistant.Core.Changes;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;

namespace Assistant.Core;

/// <summary>The one JSON form of what the product says: camel case, UTF-8 without needless escapes, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(CorpusChanges))]
[JsonSerializable(typeof(DocumentChanges))]
[JsonSerializable(typeof(IngestionEvent))]
[JsonSerializable(typeof(IngestionReport))]
[JsonSerializable(typeof(IReadOnlyList<DocumentSummary>))]
[JsonSerializable(typeof(IReadOnlyList<Section>))]
[JsonSerializable(typeof(IReadOnlyList<TextBlock>))]
[JsonSerializable(typeof(IReadOnlyList<int>))]
[JsonSerializable(typeof(DocumentMetadata))]
public sealed partial class AssistantJson : JsonSerializerContext
{
    /// <summary>The same types for people's eyes: characters beyond ASCII as they are.</summary>
    public static AssistantJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
