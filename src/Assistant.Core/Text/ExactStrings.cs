using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assistant.Core.Text;

/// <summary>
/// Keeps every string of UTF-16 code units whole where it is stored as UTF-8, which has no form for a lone surrogate, or passes
/// through something that ends text at a NUL.
/// </summary>
public static class ExactStrings
{
    /// <summary>Whether the string is well-formed UTF-16 without a NUL, so that it can be stored as text.</summary>
    public static bool IsPlain(string text)
    {
        var rest = text.AsSpan();
        if (rest.Contains('\0'))
        {
            return false;
        }

        for (int next; (next = rest.IndexOfAnyInRange('\uD800', '\uDFFF')) >= 0; rest = rest[(next + 2)..])
        {
            if (Rune.DecodeFromUtf16(rest[next..], out _, out _) != OperationStatus.Done)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Strings in stored JSON: one that is not <see cref="ExactStrings.IsPlain">plain</see> is an array with its code units in base64.</summary>
public sealed class ExactStringConverter : JsonConverter<string>
{
    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (ExactStrings.IsPlain(value))
        {
            writer.WriteStringValue(value);
            return;
        }

        writer.WriteStartArray();
        writer.WriteBase64StringValue(MemoryMarshal.AsBytes(value.AsSpan()));
        writer.WriteEndArray();
    }

    /// <summary>Names of properties are never from documents and stand as they are.</summary>
    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    /// <inheritdoc cref="ReadAsPropertyName"/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}
