using System.Globalization;
using System.Numerics.Tensors;
using Assistant.Core.Answering;

namespace Assistant.Evaluation;

/// <summary>
/// Fits a <see cref="SignalNetwork"/>: gradient descent with units left out at random, so that none relies on another.
/// Deterministic, whatever the number of processors.
/// </summary>
internal sealed class SignalNetworkFit
{
    private const float Rate = 0.01f;
    private const float Decay = 0.05f;

    /// <summary>Share of the units that are left out for an example in a step.</summary>
    private const double LeftOut = 0.2;

    /// <summary>Parts of a step's examples whose gradients are found side by side.</summary>
    private const int Parts = 16;

    private readonly IReadOnlyList<SignalExample> examples;
    private readonly Func<double[], bool[], double[]> pulls;
    private readonly SignalNetworkPlan plan;
    private readonly float meanImportance;
    private readonly int size;
    private readonly double[] means;
    private readonly double[] spreads;
    private readonly float[][][] inputs;

    /// <summary>For every signal what it adds to each unit, then what is added to each unit, what each counts, and the linear model with what it adds.</summary>
    private readonly float[] values;

    private SignalNetworkFit(IReadOnlyList<SignalExample> examples, SignalNetworkPlan plan, Func<double[], bool[], double[]> pulls)
    {
        (this.examples, this.plan, this.pulls) = (examples, plan, pulls);
        meanImportance = (float)examples.Average(example => example.Importance);
        var signals = examples.SelectMany(example => example.Signals).ToList();
        size = signals[0].Length;
        // Signals of the same spread, so that all are held back alike.
        means = [.. Enumerable.Range(0, size).Select(i => signals.Average(values => values[i]))];
        spreads = [.. means.Select((mean, i) => Math.Sqrt(signals.Average(values => Math.Pow(values[i] - mean, 2))) is var spread && spread > 0 ? spread : 1)];
        inputs = [.. examples.Select(example => example.Signals.Select(values => values.Select((value, i) => (float)((value - means[i]) / spreads[i])).ToArray()).ToArray())];
        var random = new Random(1);
        var (ofSignals, ofUnits) = (1 / MathF.Sqrt(size), 1 / MathF.Sqrt(Units));
        values = [.. Enumerable.Range(0, Linear + size + 1).Select(i => ((random.NextSingle() * 2) - 1) * (i >= Counts && i < Linear ? ofUnits : ofSignals))];
    }

    private int Units => plan.Units;

    private int Always => size * Units;

    private int Counts => Always + Units;

    private int Linear => Counts + Units;

    /// <summary>The columns of a network's file.</summary>
    /// <param name="examples">What to learn from.</param>
    /// <param name="plan">How the network is fitted.</param>
    /// <param name="pulls">How the cost of an example changes with each of its logits, given what is true.</param>
    public static IReadOnlyList<double[]> Columns(IReadOnlyList<SignalExample> examples, SignalNetworkPlan plan, Func<double[], bool[], double[]> pulls)
    {
        var fit = new SignalNetworkFit(examples, plan, pulls);
        fit.Descend();
        return fit.ToColumns();
    }

    /// <summary>How the cost of an example changes with each of its logits where each is to be told by itself.</summary>
    public static double[] EachByItself(double[] logits, bool[] isTrue) => [.. logits.Select((logit, i) => SignalNetwork.Chance(logit) - (isTrue[i] ? 1 : 0))];

    /// <summary>Describes a network as its file.</summary>
    /// <param name="tells">What it tells.</param>
    /// <param name="command">The command that fits it.</param>
    /// <param name="paths">What it was fitted on.</param>
    /// <param name="signals">What it looks at.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="unseen">Lines about how it does on what it was not fitted on.</param>
    public static string Describe(
        string tells, string command, IReadOnlyList<string> paths, IReadOnlyList<string> signals, IReadOnlyList<double[]> columns, string unseen = "") =>
        $"# {tells}: a small network, fitted by the evaluation program's command `train {command}` on\n"
        + $"# {DataSet.Names(paths)}.\n"
        + "# First what a signal weighs by itself, then what it adds to each of the units that look at all signals together.\n"
        + unseen
        + Lines(signals, columns);

