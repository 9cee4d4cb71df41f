using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Assistant.Core.Embeddings;

namespace Assistant.Core.Answering;

/// <summary>
/// A small network that holds a question and a sentence against each other and tells whether the sentence answers. English words
/// are read where they stand (<see cref="ContextEncoder"/>), those of other languages as what they look like only; every word of the
/// one is held against what it most resembles in the other (decomposable attention: Parikh et al., 2016); what comes out is pooled
/// and weighed together with how alike both are as a whole and with
/// <see cref="SentenceFeatures"/>. How it was fitted, and on what: <c>answer-network.md</c> beside its weights. Thread-safe.
/// </summary>
/// <remarks>
/// Weights, little-endian: <c>ANW2</c>, int32 width of an encoding, int32 width of a comparison, then float32 matrices in the order in
/// which the constructor reads them.
/// </remarks>
internal sealed class AnswerNetwork
{
    /// <summary>What an inverse document frequency is divided by, so that it is about 1 at most.</summary>
    public const float IdfScale = 8;

    /// <summary>What a compared word has beside its encoding: whether the other text has it, its idf, and both.</summary>
    public const int Marks = 3;

    /// <summary>Values of all features, how far the question is in the words of the documents, and how alike sentence and question are.</summary>
    public static readonly int Features = SentenceFeatures.Names.Count + 2;

    /// <summary>Sentences whose encodings are kept at hand at least: a third of a kilobyte a word.</summary>
    private const int MostSentences = 1_024;

    private static readonly Lazy<AnswerNetwork> Instance = new(() => Load(EmbeddedFile.Read("Weights.answer-network.bin")));

    private readonly int width;
    private readonly int hidden;
    private readonly float[] projection;
    private readonly float[] shapeVectors;
    private readonly Layer questionContext;
    private readonly Layer sentenceContext;
    private readonly Comparison questionComparison;
    private readonly Comparison sentenceComparison;
    private readonly Layer judgement;
    private readonly Layer verdict;
    private readonly Layer weighing;
    private readonly float sharpness;
    private readonly float sameWord;
    private readonly RecentlyUsed<(string Text, string? Language), ReadText> sentences = new(MostSentences);

