using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace Assistant.Core.Embeddings;

/// <summary>
/// The table of English word vectors that ships with the product (<c>Lexicon/words.bin</c>; sources and licences in
/// <c>Lexicon/NOTICE.md</c>). Little-endian: <c>ALX1</c>, uint32 count, uint32 dimensions, float32[dimensions] principal component,
/// float32 idf of unknown words; then per word, in ordinal order of its UTF-8 bytes: uint8 length, bytes, float32 idf, float32 scale, int8[dimensions].
/// </summary>
internal sealed class Lexicon : IWordTable
{
    private static readonly Lazy<Lexicon> Instance = new(Load);

    /// <summary>Words whose meaning is kept at hand, 768 bytes each: more than the vocabulary of most corpora.</summary>
    private const int MostMeanings = 16_384;

    private readonly ConcurrentDictionary<string, float[]?> meanings = new(StringComparer.Ordinal);
    private readonly byte[] table;
    private readonly int[] rows;

    private Lexicon(byte[] table)
    {
        this.table = table;
        if (!table.AsSpan().StartsWith("ALX1"u8))
        {
            throw new InvalidDataException("The built-in word table is not in the format ALX1.");
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(table.AsSpan(4));
        Dimensions = BinaryPrimitives.ReadInt32LittleEndian(table.AsSpan(8));
        PrincipalComponent = MemoryMarshal.Cast<byte, float>(table.AsSpan(12, Dimensions * sizeof(float))).ToArray();
        var position = 12 + Dimensions * sizeof(float);
        UnknownIdf = BinaryPrimitives.ReadSingleLittleEndian(table.AsSpan(position));
        position += sizeof(float);
        rows = new int[count];
        for (var i = 0; i < count; i++)
        {
            rows[i] = position;
            position += 1 + table[position] + 2 * sizeof(float) + Dimensions;
        }
    }

    /// <summary>The table, read once when first asked for.</summary>
    public static Lexicon Shared => Instance.Value;

    /// <summary>Length of a vector.</summary>
    public int Dimensions { get; }

    /// <summary>The direction that all texts share, of length 1.</summary>
    public ReadOnlyMemory<float> PrincipalComponent { get; }

    /// <summary>Inverse document frequency of a word that is not in the table.</summary>
    public float UnknownIdf { get; }

    /// <summary>Words in the table.</summary>
    public int Count => rows.Length;

    /// <summary>Inverse document frequency of a stem in general English; <see cref="UnknownIdf"/> when it is not in the table.</summary>
    public float Idf(string term) => IdfAt(IndexOf(term));

    /// <summary>The same of the word at an index; <see cref="UnknownIdf"/> for a negative one.</summary>
    public float IdfAt(int index) =>
        index < 0 ? UnknownIdf : BinaryPrimitives.ReadSingleLittleEndian(table.AsSpan(rows[index] + 1 + table[rows[index]]));

    /// <summary>
    /// The meaning of one word: its vector without its share of the principal component, of length 1; null when the stem is not
    /// in the table. The array is shared and must not be written to.
    /// </summary>
    public float[]? VectorOf(string term)
    {
        if (meanings.TryGetValue(term, out var known))
        {
            return known;
        }

        var meaning = ComputeMeaning(term);
        if (meanings.Count < MostMeanings)
        {
            meanings[term] = meaning;
        }

        return meaning;
    }

    /// <inheritdoc/>
    public void Accumulate(string term, double weight, Span<double> sum)
    {
        var index = IndexOf(term);
        if (index < 0)
        {
            AccumulateUnknown(term, weight * UnknownIdf, sum);
            return;
        }

        RowAt(index).AddTo(sum, weight * IdfAt(index));
    }

    /// <summary>
    /// Adds <paramref name="weight"/> × the vector of a word that is not in the table: one of length 1, made of its character n-grams,
    /// so that spellings that resemble each other are near.
    /// </summary>
    public static void AccumulateUnknown(string term, double weight, Span<double> sum)
    {
        Span<double> hashed = stackalloc double[sum.Length];
        hashed.Clear();
        Rune[] runes = [new('<'), .. term.EnumerateRunes(), new('>')];
        AddGram(runes, hashed);
        AddGram(runes, hashed);
        for (var length = 3; length <= 4; length++)
        {
            for (var i = 0; i + length <= runes.Length; i++)
            {
                AddGram(runes.AsSpan(i, length), hashed);
            }
        }

        var norm = TensorPrimitives.Norm<double>(hashed);
        if (norm > 0)
        {
            for (var i = 0; i < hashed.Length; i++)
            {
                sum[i] += weight * hashed[i] / norm;
            }
        }
    }

    private static void AddGram(ReadOnlySpan<Rune> gram, Span<double> hashed)
    {
        Span<byte> utf8 = gram.Length <= 64 ? stackalloc byte[gram.Length * 4] : new byte[gram.Length * 4];
        var length = 0;
        foreach (var rune in gram)
        {
            length += rune.EncodeToUtf8(utf8[length..]);
        }

        // A linear congruential step per component, as the table was built (modulus 2^31).
        long hash = Crc32.HashToUInt32(utf8[..length]);
        for (var i = 0; i < 4; i++)
        {
            hash = (hash * 1103515245 + 12345) & 0x7FFFFFFF;
            hashed[(int)((hash >> 8) % hashed.Length)] += (hash & 64) != 0 ? 1 : -1;
        }
    }

    /// <summary>Where the term is among the words of the table; negative when it is not.</summary>
    public int IndexOf(string term)
    {
        Span<byte> key = stackalloc byte[256];
        if (!Encoding.UTF8.TryGetBytes(term, key, out var length))
        {
            return -1;
        }

        key = key[..length];
        int low = 0, high = rows.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var row = rows[middle];
            var order = key.SequenceCompareTo(table.AsSpan(row + 1, table[row]));
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                high = middle - 1;
            }
            else
            {
                low = middle + 1;
            }
        }

        return -1;
    }

    private float[]? ComputeMeaning(string term)
    {
        var index = IndexOf(term);
        if (index < 0)
        {
            return null;
        }

        var vector = RowAt(index).ToDirection();
        var common = PrincipalComponent.Span;
        TensorPrimitives.MultiplyAdd(common, -TensorPrimitives.Dot(vector, common), vector, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    private QuantisedRow RowAt(int index) =>
        new(table.AsSpan(rows[index] + 1 + table[rows[index]] + sizeof(float), QuantisedRow.Size(Dimensions)));

    private static Lexicon Load() => new(EmbeddedFile.Read("Lexicon.words.bin"));
}
