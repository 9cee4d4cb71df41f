using System.Text.Json;

namespace Assistant.QdrantStandIn;

/// <summary>A point; replaced as a whole when it changes.</summary>
internal sealed record StoredPoint(
    PointId Id,
    IReadOnlyDictionary<string, float[]> Dense,
    IReadOnlyDictionary<string, SparseValues> Sparse,
    IReadOnlyDictionary<string, JsonElement> Payload)
{
    public ulong Version { get; init; }

    /// <summary>The values of a field; those of a list one by one.</summary>
    public IEnumerable<JsonElement> Values(string key) => !Payload.TryGetValue(key, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
}

/// <summary>A sparse vector, in the order of its indices.</summary>
internal sealed record SparseValues(uint[] Indices, float[] Values)
{
    public bool TryGet(uint index, out float value)
    {
        var at = Array.BinarySearch(Indices, index);
        value = at >= 0 ? Values[at] : 0;
        return at >= 0;
    }

    public static SparseValues Read(JsonElement element)
    {
        var fields = Strict.Fields(element, "indices", "values");
        uint[] indices = [.. fields.Need("indices").EnumerateArray().Select(index => index.GetUInt32())];
        float[] values = [.. fields.Need("values").EnumerateArray().Select(value => value.GetSingle())];
        if (indices.Length != values.Length || indices.Distinct().Count() != indices.Length)
        {
            throw RefusedException.Wrong("Validation error in JSON body: indices must be unique and as many as values");
        }

        Array.Sort(indices, values);
        return new SparseValues(indices, values);
    }
}
