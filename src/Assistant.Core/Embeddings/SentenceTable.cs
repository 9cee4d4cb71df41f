using System.Buffers.Binary;

namespace Assistant.Core.Embeddings;

/// <summary>
/// What sentences mean: a second vector for every word of <see cref="Lexicon"/>, fitted so that the sums of the words of sentences
/// come near what the model all-MiniLM-L6-v2 makes of the sentences (<c>Lexicon/sentences.bin</c>; how, and from what, in
/// <c>Lexicon/NOTICE.md</c>). Little-endian: <c>ALS1</c>, uint32 count, uint32 dimensions, float32 length of the vector of an unknown
/// word; then per word, in the order of the lexicon: float32 scale, int8[dimensions].
/// </summary>
internal sealed class SentenceTable : IWordTable
{
    private const int Header = 16;

    private static readonly Lazy<SentenceTable> Instance = new(() => new(EmbeddedFile.Read("Lexicon.sentences.bin"), Lexicon.Shared));

    private readonly byte[] table;
    private readonly Lexicon lexicon;
    private readonly float unknownLength;

    private SentenceTable(byte[] table, Lexicon lexicon)
    {
        this.table = table;
        this.lexicon = lexicon;
        Dimensions = BinaryPrimitives.ReadInt32LittleEndian(table.AsSpan(8));
        unknownLength = BinaryPrimitives.ReadSingleLittleEndian(table.AsSpan(12));
        if (!table.AsSpan().StartsWith("ALS1"u8) || table.Length != Header + (lexicon.Count * QuantisedRow.Size(Dimensions)))
        {
            throw new InvalidDataException("The built-in sentence table is not in the format ALS1, or not of the words of the lexicon.");
        }
    }

    /// <summary>The table, read once when first asked for.</summary>
    public static SentenceTable Shared => Instance.Value;

    /// <inheritdoc/>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<float> PrincipalComponent => default;

    /// <inheritdoc/>
    public void Accumulate(string term, double weight, Span<double> sum)
    {
        var index = lexicon.IndexOf(term);
        if (index < 0)
        {
            Lexicon.AccumulateUnknown(term, weight * lexicon.UnknownIdf * unknownLength, sum);
            return;
        }

        RowAt(index).AddTo(sum, weight * lexicon.IdfAt(index));
    }

    private QuantisedRow RowAt(int index) => new(table.AsSpan(Header + (index * QuantisedRow.Size(Dimensions)), QuantisedRow.Size(Dimensions)));
}
