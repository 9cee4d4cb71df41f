using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Assistant.Core.Documents;
using Assistant.Core.Text;
using Microsoft.ML.Tokenizers;

namespace Assistant.Core.Embeddings;

/// <summary>
/// What an English sentence means, and its words where they stand: a transformer (Vaswani et al., 2017; its layers normalised before, not
/// after) small enough to read the sentences of a question while its asker waits. It was taught to say what larger models
/// say of the same words and sentences (<c>Lexicon/context.bin</c> and <c>context-vocabulary.txt</c>; how, and from what,
/// in <c>Lexicon/NOTICE.md</c>). Thread-safe.
/// </summary>
/// <remarks>
/// Little-endian: <c>ACE1</c>, then int32 dimensions, layers, heads, width of the inner layer, reach, count of pieces, dimensions of a sentence; per piece of
/// the vocabulary float32 scale and int8[dimensions]; then float32 matrices, a row per output, in the order in which the constructor
/// reads them.
/// </remarks>
internal sealed class ContextEncoder
{
    /// <summary>Pieces of a text that are read, beside the two that stand for its beginning and its end.</summary>
    private const int MostPieces = 126;

    /// <summary>Bytes before the vectors of the pieces.</summary>
    private const int Header = 8 * sizeof(int);

    /// <summary>What keeps the spread of a normalised layer from being zero.</summary>
    private const float Epsilon = 1e-5f;

    private static readonly Lazy<ContextEncoder> Instance = new(() =>
        new(EmbeddedFile.Read("Lexicon.context.bin"), EmbeddedFile.Read("Lexicon.context-vocabulary.txt")));

    private readonly byte[] file;
    private readonly WordPieceTokenizer tokenizer;
    private readonly int begin;
    private readonly int end;
    private readonly int heads;
    private readonly int inner;
    private readonly int reach;
    private readonly Normalization first;
    private readonly Layer[] layers;
    private readonly Normalization last;
    private readonly Linear summary;

    private ContextEncoder(byte[] file, byte[] vocabulary)
    {
        this.file = file;
        if (!file.AsSpan().StartsWith("ACE1"u8))
        {
            throw new InvalidDataException("The built-in encoder is not in the format ACE1.");
        }

        Dimensions = Number(0);
        layers = new Layer[Number(1)];
        (heads, inner, reach) = (Number(2), Number(3), Number(4));
        using var pieces = new MemoryStream(vocabulary);
        tokenizer = WordPieceTokenizer.Create(pieces, new WordPieceOptions { PreTokenizer = null, Normalizer = null });
        begin = Special("[CLS]");
        end = Special("[SEP]");
        var position = Header + (Number(5) * QuantisedRow.Size(Dimensions));
        first = ReadNormalization();
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = new Layer(
                ReadNormalization(),
                ReadLinear(3 * Dimensions, Dimensions),
                Read(heads * ((2 * reach) + 1)),
                ReadLinear(Dimensions, Dimensions),
                ReadNormalization(),
                ReadLinear(inner, Dimensions),
                ReadLinear(Dimensions, inner));
        }

        last = ReadNormalization();
        summary = ReadLinear(Number(6), 2 * Dimensions);
        if (position != file.Length)
        {
            throw new InvalidDataException("The built-in encoder's weights are not those of its size.");
        }

