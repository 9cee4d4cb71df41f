using Assistant.Core.Answering;
using Assistant.Evaluation;

namespace Assistant.Hosting.Tests.Evaluation;

public sealed class SignalNetworkFitTests
{
    /// <summary>Neither signal tells anything by itself, and both are of another size than a unit takes best.</summary>
    [Fact]
    public void What_only_signals_together_tell_is_learned()
    {
        SignalExample[] examples =
        [
            .. from left in new[] { 10.0, 30 }
               from right in new[] { -0.01, 0.03 }
               select new SignalExample([[left, right]], [left > 20 != right > 0], 1),
        ];

        var network = new SignalNetwork(Fit(examples));

        Assert.All(examples, example => Assert.Equal(example.IsTrue[0], SignalNetwork.Chance(network.Odds(example.Signals[0])) > 0.5));
    }

    [Fact]
    public void Of_what_contradicts_itself_the_more_important_is_learned()
    {
        SignalExample[] examples = [new([[1]], [true], 3), new([[1]], [false], 1), new([[0]], [false], 1)];

        var network = new SignalNetwork(Fit(examples));

        Assert.Equal(0.75, SignalNetwork.Chance(network.Odds([1])), 0.05);
    }

    [Fact]
    public void The_file_has_a_row_for_every_signal_and_the_numbers_of_the_columns()
    {
        var columns = Fit([new([[1, 0]], [true], 1), new([[0, 1]], [false], 1)]);

        var rows = SignalNetworkFit.Lines(["one", "other"], columns).TrimEnd('\n').Split('\n').Select(line => line.Split(' ')).ToList();

        Assert.Equal(["one", "other", "always", "counts"], rows.Select(row => row[0]));
        Assert.All(rows.Index(), row => Assert.Equal(
            columns.Select(column => column[row.Index]),
            row.Item[1..].Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)),
            (expected, actual) => Math.Abs(expected - actual) <= 0.5e-4));
    }

    private static IReadOnlyList<double[]> Fit(IReadOnlyList<SignalExample> examples) =>
        SignalNetworkFit.Columns(examples, new SignalNetworkPlan(Units: 48, Steps: 600, Batches: 1), (odds, isTrue) => [SignalNetwork.Chance(odds[0]) - (isTrue[0] ? 1 : 0)]);
}
