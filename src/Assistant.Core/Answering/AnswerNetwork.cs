using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using Assistant.Core.Embeddings;

namespace Assistant.Core.Answering;

/// <summary>
/// A small network that reads an English question and a sentence side by side and tells whether the sentence answers. Both are
/// encoded word by word, each word with its neighbours; every word of the one is held against what it most resembles in the other
/// (decomposable attention: Parikh et al., 2016); what comes out is pooled and weighed together with
/// <see cref="SentenceFeatures"/>. How it was fitted, and on what: <c>answer-network.md</c> beside its weights. Thread-safe.
/// </summary>
/// <remarks>
/// Weights, little-endian: <c>ANW1</c>, int32 width of an encoding, int32 width of a comparison, int32 count of function words; these as uint8
/// length and UTF-8 bytes; then float32 matrices in the order in which the constructor reads them.
/// </remarks>
internal sealed class AnswerNetwork
{
    /// <summary>Length of the vector of a word that the sentence table has.</summary>
    public const float WordLength = 3;

    /// <summary>What an inverse document frequency is divided by, so that it is about 1 at most.</summary>
    public const float IdfScale = 8;

    /// <summary>What a compared word has beside its encoding: whether the other text has it, its idf, and both.</summary>
    public const int Marks = 3;

    /// <summary>Values of all features, and how far the question is in the words of the documents.</summary>
    public static readonly int Features = SentenceFeatures.Names.Count + 1;

    /// <summary>Words whose vectors are kept at hand: more than the vocabulary of most corpora.</summary>
    private const int MostWords = 16_384;

    private static readonly Lazy<AnswerNetwork> Instance = new(() => Load(EmbeddedFile.Read("Weights.answer-network.bin")));

    private readonly int width;
    private readonly int hidden;
    private readonly FrozenDictionary<string, int> functionWords;
    private readonly float[] projection;
    private readonly float[] functionVectors;
    private readonly float[] shapeVectors;
    private readonly Layer questionContext;
    private readonly Layer sentenceContext;
    private readonly Layer questionComparison;
    private readonly Layer sentenceComparison;
    private readonly Layer judgement;
    private readonly Layer verdict;
    private readonly Layer weighing;
    private readonly float sharpness;
    private readonly float sameWord;
    private readonly ConcurrentDictionary<string, float[]> words = new(StringComparer.Ordinal);

