using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assistant.Core.Answering;

/// <summary>
/// The inner loops of <see cref="AnswerNetwork"/>, compiled in full at their first call. TensorPrimitives has the same, but its code
/// runs unoptimised for the first hundred questions of a process, which took 17 to 20 ms each on the article where these took 4 to 6.
/// </summary>
internal static class Kernels
{
    /// <summary>The sum of the products of the values of two vectors of one length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        ref var left = ref MemoryMarshal.GetReference(one);
        ref var right = ref MemoryMarshal.GetReference(other[..one.Length]);
        var (sum, rest) = (Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i + (2 * Vector<float>.Count) <= one.Length; i += 2 * Vector<float>.Count)
        {
            sum += Vector.LoadUnsafe(ref left, (nuint)i) * Vector.LoadUnsafe(ref right, (nuint)i);
            rest += Vector.LoadUnsafe(ref left, (nuint)(i + Vector<float>.Count)) * Vector.LoadUnsafe(ref right, (nuint)(i + Vector<float>.Count));
        }

        var total = Vector.Sum(sum + rest);
        for (; i < one.Length; i++)
        {
            total += one[i] * other[i];
        }

        return total;
    }

    /// <summary>Adds <paramref name="factor"/> × <paramref name="values"/> to <paramref name="sum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(ReadOnlySpan<float> values, float factor, Span<float> sum)
    {
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var to = ref MemoryMarshal.GetReference(sum[..values.Length]);
        var i = 0;
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            (Vector.LoadUnsafe(ref to, (nuint)i) + (Vector.LoadUnsafe(ref from, (nuint)i) * factor)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            sum[i] += factor * values[i];
        }
    }

    /// <summary>A linear layer: for every output the bias and the product of its row of weights with the input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Linear(float[] weights, float[] bias, ReadOnlySpan<float> input, Span<float> output)
    {
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = bias[i] + Dot(weights.AsSpan(i * input.Length, input.Length), input);
        }
    }

    /// <summary>Negative values become 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rectify(Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Math.Max(0, values[i]);
        }
    }

    /// <summary>Every value becomes its hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tanh(Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = MathF.Tanh(values[i]);
        }
    }

    /// <summary>Values become shares that add up to 1: their exponentials by the sum of those.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SoftMax(Span<float> values)
    {
        var largest = float.NegativeInfinity;
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        var sum = 0f;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = MathF.Exp(values[i] - largest);
            sum += values[i];
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] /= sum;
        }
    }

    /// <summary>Adds to one half of a pool and raises the other half to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pool(ReadOnlySpan<float> values, Span<float> sum, Span<float> most)
    {
        for (var i = 0; i < values.Length; i++)
        {
            sum[i] += values[i];
            most[i] = Math.Max(most[i], values[i]);
        }
    }
}
