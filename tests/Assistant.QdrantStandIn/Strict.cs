using System.Text.Json;

namespace Assistant.QdrantStandIn;

/// <summary>A request that the server does not accept.</summary>
internal sealed class RefusedException(int status, string reason) : Exception(reason)
{
    public int Status => status;

    public static RefusedException Wrong(string reason) => new(400, reason);
}

/// <summary>Reads JSON and refuses every field that is not known here.</summary>
internal static class Strict
{
    /// <summary>The object's fields that are not null; nothing but these names.</summary>
    public static Dictionary<string, JsonElement> Fields(JsonElement element, params ReadOnlySpan<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw RefusedException.Wrong($"Format error in JSON body: expected an object, got {element.ValueKind}");
        }

        var fields = new Dictionary<string, JsonElement>();
        foreach (var property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                throw RefusedException.Wrong($"Format error in JSON body: unknown field `{property.Name}`, expected one of {string.Join(", ", known.ToArray())}");
            }

            if (property.Value.ValueKind != JsonValueKind.Null)
            {
                fields.Add(property.Name, property.Value);
            }
        }

        return fields;
    }

    public static JsonElement Need(this Dictionary<string, JsonElement> fields, string name) =>
        fields.TryGetValue(name, out var value) ? value : throw RefusedException.Wrong($"Format error in JSON body: missing field `{name}`");

    public static int Number(this Dictionary<string, JsonElement> fields, string name, int otherwise, int least = 1)
    {
        if (!fields.TryGetValue(name, out var value))
        {
            return otherwise;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least
            ? number
            : throw RefusedException.Wrong($"Validation error in JSON body: [{name}: value {value} invalid, must be {least} or larger]");
    }

    public static bool Flag(this Dictionary<string, JsonElement> fields, string name, bool otherwise) => fields.TryGetValue(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw RefusedException.Wrong($"Format error in JSON body: `{name}` is no boolean"),
        }
        : otherwise;

    /// <summary>One or several.</summary>
    public static IEnumerable<JsonElement> Several(this Dictionary<string, JsonElement> fields, string name) =>
        !fields.TryGetValue(name, out var value) ? [] : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
}
