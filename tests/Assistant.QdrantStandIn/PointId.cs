using System.Globalization;
using System.Text.Json;

namespace Assistant.QdrantStandIn;

/// <summary>A number or a UUID; numbers come first.</summary>
internal readonly record struct PointId(ulong? Number, Guid Uuid) : IComparable<PointId>
{
    public static PointId Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetUInt64(out var number) => new(number, default),
        JsonValueKind.String when Guid.TryParse(element.GetString(), out var uuid) => new(null, uuid),
        _ => throw RefusedException.Wrong($"Format error in JSON body: value {element} is not a valid point ID, valid values are either an unsigned integer or a UUID"),
    };

    public int CompareTo(PointId other) => (Number, other.Number) switch
    {
        ({ } mine, { } theirs) => mine.CompareTo(theirs),
        (not null, null) => -1,
        (null, not null) => 1,
        _ => Uuid.CompareTo(other.Uuid),
    };

    public void Write(Utf8JsonWriter writer)
    {
        if (Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(Uuid);
        }
    }

    public override string ToString() => Number?.ToString(CultureInfo.InvariantCulture) ?? Uuid.ToString();
}