    private AnswerNetwork(byte[] file)
    {
        if (!file.AsSpan().StartsWith("ANW1"u8))
        {
            throw new InvalidDataException("The weights of the answer network are not in the format ANW1.");
        }

        width = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        hidden = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8));
        var count = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12));
        var position = 16;
        var names = new string[count];
        for (var i = 0; i < count; i++)
        {
            names[i] = Encoding.UTF8.GetString(file, position + 1, file[position]);
            position += 1 + file[position];
        }

        FunctionWords = names;
        functionWords = names.Index().ToFrozenDictionary(word => word.Item, word => word.Index + 1, StringComparer.Ordinal);
        projection = Read(width * SentenceTable.Shared.Dimensions);
        functionVectors = Read(width * (count + 1));
        shapeVectors = Read(width * (int)(WordShape.Share + 1));
        questionContext = ReadLayer(width, 3 * width);
        sentenceContext = ReadLayer(width, 3 * width);
        questionComparison = ReadLayer(hidden, (3 * width) + Marks);
        sentenceComparison = ReadLayer(hidden, (3 * width) + Marks);
        judgement = ReadLayer(hidden, (4 * hidden) + Features);
        verdict = ReadLayer(1, hidden);
        weighing = ReadLayer(1, Features);
        sharpness = Read(1)[0];
        sameWord = Read(1)[0];
        if (position != file.Length)
        {
            throw new InvalidDataException("The weights of the answer network are not those of its features.");
        }

        float[] Read(int length)
        {
            var values = MemoryMarshal.Cast<byte, float>(file.AsSpan(position, length * sizeof(float))).ToArray();
            position += length * sizeof(float);
            return values;
        }

        Layer ReadLayer(int outputs, int inputs) => new(Read(outputs * inputs), Read(outputs));
    }

    /// <summary>The network that ships with the product, read once when first asked for.</summary>
    public static AnswerNetwork Shared => Instance.Value;

    /// <summary>Words that have a vector for what they do, in the order of their vectors; before the first comes that of all others.</summary>
    public IReadOnlyList<string> FunctionWords { get; }

    /// <summary>A network with the weights of a file of the format above.</summary>
    public static AnswerNetwork Load(byte[] file) => new(file);

    /// <summary>A question, read once for all sentences.</summary>
    public ReadText Read(NetworkWords question) => Encode(question, questionContext);

    /// <summary>How much speaks for it that a sentence answers: the logarithm of its odds against the sentence not answering.</summary>
    /// <param name="question">The question, read by <see cref="Read"/>.</param>
    /// <param name="sentenceWords">The words of the sentence.</param>
    /// <param name="features">Values of <see cref="SentenceFeatures.Names"/>, then how far the question is in the words of the documents.</param>
    public double Logit(ReadText question, NetworkWords sentenceWords, ReadOnlySpan<float> features)
    {
        var sentence = Encode(sentenceWords, sentenceContext);
        var (rows, columns) = (sentence.Words.Count, question.Words.Count);
        Span<float> input = stackalloc float[(4 * hidden) + Features];
        input.Clear();
        features.CopyTo(input[(4 * hidden)..]);
        if (rows > 0 && columns > 0)
        {
            int[] same = [.. sentence.Words.Terms.Select(question.Words.IndexOf)];
            var attention = new float[rows * columns];
            for (var s = 0; s < rows; s++)
            {
                for (var q = 0; q < columns; q++)
                {
                    attention[(s * columns) + q] = (sharpness * Kernels.Dot(sentence.Direction(s), question.Direction(q))) + (same[s] == q ? sameWord : 0);
                }
            }

            CompareQuestion(question, sentence, attention, input[..(2 * hidden)]);
            CompareSentence(question, sentence, attention, same, input[(2 * hidden)..(4 * hidden)]);
        }

        Span<float> judged = stackalloc float[hidden];
        judgement.Apply(input, judged);
        Kernels.Rectify(judged);
        return verdict.Value(judged) + weighing.Value(features);
    }

    /// <summary>Every word of the question against the words of the sentence that it resembles.</summary>
    private void CompareQuestion(ReadText question, ReadText sentence, float[] attention, Span<float> pooled)
    {
        var (rows, columns) = (sentence.Words.Count, question.Words.Count);
        Span<float> weights = stackalloc float[rows];
        for (var q = 0; q < columns; q++)
        {
            for (var s = 0; s < rows; s++)
            {
                weights[s] = attention[(s * columns) + q];
            }

            Compare(question, q, sentence, weights, sentence.Words.IndexOf(question.Words.Terms[q]) >= 0, questionComparison, pooled);
        }

        Average(pooled[..hidden], columns);
    }

    /// <summary>Every word of the sentence against the words of the question that it resembles.</summary>
    private void CompareSentence(ReadText question, ReadText sentence, float[] attention, int[] same, Span<float> pooled)
    {
        var (rows, columns) = (sentence.Words.Count, question.Words.Count);
        Span<float> weights = stackalloc float[columns];
        for (var s = 0; s < rows; s++)
        {
            attention.AsSpan(s * columns, columns).CopyTo(weights);
            Compare(sentence, s, question, weights, same[s] >= 0, sentenceComparison, pooled);
        }

        Average(pooled[..hidden], rows);
    }

    private static void Average(Span<float> sums, int count)
    {
        foreach (ref var value in sums)
        {
            value /= count;
        }
    }

    /// <summary>Holds one word against the other text; adds what comes out to the first half of <paramref name="pooled"/> and raises the second to it.</summary>
    private void Compare(ReadText text, int word, ReadText other, Span<float> weights, bool isInOther, Layer comparison, Span<float> pooled)
    {
        Kernels.SoftMax(weights);
        Span<float> input = stackalloc float[(3 * width) + Marks];
        var own = text.Encoding(word);
        var aligned = input.Slice(width, width);
        own.CopyTo(input);
        aligned.Clear();
        for (var i = 0; i < weights.Length; i++)
        {
            Kernels.AddScaled(other.Encoding(i), weights[i], aligned);
        }

        for (var i = 0; i < width; i++)
        {
            input[(2 * width) + i] = own[i] * aligned[i];
        }

        var idf = text.Words.Idfs[word] / IdfScale;
        input[^3] = isInOther ? 1 : 0;
        input[^2] = idf;
        input[^1] = isInOther ? idf : 0;
        Span<float> compared = stackalloc float[hidden];
        comparison.Apply(input, compared);
        Kernels.Rectify(compared);
        Kernels.Pool(compared, pooled[..hidden], pooled[hidden..]);
    }

    private ReadText Encode(NetworkWords text, Layer context)
    {
        // A word of zeros at either end, so that every word has two neighbours.
        var padded = new float[(text.Count + 2) * width];
        for (var i = 0; i < text.Count; i++)
        {
            var vector = padded.AsSpan((i + 1) * width, width);
            VectorOf(text.Terms[i], text.IsStopword[i]).CopyTo(vector);
            Kernels.AddScaled(shapeVectors.AsSpan((int)text.Shapes[i] * width, width), 1, vector);
        }

        var encodings = new float[text.Count * width];
        for (var i = 0; i < text.Count; i++)
        {
            var encoding = encodings.AsSpan(i * width, width);
            context.Apply(padded.AsSpan(i * width, 3 * width), encoding);
            Kernels.AddScaled(padded.AsSpan((i + 1) * width, width), 1, encoding);
            Kernels.Tanh(encoding);
        }

        return new ReadText(text, encodings, width);
    }

    /// <summary>What a word brings to its encoding: its meaning, and what it does where it is a function word.</summary>
    private float[] VectorOf(string term, bool isStopword)
    {
        if (words.TryGetValue(term, out var known))
        {
            return known;
        }

        var vector = functionVectors.AsSpan(functionWords.GetValueOrDefault(term) * width, width).ToArray();
        if (!isStopword && SentenceTable.Shared.DirectionOf(term) is { } direction)
        {
            for (var i = 0; i < vector.Length; i++)
            {
                vector[i] += WordLength * Kernels.Dot(projection.AsSpan(i * direction.Length, direction.Length), direction);
            }
        }

        if (words.Count < MostWords)
        {
            words[term] = vector;
        }

        return vector;
    }

    /// <summary>A linear layer: a row of weights and a bias per output.</summary>
    private sealed record Layer(float[] Weights, float[] Bias)
    {
        public void Apply(ReadOnlySpan<float> input, Span<float> output) => Kernels.Linear(Weights, Bias, input, output);

        public float Value(ReadOnlySpan<float> input) => Bias[0] + Kernels.Dot(Weights, input);
    }
}

/// <summary>A text as the network has read it: an encoding per word.</summary>
internal sealed class ReadText
{
    private readonly float[] encodings;
    private readonly float[] directions;
    private readonly int width;

    public ReadText(NetworkWords words, float[] encodings, int width)
    {
        Words = words;
        this.encodings = encodings;
        this.width = width;
        directions = [.. encodings];
        for (var i = 0; i < words.Count; i++)
        {
            var direction = directions.AsSpan(i * width, width);
            if (MathF.Sqrt(Kernels.Dot(direction, direction)) is var norm && norm > 0)
            {
                foreach (ref var value in direction)
                {
                    value /= norm;
                }
            }
        }
    }

    public NetworkWords Words { get; }

    public ReadOnlySpan<float> Encoding(int word) => encodings.AsSpan(word * width, width);

    /// <summary>The encoding, of length 1.</summary>
    public ReadOnlySpan<float> Direction(int word) => directions.AsSpan(word * width, width);
}