    private AnswerNetwork(byte[] file)
    {
        if (!file.AsSpan().StartsWith("ANW2"u8))
        {
            throw new InvalidDataException("The weights of the answer network are not in the format ANW2.");
        }

        width = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        hidden = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8));
        var position = 12;
        projection = VectorMath.Transpose(Read(width * ContextEncoder.Shared.Dimensions), width);
        shapeVectors = Read(width * (int)(WordShape.Share + 1));
        questionContext = ReadLayer(width, 3 * width);
        sentenceContext = ReadLayer(width, 3 * width);
        questionComparison = ReadComparison();
        sentenceComparison = ReadComparison();
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

        Comparison ReadComparison() => new(Read(hidden * ((3 * width) + Marks)), Read(hidden), width);
    }

    /// <summary>The network that answers are made with: the one that ships with the product, read once when first asked for, unless another is put in its place.</summary>
    public static AnswerNetwork Shared
    {
        get => field ?? Instance.Value;
        set;
    }

    /// <summary>A network with the weights of a file of the format above.</summary>
    public static AnswerNetwork Load(byte[] file) => new(file);

    /// <summary>A question, read once for all sentences.</summary>
    public ReadText Read(string question, string? language) => Encode(NetworkWords.OfQuestion(question, language), questionContext, questionComparison);

    /// <summary>What it says of a sentence.</summary>
    /// <param name="question">The question, read by <see cref="Read"/>.</param>
    /// <param name="text">The sentence, read as one of the question's language.</param>
    /// <param name="features">Values of <see cref="SentenceFeatures.Names"/>, then how far the question is in the words of the documents.</param>
    public SentenceJudgement Judge(ReadText question, string text, ReadOnlySpan<float> features)
    {
        var sentence = sentences.GetOrAdd(
            (text, question.Words.Language), unread => Encode(NetworkWords.OfSentence(unread.Text, unread.Language), sentenceContext, sentenceComparison));
        var (rows, columns) = (sentence.Words.Count, question.Words.Count);
        Span<float> input = stackalloc float[(4 * hidden) + Features];
        input.Clear();
        features.CopyTo(input[(4 * hidden)..]);
        var likeness = sentence.Likeness(question);
        input[^1] = likeness;
        if (rows > 0 && columns > 0)
        {
            // How much each word of the one resembles each of the other, from either side.
            Span<float> ofSentence = stackalloc float[rows * columns];
            Span<float> ofQuestion = stackalloc float[rows * columns];
            for (var s = 0; s < rows; s++)
            {
                for (var q = 0; q < columns; q++)
                {
                    var resemblance = sharpness * VectorMath.Dot(sentence.Encoding(s), question.Encoding(q)) * sentence.Scales[s] * question.Scales[q];
                    ofQuestion[(q * rows) + s] = ofSentence[(s * columns) + q] = resemblance;
                }
            }

            Span<bool> isInQuestion = stackalloc bool[rows];
            for (var s = 0; s < rows; s++)
            {
                if (question.Words.IndexOf(sentence.Words.Terms[s]) is var q && q >= 0)
                {
                    isInQuestion[s] = true;
                    ofSentence[(s * columns) + q] += sameWord;
                    ofQuestion[(q * rows) + s] += sameWord;
                }
            }

            Span<bool> isInSentence = stackalloc bool[columns];
            for (var q = 0; q < columns; q++)
            {
                isInSentence[q] = sentence.Words.IndexOf(question.Words.Terms[q]) >= 0;
            }

            Compare(question, sentence, ofQuestion, isInSentence, questionComparison, input[..(2 * hidden)]);
            Compare(sentence, question, ofSentence, isInQuestion, sentenceComparison, input[(2 * hidden)..(4 * hidden)]);
        }

        Span<float> judged = stackalloc float[hidden];
        judgement.Apply(input, judged);
        VectorMath.Rectify(judged);
        return new SentenceJudgement(verdict.Value(judged) + weighing.Value(input[(4 * hidden)..]), likeness);
    }

    /// <summary>
    /// Holds every word of a text against the words of another that it resembles: the mean of what comes out, then the most of it.
    /// </summary>
    private void Compare(ReadText text, ReadText other, Span<float> resemblances, ReadOnlySpan<bool> isInOther, Comparison comparison, Span<float> pooled)
    {
        Span<float> held = stackalloc float[2 * width];
        Span<float> compared = stackalloc float[hidden];
        var aligned = held[..width];
        var common = held[width..];
        for (var word = 0; word < text.Words.Count; word++)
        {
            var weights = resemblances.Slice(word * other.Words.Count, other.Words.Count);
            VectorMath.SoftMax(weights);
            aligned.Clear();
            VectorMath.AddProduct(weights, other.Encodings, aligned);
            VectorMath.Multiply(text.Encoding(word), aligned, common);
            text.Prepared(word).CopyTo(compared);
            if (isInOther[word])
            {
                VectorMath.AddScaled(comparison.InOther, 1, compared);
                VectorMath.AddScaled(comparison.IdfInOther, text.Idf(word), compared);
            }

            VectorMath.AddProduct(held, comparison.Held, compared);
            VectorMath.Rectify(compared);
            VectorMath.Pool(compared, pooled[..hidden], pooled[hidden..]);
        }

        VectorMath.Scale(pooled[..hidden], 1f / text.Words.Count);
    }

    private ReadText Encode(NetworkWords text, Layer context, Comparison comparison)
    {
        // A word of zeros at either end, so that every word has two neighbours.
        var padded = new float[(text.Count + 2) * width];
        for (var i = 0; i < text.Count; i++)
        {
            shapeVectors.AsSpan((int)text.Shapes[i] * width, width).CopyTo(padded.AsSpan((i + 1) * width));
        }

        var inContext = text.InContext();
        if (inContext is not null && text.Count > 0)
        {
            VectorMath.AddProducts(inContext.Words, projection, padded.AsSpan(width, text.Count * width), text.Count);
        }

        var read = new ReadText(text, inContext?.Sentence, width, hidden);
        for (var i = 0; i < text.Count; i++)
        {
            var encoding = read.Encoding(i);
            padded.AsSpan((i + 1) * width, width).CopyTo(encoding);
            context.AddTo(padded.AsSpan(i * width, 3 * width), encoding);
            VectorMath.Tanh(encoding);
            read.Scales[i] = MathF.Sqrt(VectorMath.Dot(encoding, encoding)) is var norm && norm > 0 ? 1 / norm : 0;
            var prepared = read.Prepared(i);
            comparison.Bias.CopyTo(prepared);
            VectorMath.AddScaled(comparison.OfIdf, read.Idf(i), prepared);
            VectorMath.AddProduct(encoding, comparison.Own, prepared);
        }

        return read;
    }

    /// <summary>A linear layer.</summary>
    /// <param name="weights">A row per output.</param>
    /// <param name="bias">One per output.</param>
    private sealed class Layer(float[] weights, float[] bias)
    {
        private readonly float[] byInput = VectorMath.Transpose(weights, bias.Length);

        public void Apply(ReadOnlySpan<float> input, Span<float> output)
        {
            output.Clear();
            AddTo(input, output);
        }

        public void AddTo(ReadOnlySpan<float> input, Span<float> output)
        {
            VectorMath.AddScaled(bias, 1, output);
            VectorMath.AddProduct(input, byInput, output);
        }

        /// <summary>The first output.</summary>
        public float Value(ReadOnlySpan<float> input) => bias[0] + VectorMath.Dot(weights, input);
    }

    /// <summary>
    /// The linear layer that compares words, in parts: what a word brings along can be weighed before it is held against another text.
    /// </summary>
    private sealed class Comparison
    {
        public Comparison(float[] weights, float[] bias, int width)
        {
            var byInput = VectorMath.Transpose(weights, bias.Length);
            Bias = bias;
            Own = byInput[..(width * bias.Length)];
            Held = byInput[(width * bias.Length)..(3 * width * bias.Length)];
            InOther = byInput[(3 * width * bias.Length)..^(2 * bias.Length)];
            OfIdf = byInput[^(2 * bias.Length)..^bias.Length];
            IdfInOther = byInput[^bias.Length..];
        }

        public float[] Bias { get; }

        /// <summary>Of the encoding of the word.</summary>
        public float[] Own { get; }

        /// <summary>Of what it resembles in the other text, and of what both have in common.</summary>
        public float[] Held { get; }

        /// <summary>Of the other text having the word.</summary>
        public float[] InOther { get; }

        /// <summary>Of its idf.</summary>
        public float[] OfIdf { get; }

        /// <summary>Of its idf when the other text has it.</summary>
        public float[] IdfInOther { get; }
    }
}

