using System.Numerics.Tensors;

namespace Assistant.Core.Answering;

/// <summary>The weights of <see cref="SentenceFeatures"/>.</summary>
internal sealed class SentenceWeights(double[] weights)
{
    private static readonly Lazy<SentenceWeights> Instance = new(() => new(WeightsFile.Load("sentence-weights.txt", SentenceFeatures.Names)[0]));

    /// <summary>The weights that ship with the product.</summary>
    public static SentenceWeights Shared => Instance.Value;

    public double Score(double[] features) => TensorPrimitives.Dot<double>(weights, features);
}