        int Number(int index) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(sizeof(int) * (1 + index)));

        int Special(string piece) => tokenizer.EncodeToIds(piece, considerPreTokenization: false, considerNormalization: false)[0];

        float[] Read(int length)
        {
            var values = MemoryMarshal.Cast<byte, float>(file.AsSpan(position, length * sizeof(float))).ToArray();
            position += length * sizeof(float);
            return values;
        }

        Normalization ReadNormalization() => new(Read(Dimensions), Read(Dimensions));

        Linear ReadLinear(int outputs, int inputs) => new(VectorMath.Transpose(Read(outputs * inputs), outputs), Read(outputs));
    }

    /// <summary>The encoder that ships with the product, read once when first asked for.</summary>
    public static ContextEncoder Shared => Instance.Value;

    /// <summary>Length of the vector of a word.</summary>
    public int Dimensions { get; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Where its words stand, in order; behind the last of them only the signs that follow it are read.</param>
    public TextInContext Encode(string text, ReadOnlySpan<TextSpan> words)
    {
        var vectors = new float[words.Length * Dimensions];
        var (pieces, owners) = Split(text, words);
        var states = ArrayPool<float>.Shared.Rent(pieces.Count * Dimensions);
        var read = states.AsSpan(0, pieces.Count * Dimensions);
        Read(CollectionsMarshal.AsSpan(pieces), read);
        Span<float> whole = stackalloc float[2 * Dimensions];
        whole.Clear();
        read[..Dimensions].CopyTo(whole);
        var counts = new int[words.Length];
        for (var i = 0; i < pieces.Count; i++)
        {
            var state = read.Slice(i * Dimensions, Dimensions);
            VectorMath.AddScaled(state, 1f / pieces.Count, whole[Dimensions..]);
            if (owners[i] is var word && word >= 0)
            {
                VectorMath.AddScaled(state, 1, vectors.AsSpan(word * Dimensions, Dimensions));
                counts[word]++;
            }
        }

        ArrayPool<float>.Shared.Return(states);
        for (var word = 0; word < words.Length; word++)
        {
            VectorMath.Scale(vectors.AsSpan(word * Dimensions, Dimensions), 1f / Math.Max(1, counts[word]));
        }

        var sentence = new float[summary.Bias.Length];
        summary.Apply(whole, sentence);
        VectorMath.Scale(sentence, 1 / MathF.Sqrt(VectorMath.Dot(sentence, sentence)));
        return new TextInContext(sentence, vectors);
    }

    /// <summary>The pieces of a text, and of which word each is; -1 for what is of none.</summary>
    private (List<int> Pieces, List<int> Owners) Split(string text, ReadOnlySpan<TextSpan> words)
    {
        var (pieces, owners) = (new List<int>(64) { begin }, new List<int>(64) { -1 });
        var folded = new FoldedText(text);
        var last = words.IsEmpty ? 0 : words[^1].End;
        var word = 0;
        var position = 0;
        while (position < folded.Text.Length && pieces.Count <= MostPieces)
        {
            var start = position;
            while (position < folded.Text.Length && TextAnalyzer.WordLength(folded.Text, position) is var length and > 0)
            {
                position += length;
            }

            var isSign = position == start;
            if (isSign && char.IsWhiteSpace(folded.Text[position++]))
            {
                continue;
            }

            var at = folded.Origin(start, start + 1).Start;
            if (at >= last && !isSign)
            {
                break;
            }

            while (word < words.Length && words[word].End <= at)
            {
                word++;
            }

            var owner = word < words.Length && words[word].Start <= at ? word : -1;
            foreach (var piece in tokenizer.EncodeToIds(folded.Text[start..position], considerPreTokenization: false, considerNormalization: false))
            {
                pieces.Add(piece);
                owners.Add(owner);
            }
        }

        var kept = Math.Min(pieces.Count, MostPieces + 1);
        pieces.RemoveRange(kept, pieces.Count - kept);
        owners.RemoveRange(kept, owners.Count - kept);
        pieces.Add(end);
        owners.Add(-1);
        return (pieces, owners);
    }

    /// <summary>What the last layer says of every piece.</summary>
    private void Read(ReadOnlySpan<int> pieces, Span<float> states)
    {
        for (var i = 0; i < pieces.Length; i++)
        {
            var state = states.Slice(i * Dimensions, Dimensions);
            new QuantisedRow(file.AsSpan(Header + (pieces[i] * QuantisedRow.Size(Dimensions)), QuantisedRow.Size(Dimensions))).CopyTo(state);
            first.Apply(state, state);
        }

        using var room = new Room(pieces.Length, Dimensions, Math.Max(inner, 3 * Dimensions), heads);
        foreach (var layer in layers)
        {
            layer.BeforeAttention.Apply(states, room.Normalized);
            layer.Projections.Apply(room.Normalized, room.Wide[..(pieces.Length * 3 * Dimensions)]);
            Attend(layer, room);
            layer.Attended.AddTo(room.Normalized, states);
            layer.BeforeInner.Apply(states, room.Normalized);
            var values = room.Wide[..(pieces.Length * inner)];
            layer.Inner.Apply(room.Normalized, values);
            VectorMath.Rectify(values);
            layer.Outer.AddTo(values, states);
        }

        last.Apply(states, states);
    }

    /// <summary>Every piece looks at every other: what it takes from them goes where the normalised states stood.</summary>
    private void Attend(Layer layer, Room room)
    {
        var (count, size, row) = (room.Count, Dimensions / heads, 3 * Dimensions);
        var scale = 1 / MathF.Sqrt(size);
        for (var head = 0; head < heads; head++)
        {
            // Keys as columns, so that all resemblances of a piece are one product of a vector and a matrix.
            for (var i = 0; i < count; i++)
            {
                var own = room.Wide.Slice((i * row) + (head * size), row - (head * size));
                for (var k = 0; k < size; k++)
                {
                    room.Queries[(i * size) + k] = own[k] * scale;
                    room.Keys[(k * room.Padded) + i] = own[Dimensions + k];
                }

                own.Slice(2 * Dimensions, size).CopyTo(room.Values[(i * size)..]);
            }

            var near = layer.Nearness.AsSpan(head * ((2 * reach) + 1), (2 * reach) + 1);
            for (var i = 0; i < count; i++)
            {
                // What is farther off than the reach counts as if it were at its end.
                var shares = room.Shares.Slice(i * room.Padded, count);
                var (from, to) = (Math.Max(0, i - reach), Math.Min(count, i + reach + 1));
                shares[..from].Fill(near[0]);
                near.Slice(from - i + reach, to - from).CopyTo(shares[from..to]);
                shares[to..].Fill(near[^1]);
            }

            VectorMath.AddProducts(room.Queries, room.Keys, room.Shares, count);
            for (var i = 0; i < count; i++)
            {
                VectorMath.SoftMax(room.Shares.Slice(i * room.Padded, count));
            }

            // The queries are not needed any more.
            var taken = room.Queries;
            taken.Clear();
            VectorMath.AddProducts(room.Shares, room.Values, taken, count);
            for (var i = 0; i < count; i++)
            {
                taken.Slice(i * size, size).CopyTo(room.Normalized[((i * Dimensions) + (head * size))..]);
            }
        }
    }

    /// <summary>A linear layer: a matrix with a row per input, and what is added.</summary>
    private sealed record Linear(float[] ByInput, float[] Bias)
    {
        public void Apply(ReadOnlySpan<float> inputs, Span<float> outputs)
        {
            outputs.Clear();
            AddTo(inputs, outputs);
        }

        public void AddTo(ReadOnlySpan<float> inputs, Span<float> outputs)
        {
            var count = outputs.Length / Bias.Length;
            for (var i = 0; i < count; i++)
            {
                VectorMath.AddScaled(Bias, 1, outputs.Slice(i * Bias.Length, Bias.Length));
            }

            VectorMath.AddProducts(inputs, ByInput, outputs, count);
        }
    }

    /// <summary>Brings states to a mean of 0 and a spread of 1, then to what was learned.</summary>
    private sealed record Normalization(float[] Scale, float[] Shift)
    {
        public void Apply(ReadOnlySpan<float> states, Span<float> normalized)
        {
            for (var i = 0; i < normalized.Length; i += Scale.Length)
            {
                VectorMath.Normalize(states.Slice(i, Scale.Length), Scale, Shift, Epsilon, normalized.Slice(i, Scale.Length));
            }
        }
    }

    private sealed record Layer(
        Normalization BeforeAttention, Linear Projections, float[] Nearness, Linear Attended, Normalization BeforeInner, Linear Inner, Linear Outer);

    /// <summary>Borrowed arrays that one text needs at a time.</summary>
    private ref struct Room
    {
        private readonly float[] array;

        public Room(int count, int dimensions, int widest, int heads)
        {
            (Count, Padded) = (count, VectorMath.Padded(count));
            var size = dimensions / heads;
            var rented = array = ArrayPool<float>.Shared.Rent((count * (dimensions + widest + size)) + (Padded * ((2 * size) + count)));
            var taken = 0;
            Normalized = Take(count * dimensions);
            Wide = Take(count * widest);
            Queries = Take(count * size);
            Values = Take(Padded * size);
            Keys = Take(Padded * size);
            Shares = Take(Padded * count);
            // What pads is multiplied, too.
            Values.Clear();
            Keys.Clear();
            Shares.Clear();

            Span<float> Take(int length)
            {
                taken += length;
                return rented.AsSpan(taken - length, length);
            }
        }

        public int Count { get; }

        /// <summary>The count, up to where whole vectors end.</summary>
        public int Padded { get; }

        public Span<float> Normalized { get; }

        public Span<float> Wide { get; }

        public Span<float> Queries { get; }

        public Span<float> Keys { get; }

        public Span<float> Values { get; }

        public Span<float> Shares { get; }

        public readonly void Dispose() => ArrayPool<float>.Shared.Return(array);
    }
}

/// <summary>What <see cref="ContextEncoder"/> says of a text.</summary>
/// <param name="Sentence">What all of it means: a vector of length 1.</param>
/// <param name="Words">A vector per word, one after the other: the mean of those of its pieces; all zero for words behind what is read.</param>
internal sealed record TextInContext(float[] Sentence, float[] Words);
