using System.Numerics.Tensors;

namespace Assistant.Core.Answering;

/// <summary>The weights of <see cref="SentenceFeatures"/>.</summary>
internal sealed class SentenceWeights
{
    private static readonly Lazy<SentenceWeights> Instance = new(() => new());

    private readonly double[] inItsWords;
    private readonly double[] inOtherWords;

    private SentenceWeights()
    {
        var columns = WeightsFile.Load("sentence-weights.txt", Names);
        (inItsWords, inOtherWords) = (columns[0], columns[1]);
    }

    /// <summary>Names of the weights: the features', and what is added to all.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SentenceFeatures.Names, "always"];

    /// <summary>The weights that ship with the product.</summary>
    public static SentenceWeights Shared => Instance.Value;

    /// <summary>How well a sentence answers a question in the words of the documents, about 0 to 1: only the order tells.</summary>
    public double InItsWords(double[] features) => Weighed(inItsWords, features);

    /// <summary>The same for a question in other words that are not understood, as the logarithm of the odds that it answers.</summary>
    public double InOtherWords(double[] features) => Weighed(inOtherWords, features);

    private static double Weighed(double[] weights, double[] features) => TensorPrimitives.Dot<double>(weights.AsSpan(0, features.Length), features) + weights[^1];
}
