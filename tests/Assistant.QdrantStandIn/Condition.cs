using System.Text.Json;

namespace Assistant.QdrantStandIn;

/// <summary>Filters: all of must, one of should, none of must_not.</summary>
internal sealed class Condition
{
    private readonly Func<StoredPoint, bool> matches;

    private Condition(Func<StoredPoint, bool> matches) => this.matches = matches;

    public static Condition All { get; } = new(_ => true);

    public bool Matches(StoredPoint point) => matches(point);

    /// <summary>Reads a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="refuseField">Refuses a field that may not be filtered by.</param>
    public static Condition ReadFilter(JsonElement filter, Action<string> refuseField)
    {
        var fields = Strict.Fields(filter, "must", "should", "must_not");
        Condition[] must = [.. fields.Several("must").Select(one => ReadCondition(one, refuseField))];
        Condition[] should = [.. fields.Several("should").Select(one => ReadCondition(one, refuseField))];
        Condition[] mustNot = [.. fields.Several("must_not").Select(one => ReadCondition(one, refuseField))];
        return new(point => must.All(one => one.Matches(point))
            && (should.Length == 0 || should.Any(one => one.Matches(point)))
            && !mustNot.Any(one => one.Matches(point)));
    }

    private static Condition ReadCondition(JsonElement condition, Action<string> refuseField)
    {
        if (condition.TryGetProperty("has_id", out _))
        {
            HashSet<PointId> ids = [.. Strict.Fields(condition, "has_id").Need("has_id").EnumerateArray().Select(PointId.Read)];
            return new(point => ids.Contains(point.Id));
        }

        if (!condition.TryGetProperty("key", out _))
        {
            return ReadFilter(condition, refuseField);
        }

        var fields = Strict.Fields(condition, "key", "match", "range");
        var key = fields.Need("key").GetString()!;
        refuseField(key);
        if (fields.TryGetValue("range", out var range))
        {
            var limits = Strict.Fields(range, "gt", "gte", "lt", "lte");
            double Limit(string name, double otherwise) => limits.TryGetValue(name, out var value) ? value.GetDouble() : otherwise;
            var (above, least, below, most) = (
                Limit("gt", double.NegativeInfinity), Limit("gte", double.NegativeInfinity), Limit("lt", double.PositiveInfinity), Limit("lte", double.PositiveInfinity));
            return new(point => point.Values(key).Any(value => value.ValueKind == JsonValueKind.Number
                && value.GetDouble() is var number && number > above && number >= least && number < below && number <= most));
        }

        var match = Strict.Fields(fields.Need("match"), "value", "any");
        HashSet<string> wanted = match.TryGetValue("any", out var any)
            ? [.. any.EnumerateArray().Select(Text)]
            : [Text(match.Need("value"))];
        return new(point => point.Values(key).Any(value => wanted.Contains(Text(value))));
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "s" + value.GetString(),
        JsonValueKind.Number => "n" + value.GetRawText(),
        JsonValueKind.True => "b1",
        JsonValueKind.False => "b0",
        _ => "?",
    };
}
