using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Assistant.Core;

namespace Assistant.Storage.Sqlite;

/// <summary>The product's JSON for columns, except that a string with a lone surrogate, which JSON cannot hold, is an array with its code units in base64.</summary>
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

    private sealed class ExactStringConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return reader.GetString();
            }

            reader.Read();
            var units = reader.GetBytesFromBase64();
            reader.Read();
            return new string(MemoryMarshal.Cast<byte, char>(units));
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
        {
            if (ExactText.IsPlain(value))
            {
                writer.WriteStringValue(value);
                return;
            }

            writer.WriteStartArray();
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes(value.AsSpan()));
            writer.WriteEndArray();
        }
    }
}
