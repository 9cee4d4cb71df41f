using System.Numerics.Tensors;

namespace Assistant.Evaluation;

/// <summary>AdamW (Loshchilov and Hutter, 2019): moves parameters down a gradient, each as far as its own gradients have been alike.</summary>
/// <param name="size">How many parameters.</param>
/// <param name="decay">Share of a parameter that is taken away in a step, beside the rate.</param>
internal sealed class AdamW(int size, float decay)
{
    private const float FirstDecay = 0.9f;
    private const float SecondDecay = 0.999f;

    private readonly float[] first = new float[size];
    private readonly float[] second = new float[size];
    private int steps;

    /// <summary>Moves the parameters one step.</summary>
    public void Move(Span<float> values, ReadOnlySpan<float> gradient, float rate)
    {
        steps++;
        var (firstScale, secondScale) = (1 / (1 - MathF.Pow(FirstDecay, steps)), 1 / (1 - MathF.Pow(SecondDecay, steps)));
        for (var i = 0; i < values.Length; i++)
        {
            first[i] = (FirstDecay * first[i]) + ((1 - FirstDecay) * gradient[i]);
            second[i] = (SecondDecay * second[i]) + ((1 - SecondDecay) * gradient[i] * gradient[i]);
            values[i] -= rate * ((decay * values[i]) + (first[i] * firstScale / (MathF.Sqrt(second[i] * secondScale) + 1e-8f)));
        }
    }

    /// <summary>Adds gradients of parts up in their order, for sums of floating-point numbers depend on it, into the first of them.</summary>
    public static float[] Sum(float[][] gradients)
    {
        foreach (var other in gradients.AsSpan(1))
        {
            TensorPrimitives.Add(gradients[0], other, gradients[0]);
        }

        return gradients[0];
    }
}
