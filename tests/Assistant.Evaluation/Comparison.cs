using System.Globalization;
using System.Text.Json.Nodes;

namespace Assistant.Evaluation;

/// <summary>Two runs side by side, by their lines per question.</summary>
internal sealed record Comparison(string Set, string Metric, IReadOnlyList<double> Before, IReadOnlyList<double> After)
{
    private static readonly string[] Head =
        ["set", "measure", "questions", "before", "after", "difference", "95 % interval", "higher", "lower", "sign p", "permutation p"];

    private IReadOnlyList<double> Differences { get; } = [.. After.Zip(Before, (after, before) => after - before)];

    /// <summary>Every measure of every set that both runs have, over the questions that both have; in the order of the first run.</summary>
    public static IReadOnlyList<Comparison> Of(string before, string after)
    {
        var later = Values(after).ToDictionary(value => (value.Set, value.Metric, value.Id), value => value.Value);
        return
        [
            .. Values(before)
                .Where(value => later.ContainsKey((value.Set, value.Metric, value.Id)))
                .GroupBy(value => (value.Set, value.Metric))
                .Select(group => new Comparison(
                    group.Key.Set,
                    group.Key.Metric,
                    [.. group.Select(value => value.Value)],
                    [.. group.Select(value => later[(value.Set, value.Metric, value.Id)])])),
        ];
    }

    public static string Describe(IReadOnlyList<Comparison> comparisons)
    {
        string[][] table = [Head, .. comparisons.Select(comparison => comparison.Row())];
        var widths = Enumerable.Range(0, Head.Length).Select(column => table.Max(row => row[column].Length)).ToArray();
        return string.Concat(table.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + "\n"));
    }

    private string[] Row()
    {
        var (low, high) = PairedTest.Interval(Differences);
        return
        [
            Set,
            Metric,
            Differences.Count.ToString(CultureInfo.InvariantCulture),
            Number(Before.Average()),
            Number(After.Average()),
            Signed(Differences.Average()),
            $"{Signed(low)} to {Signed(high)}",
            Differences.Count(difference => difference > 0).ToString(CultureInfo.InvariantCulture),
            Differences.Count(difference => difference < 0).ToString(CultureInfo.InvariantCulture),
            Number(PairedTest.Sign(Differences)),
            Number(PairedTest.Permutation(Differences)),
        ];
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Set, string Id, string Metric, double Value)> Values(string path) =>
        from line in File.ReadLines(path)
        where line.Length > 0
        let question = JsonNode.Parse(line)!
        where question["metrics"] is not null
        from metric in question["metrics"]!.AsObject()
        select ((string)question["set"]!, (string)question["id"]!, metric.Key, (double)metric.Value!);
}
