using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assistant.Core.Embeddings;

/// <summary>
/// The inner loops of the networks, compiled in full at their first call. TensorPrimitives has the same, but its code
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

    /// <summary>
    /// Adds the products of several vectors and a matrix to as many sums: vectors and sums stand one after the other, the matrix as in
    /// <see cref="AddProduct"/>. Four vectors at a time run through the matrix, so that every cell is fetched once for them.
    /// </summary>
    public static void AddProducts(ReadOnlySpan<float> vectors, ReadOnlySpan<float> matrix, Span<float> sums, int count)
    {
        if (count == 0)
        {
            return;
        }

        var (deep, wide) = (vectors.Length / count, sums.Length / count);
        // What Vector<T> leaves unused where a processor has more: half of what it can do.
        var row = Vector512.IsHardwareAccelerated && wide % (2 * Vector512<float>.Count) == 0
            ? AddInFours<Lanes512, Vector512<float>>(vectors, matrix, sums, count)
            : wide % (2 * Vector<float>.Count) == 0 ? AddInFours<Lanes, Vector<float>>(vectors, matrix, sums, count) : 0;
        for (; row < count; row++)
        {
            AddProduct(vectors.Slice(row * deep, deep), matrix, sums.Slice(row * wide, wide));
        }
    }

    /// <summary>Does so for as many vectors as there are whole fours.</summary>
    /// <returns>How many those are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int AddInFours<TLanes, T>(ReadOnlySpan<float> vectors, ReadOnlySpan<float> matrix, Span<float> sums, int count)
        where TLanes : ILanes<T>
    {
        var (deep, wide, step) = (vectors.Length / count, sums.Length / count, TLanes.Count);
        ref var cells = ref MemoryMarshal.GetReference(matrix[..(deep * wide)]);
        ref var values = ref MemoryMarshal.GetReference(vectors);
        ref var to = ref MemoryMarshal.GetReference(sums);
        var row = 0;
        for (; row + 4 <= count; row += 4)
        {
            ref var first = ref Unsafe.Add(ref values, row * deep);
            for (var column = 0; column < wide; column += 2 * step)
            {
                ref var sum = ref Unsafe.Add(ref to, (row * wide) + column);
                var (a, b) = (TLanes.Load(ref sum, 0), TLanes.Load(ref sum, step));
                var (c, d) = (TLanes.Load(ref sum, wide), TLanes.Load(ref sum, wide + step));
                var (e, f) = (TLanes.Load(ref sum, 2 * wide), TLanes.Load(ref sum, (2 * wide) + step));
                var (g, h) = (TLanes.Load(ref sum, 3 * wide), TLanes.Load(ref sum, (3 * wide) + step));
                for (int i = 0, at = column; i < deep; i++, at += wide)
                {
                    var (left, right) = (TLanes.Load(ref cells, at), TLanes.Load(ref cells, at + step));
                    var factor = TLanes.Fill(Unsafe.Add(ref first, i));
                    (a, b) = (TLanes.AddProduct(left, factor, a), TLanes.AddProduct(right, factor, b));
                    factor = TLanes.Fill(Unsafe.Add(ref first, deep + i));
                    (c, d) = (TLanes.AddProduct(left, factor, c), TLanes.AddProduct(right, factor, d));
                    factor = TLanes.Fill(Unsafe.Add(ref first, (2 * deep) + i));
                    (e, f) = (TLanes.AddProduct(left, factor, e), TLanes.AddProduct(right, factor, f));
                    factor = TLanes.Fill(Unsafe.Add(ref first, (3 * deep) + i));
                    (g, h) = (TLanes.AddProduct(left, factor, g), TLanes.AddProduct(right, factor, h));
                }

                TLanes.Store(a, ref sum, 0);
                TLanes.Store(b, ref sum, step);
                TLanes.Store(c, ref sum, wide);
                TLanes.Store(d, ref sum, wide + step);
                TLanes.Store(e, ref sum, 2 * wide);
                TLanes.Store(f, ref sum, (2 * wide) + step);
                TLanes.Store(g, ref sum, 3 * wide);
                TLanes.Store(h, ref sum, (3 * wide) + step);
            }
        }

        return row;
    }

    /// <summary>How many columns a matrix of <paramref name="columns"/> has to have so that <see cref="AddProducts"/> is quick.</summary>
    public static int Padded(int columns)
    {
        var step = 2 * (Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector<float>.Count);
        return (columns + step - 1) / step * step;
    }

    /// <summary>Values brought to a mean of 0 and a variance of 1, then stretched and moved.</summary>
    /// <param name="values">As many as whole vectors hold; may be written over.</param>
    /// <param name="scale">What each is stretched by.</param>
    /// <param name="shift">What each is moved by then.</param>
    /// <param name="epsilon">Keeps the variance from being 0.</param>
    /// <param name="normalized">Where the result goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalize(ReadOnlySpan<float> values, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, float epsilon, Span<float> normalized)
    {
        ref var from = ref MemoryMarshal.GetReference(values);
        ref var to = ref MemoryMarshal.GetReference(normalized[..values.Length]);
        ref var scales = ref MemoryMarshal.GetReference(scale[..values.Length]);
        ref var shifts = ref MemoryMarshal.GetReference(shift[..values.Length]);
        var (sum, squares) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var i = 0; i < values.Length; i += Vector<float>.Count)
        {
            var value = Vector.LoadUnsafe(ref from, (nuint)i);
            sum += value;
            squares += value * value;
        }

        var mean = Vector.Sum(sum) / values.Length;
        var factor = 1 / MathF.Sqrt(Math.Max(0, (Vector.Sum(squares) / values.Length) - (mean * mean)) + epsilon);
        for (var i = 0; i < values.Length; i += Vector<float>.Count)
        {
            var value = (Vector.LoadUnsafe(ref from, (nuint)i) - new Vector<float>(mean)) * factor;
            ((value * Vector.LoadUnsafe(ref scales, (nuint)i)) + Vector.LoadUnsafe(ref shifts, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
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
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            Vector.Max(Vector.LoadUnsafe(ref first, (nuint)i), Vector<float>.Zero).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < values.Length; i++)
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
        ref var first = ref MemoryMarshal.GetReference(values);
        var most = new Vector<float>(float.NegativeInfinity);
        var i = 0;
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            most = Vector.Max(most, Vector.LoadUnsafe(ref first, (nuint)i));
        }

        var largest = most[0];
        for (var lane = 1; lane < Vector<float>.Count; lane++)
        {
            largest = Math.Max(largest, most[lane]);
        }

        for (; i < values.Length; i++)
        {
            largest = Math.Max(largest, values[i]);
        }

        var sums = Vector<float>.Zero;
        for (i = 0; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            var share = Vector.Exp(Vector.LoadUnsafe(ref first, (nuint)i) - new Vector<float>(largest));
            sums += share;
            share.StoreUnsafe(ref first, (nuint)i);
        }

        var sum = Vector.Sum(sums);
        for (; i < values.Length; i++)
        {
            values[i] = MathF.Exp(values[i] - largest);
            sum += values[i];
        }

        Scale(values, 1 / sum);
    }

    /// <summary>Every value times <paramref name="factor"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(Span<float> values, float factor)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i + Vector<float>.Count <= values.Length; i += Vector<float>.Count)
        {
            (Vector.LoadUnsafe(ref first, (nuint)i) * factor).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            values[i] *= factor;
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

    /// <summary>Values that a processor computes with at once.</summary>
    private interface ILanes<T>
    {
        static abstract int Count { get; }

        static abstract T Load(ref float from, int offset);

        static abstract void Store(T values, ref float to, int offset);

        static abstract T Fill(float value);

        static abstract T AddProduct(T one, T other, T sum);
    }

    private readonly struct Lanes : ILanes<Vector<float>>
    {
        public static int Count => Vector<float>.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<float> Load(ref float from, int offset) => Vector.LoadUnsafe(ref from, (nuint)offset);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(Vector<float> values, ref float to, int offset) => values.StoreUnsafe(ref to, (nuint)offset);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<float> Fill(float value) => new(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<float> AddProduct(Vector<float> one, Vector<float> other, Vector<float> sum) => Vector.MultiplyAddEstimate(one, other, sum);
    }

    private readonly struct Lanes512 : ILanes<Vector512<float>>
    {
        public static int Count => Vector512<float>.Count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Load(ref float from, int offset) => Vector512.LoadUnsafe(ref from, (nuint)offset);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(Vector512<float> values, ref float to, int offset) => values.StoreUnsafe(ref to, (nuint)offset);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Fill(float value) => Vector512.Create(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> AddProduct(Vector512<float> one, Vector512<float> other, Vector512<float> sum) => Vector512.MultiplyAddEstimate(one, other, sum);
    }
}
