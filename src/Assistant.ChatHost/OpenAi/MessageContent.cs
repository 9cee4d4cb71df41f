using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assistant.ChatHost.OpenAi;

/// <summary>The text of a message, sent as a string or as parts.</summary>
/// <param name="Text">All text of it.</param>
[JsonConverter(typeof(MessageContentConverter))]
internal sealed record MessageContent(string Text);

/// <summary>Reads <c>"text"</c> and <c>[{"type":"text","text":"text"}, …]</c>; parts of other types (images, files) are skipped.</summary>
internal sealed class MessageContentConverter : JsonConverter<MessageContent>
{
    public override MessageContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new MessageContent(reader.GetString()!);
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("Content is a string or an array of parts.");
        }

        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadPart(ref reader) is { } text)
            {
                texts.Add(text);
            }
        }

        return new MessageContent(string.Join('\n', texts));
    }

    public override void Write(Utf8JsonWriter writer, MessageContent value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);

    private static string? ReadPart(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A part of content is an object.");
        }

        string? type = null, text = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            if ((name is "type" or "text") && reader.TokenType == JsonTokenType.String)
            {
                _ = name == "type" ? type = reader.GetString() : text = reader.GetString();
            }
            else if (name is "type" or "text")
            {
                throw new JsonException("Type and text of a part are strings.");
            }
            else
            {
                reader.Skip();
            }
        }

        return type is "text" or "input_text" ? text : null;
    }
}
