using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Assistant.Core;
using Assistant.Core.Text;

namespace Assistant.Storage.Sqlite;

/// <summary>The product's JSON for columns, except that a string JSON cannot hold is kept as <see cref="ExactStringConverter"/> does.</summary>
internal static class StoredJson
{
    private static readonly AssistantJson Context = new(new JsonSerializerOptions(AssistantJson.Readable.Options)
    {
        TypeInfoResolver = null,
        Converters = { new ExactStringConverter() },
    });

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, TypeInfo<T>());

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize(json, TypeInfo<T>()) ?? throw new InvalidDataException("A column holds null where it must not.");

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Context.Options.GetTypeInfo(typeof(T));
}
