using System.Numerics.Tensors;

namespace Assistant.Core.Answering;

/// <summary>What <see cref="SentenceFeatures"/> weigh together for a question in the words of the documents.</summary>
internal static class SentenceWeights
{
    private static readonly Lazy<double[]> Weights = new(() => WeightsFile.Load("sentence-weights.txt", SentenceFeatures.Names)[0]);

    /// <summary>How well a sentence answers, about 0 to 1: only the order tells.</summary>
    public static double Weighed(double[] features) => TensorPrimitives.Dot<double>(Weights.Value, features);
}
