using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assistant.Core.Answering;

/// <summary>
/// The inner loops of <see cref="AnswerNetwork"/>, compiled in full at their first call. TensorPrimitives has the same, but its code
/// runs unoptimised for the first hundred questions of a process, which took 17 to 20 ms each on the article where loops like these took 4 to 6.
/// </summary>
internal static class VectorMath
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

    /// <summary>
    /// Adds the product of a vector and a matrix to <paramref name="sum"/>. A matrix as deep as the vector is long and as wide as the
    /// sum: its rows stand one after the other. Sums stay in registers while the vector runs through.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct(ReadOnlySpan<float> vector, ReadOnlySpan<float> matrix, Span<float> sum)
    {
        ref var cells = ref MemoryMarshal.GetReference(matrix[..(vector.Length * sum.Length)]);
        ref var sums = ref MemoryMarshal.GetReference(sum);
        var (wide, step) = (sum.Length, Vector<float>.Count);
        var column = 0;
        for (; column + (4 * step) <= wide; column += 4 * step)
        {
            var a = Vector.LoadUnsafe(ref sums, (nuint)column);
            var b = Vector.LoadUnsafe(ref sums, (nuint)(column + step));
            var c = Vector.LoadUnsafe(ref sums, (nuint)(column + (2 * step)));
            var d = Vector.LoadUnsafe(ref sums, (nuint)(column + (3 * step)));
            for (int i = 0, at = column; i < vector.Length; i++, at += wide)
            {
                var factor = new Vector<float>(vector[i]);
                a = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref cells, (nuint)at), factor, a);
                b = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref cells, (nuint)(at + step)), factor, b);
                c = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref cells, (nuint)(at + (2 * step))), factor, c);
                d = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref cells, (nuint)(at + (3 * step))), factor, d);
            }

            a.StoreUnsafe(ref sums, (nuint)column);
            b.StoreUnsafe(ref sums, (nuint)(column + step));
            c.StoreUnsafe(ref sums, (nuint)(column + (2 * step)));
            d.StoreUnsafe(ref sums, (nuint)(column + (3 * step)));
        }

        for (; column + step <= wide; column += step)
        {
            var a = Vector.LoadUnsafe(ref sums, (nuint)column);
            for (int i = 0, at = column; i < vector.Length; i++, at += wide)
            {
                a = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref cells, (nuint)at), new Vector<float>(vector[i]), a);
            }

            a.StoreUnsafe(ref sums, (nuint)column);
        }

        for (; column < wide; column++)
        {
            for (int i = 0, at = column; i < vector.Length; i++, at += wide)
            {
                sum[column] += vector[i] * matrix[at];
            }
        }
    }

    /// <summary>The products of the values of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<float> one, ReadOnlySpan<float> other, Span<float> products)
    {
        for (var i = 0; i < products.Length; i++)
        {
            products[i] = one[i] * other[i];
        }
    }

    /// <summary>The columns of a matrix as rows.</summary>
    /// <param name="matrix">The matrix, row after row.</param>
    /// <param name="rows">How many rows it has.</param>
    public static float[] Transpose(float[] matrix, int rows)
    {
        var columns = matrix.Length / rows;
        var transposed = new float[matrix.Length];
        for (var i = 0; i < matrix.Length; i++)
        {
            transposed[(i % columns * rows) + (i / columns)] = matrix[i];
        }

        return transposed;
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
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            var value = Vector.LoadUnsafe(ref first, (nuint)i);
            (Vector<float>.One - (new Vector<float>(2) / (Vector<float>.One + Vector.Exp(value + value)))).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < values.Length; i++)
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

        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            Vector.Exp(Vector.LoadUnsafe(ref first, (nuint)i) - new Vector<float>(largest)).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            values[i] = MathF.Exp(values[i] - largest);
        }

        var sum = 0f;
        foreach (var value in values)
        {
            sum += value;
        }

        for (i = 0; i < values.Length; i++)
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
