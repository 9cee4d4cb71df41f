using System.Numerics.Tensors;

namespace Assistant.Core.Answering;

/// <summary>
/// A small network over numbers that a person can check: a linear model and beside it, in one layer, units (tanh) that look at all of them
/// together, for what one is worth depends on the others. In its file a row has what a signal weighs for the linear model first, then for
/// every unit; below the signals stands what is added, and what each of them counts in the end. Thread-safe.
/// </summary>
internal sealed class SignalNetwork
{
    /// <summary>Chances nearer to 0 or 1 count as this near.</summary>
    private const double Surest = 1e-3;

    private readonly Unit[] units;

    /// <summary>A network with these weights.</summary>
    /// <param name="columns">A column for the linear model, then one for each unit; values in the order of <see cref="Rows"/>.</param>
    public SignalNetwork(IReadOnlyList<double[]> columns)
    {
        units = [.. columns.Select(column => new Unit(column[..^2], column[^2], column[^1]))];
    }

    /// <summary>Names of the rows of a network's file.</summary>
    public static IReadOnlyList<string> Rows(IReadOnlyList<string> signals) => [.. signals, "always", "counts"];

    /// <summary>Reads a network that ships with the product.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="signals">What it looks at.</param>
    /// <exception cref="InvalidDataException">The file is missing, or its signals are not these.</exception>
    public static SignalNetwork Load(string file, IReadOnlyList<string> signals) => new(WeightsFile.Load(file, Rows(signals)));

    /// <summary>The chance that belongs to the logarithm of odds, 0 to 1.</summary>
    public static double Chance(double odds) => 1 / (1 + Math.Exp(-odds));

    /// <summary>The logarithm of the odds of a chance, which may be a little above 1.</summary>
    public static double OddsOf(double chance)
    {
        var bounded = Math.Clamp(chance, Surest, 1 - Surest);
        return Math.Log(bounded / (1 - bounded));
    }

    /// <summary>The logarithm of the odds that these signals speak for.</summary>
    public double Odds(double[] signals)
    {
        var odds = units[0].Counts * units[0].Sum(signals);
        foreach (var unit in units.AsSpan(1))
        {
            odds += unit.Counts * Math.Tanh(unit.Sum(signals));
        }

        return odds;
    }

    private sealed record Unit(double[] Weights, double Always, double Counts)
    {
        public double Sum(double[] signals) => TensorPrimitives.Dot<double>(Weights, signals) + Always;
    }
}
