using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Assistant.Core.Embeddings;

/// <summary>A vector as the word tables hold it: float32 scale, then int8 per dimension; a value is scale × int8.</summary>
internal readonly ref struct QuantisedRow(ReadOnlySpan<byte> row)
{
    private readonly float scale = BinaryPrimitives.ReadSingleLittleEndian(row);
    private readonly ReadOnlySpan<sbyte> values = MemoryMarshal.Cast<byte, sbyte>(row[sizeof(float)..]);

    /// <summary>Bytes of a row.</summary>
    public static int Size(int dimensions) => sizeof(float) + dimensions;

    /// <summary>Adds <paramref name="weight"/> × the vector to <paramref name="sum"/>.</summary>
    public void AddTo(Span<double> sum, double weight)
    {
        var factor = weight * scale;
        for (var i = 0; i < values.Length; i++)
        {
            sum[i] += factor * values[i];
        }
    }

    /// <summary>The vector.</summary>
    public void CopyTo(Span<float> vector)
    {
        for (var i = 0; i < values.Length; i++)
        {
            vector[i] = scale * values[i];
        }
    }

    /// <summary>The vector without its scale: its direction is what counts.</summary>
    public float[] ToDirection()
    {
        var vector = new float[values.Length];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = values[i];
        }

        return vector;
    }
}
