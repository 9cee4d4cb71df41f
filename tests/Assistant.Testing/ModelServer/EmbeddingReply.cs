using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Assistant.Testing.ModelServer;

/// <summary>Embeddings of the texts of a request, as numbers or, as OpenAI's client asks for them, in base 64.</summary>
/// <param name="Embed">The vector of a text.</param>
public sealed record EmbeddingReply(Func<string, float[]> Embed) : ModelReply
{
    /// <summary>Drops this many of the last vectors, as a broken endpoint does.</summary>
    public int Missing { get; init; }

    /// <summary>Sends the vectors last to first; each keeps the index of its text.</summary>
    public bool IsReversed { get; init; }

    private protected override Task WriteBodyAsync(Exchange exchange)
    {
        var request = exchange.Request;
        var inputs = request.Inputs;
        var inBase64 = request.Body!["encoding_format"]?.ToString() == "base64";
        var dimensions = (int?)request.Body["dimensions"];
        JsonNode[] data =
        [
            .. inputs.Take(inputs.Count - Missing).Select((input, index) => new JsonObject
            {
                ["object"] = "embedding",
                ["index"] = index,
                ["embedding"] = Encode(Shorten(Embed(input), dimensions), inBase64),
            }),
        ];
        if (IsReversed)
        {
            Array.Reverse(data);
        }

        var tokens = inputs.Sum(input => OpenAiJson.Tokens(input.Length));
        exchange.Response.ContentType = "application/json";
        return exchange.SendAsync(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray(data),
            ["model"] = request.Model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        }.ToJsonString());
    }

    private static JsonNode Encode(float[] vector, bool inBase64) => inBase64
        ? Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector))
        : new JsonArray([.. vector.Select(value => JsonValue.Create(value))]);

    /// <summary>The first dimensions, made length 1 again, as OpenAI shortens its embeddings.</summary>
    private static float[] Shorten(float[] vector, int? dimensions) =>
        dimensions is { } count && count < vector.Length ? HashedEmbedding.Normalize(vector[..count]) : vector;
}

/// <summary>Vectors made of the words of a text: the same for the same text on every machine, near for texts that share words.</summary>
public static class HashedEmbedding
{
    /// <summary>The vector of a text, of length 1.</summary>
    public static float[] Of(string text, int dimensions)
    {
        var vector = new float[dimensions];
        foreach (var word in text.ToLowerInvariant().Split([' ', '\n', '\t', '.', ',', ';', ':', '?', '!'], StringSplitOptions.RemoveEmptyEntries))
        {
            var hash = Hash(word);
            vector[hash % (uint)dimensions] += (hash & 0x8000_0000) == 0 ? 1 : -1;
        }

        // Opposite words may meet in one place and leave nothing.
        vector[0] += Array.TrueForAll(vector, value => value == 0) ? 1 : 0;
        return Normalize(vector);
    }

    internal static float[] Normalize(float[] vector)
    {
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        return length == 0 ? vector : [.. vector.Select(value => value / length)];
    }

    /// <summary>FNV-1a, stirred at the end so that all bits depend on all characters.</summary>
    private static uint Hash(string word)
    {
        var hash = word.Aggregate(2166136261u, (hash, character) => (hash ^ character) * 16777619);
        hash = (hash ^ (hash >> 16)) * 0x85EB_CA6B;
        return hash ^ (hash >> 13);
    }
}