    /// <summary>The rows of a network's file.</summary>
    public static string Lines(IReadOnlyList<string> signals, IReadOnlyList<double[]> columns) => string.Concat(SignalNetwork.Rows(signals).Select((name, row) =>
        $"{name} {string.Join(' ', columns.Select(column => column[row].ToString("0.####", CultureInfo.InvariantCulture)))}\n"));

    private void Descend()
    {
        var optimizer = new AdamW(values.Length, Decay);
        var gradients = Enumerable.Range(0, Parts).Select(_ => new float[values.Length]).ToArray();
        for (var step = 0; step < plan.Steps; step++)
        {
            var batch = Enumerable.Range(0, examples.Count).Where(i => i % plan.Batches == step % plan.Batches).ToArray();
            Parallel.For(0, Parts, part =>
            {
                Array.Clear(gradients[part]);
                for (var i = part; i < batch.Length; i += Parts)
                {
                    AddGradient(batch[i], step, 1f / batch.Length, gradients[part]);
                }
            });
            optimizer.Move(values, AdamW.Sum(gradients), Rate * (1 - ((float)step / plan.Steps)));
        }
    }

    /// <summary>How the cost of an example changes with every parameter: back-propagation.</summary>
    private void AddGradient(int example, int step, float share, float[] gradient)
    {
        var importance = share * (float)examples[example].Importance / meanImportance;
        var noise = new Noise((ulong)((step * (long)examples.Count) + example + 1), LeftOut, 0);
        var looked = inputs[example].Select(input => Look(input, noise.Mask(Units))).ToArray();
        var pulled = pulls([.. looked.Select(one => (double)one.Odds)], examples[example].IsTrue);
        for (var i = 0; i < looked.Length; i++)
        {
            Back(inputs[example][i], looked[i], importance * (float)pulled[i], gradient);
        }
    }

    private Looked Look(float[] input, float[] mask)
    {
        var units = values.AsSpan(Always, Units).ToArray();
        for (var i = 0; i < size; i++)
        {
            TensorPrimitives.MultiplyAdd(values.AsSpan(i * Units, Units), input[i], units, units);
        }

        TensorPrimitives.Tanh(units, units);
        var kept = new float[Units];
        TensorPrimitives.Multiply(units, mask, kept);
        var odds = TensorPrimitives.Dot<float>(kept, values.AsSpan(Counts, Units)) + TensorPrimitives.Dot<float>(input, values.AsSpan(Linear, size)) + values[^1];
        return new Looked(units, kept, mask, odds);
    }

    private void Back(float[] input, Looked looked, float pull, Span<float> gradient)
    {
        var ofCounts = gradient.Slice(Counts, Units);
        var ofLinear = gradient.Slice(Linear, size);
        var ofAlways = gradient.Slice(Always, Units);
        TensorPrimitives.MultiplyAdd(looked.Kept, pull, ofCounts, ofCounts);
        TensorPrimitives.MultiplyAdd(input, pull, ofLinear, ofLinear);
        gradient[^1] += pull;
        Span<float> change = stackalloc float[Units];
        for (var unit = 0; unit < Units; unit++)
        {
            change[unit] = pull * values[Counts + unit] * looked.Mask[unit] * (1 - (looked.Units[unit] * looked.Units[unit]));
        }

        TensorPrimitives.Add(change, ofAlways, ofAlways);
        for (var i = 0; i < size; i++)
        {
            var ofSignal = gradient.Slice(i * Units, Units);
            TensorPrimitives.MultiplyAdd(change, input[i], ofSignal, ofSignal);
        }
    }

    /// <summary>The parameters for signals as they are.</summary>
    private IReadOnlyList<double[]> ToColumns()
    {
        return
        [
            Column(i => values[Linear + i], values[^1], 1),
            .. Enumerable.Range(0, Units).Select(unit => Column(i => values[(i * Units) + unit], values[Always + unit], values[Counts + unit])),
        ];

        double[] Column(Func<int, double> weight, double always, double counts)
        {
            double[] weights = [.. spreads.Select((spread, i) => weight(i) / spread)];
            return [.. weights, always - TensorPrimitives.Dot<double>(weights, means), counts];
        }
    }

    private sealed record Looked(float[] Units, float[] Kept, float[] Mask, float Odds);
}

/// <summary>How a network is fitted.</summary>
/// <param name="Units">Units that look at all signals.</param>
/// <param name="Steps">Steps down the gradient.</param>
/// <param name="Batches">Steps in which every example is seen once.</param>
internal sealed record SignalNetworkPlan(int Units, int Steps, int Batches);

/// <summary>What belongs together, with its signals.</summary>
/// <param name="Signals">The signals of each.</param>
/// <param name="IsTrue">What is to be told of each.</param>
/// <param name="Importance">What the example counts beside the others.</param>
internal sealed record SignalExample(double[][] Signals, bool[] IsTrue, double Importance);