/// <summary>What the network knows of a text before it is held against another.</summary>
internal sealed class ReadText(NetworkWords words, float[]? meaning, int width, int hidden)
{
    private readonly float[] prepared = new float[words.Count * hidden];

    public NetworkWords Words => words;

    private float[]? Meaning => meaning;

    /// <summary>How alike two texts are in what they mean: a cosine; 0 where that is not known of both.</summary>
    public float Likeness(ReadText other) => Meaning is { } own && other.Meaning is { } its ? VectorMath.Dot(own, its) : 0;

    /// <summary>An encoding per word.</summary>
    public float[] Encodings { get; } = new float[words.Count * width];

    public Span<float> Encoding(int word) => Encodings.AsSpan(word * width, width);

    /// <summary>What makes each encoding one of length 1; 0 for one of zeros.</summary>
    public float[] Scales { get; } = new float[words.Count];

    /// <summary>What the word brings to a comparison.</summary>
    public Span<float> Prepared(int word) => prepared.AsSpan(word * hidden, hidden);

    public float Idf(int word) => words.Idfs[word] / AnswerNetwork.IdfScale;
}

/// <summary>What <see cref="AnswerNetwork"/> says of a sentence.</summary>
/// <param name="Logit">How much speaks for it that the sentence answers: the logarithm of its odds against the sentence not answering.</param>
/// <param name="Likeness">How alike question and sentence are in what they mean: a cosine.</param>
internal readonly record struct SentenceJudgement(double Logit, double Likeness);
