using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Assistant.Core.Embeddings;

namespace Assistant.Core.Answering;

/// <summary>One of the networks of <see cref="AnswerNetwork"/>: its weights, and what they say. Thread-safe.</summary>
/// <remarks>
/// Weights, little-endian: <c>ANW2</c>, int32 width of an encoding, int32 width of a comparison, then float32 matrices in the order in
/// which the constructor reads them.
/// </remarks>
internal sealed class NetworkMember
{
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

    /// <summary>A network with the weights of a file of the format above.</summary>
    public NetworkMember(byte[] file)
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
        judgement = ReadLayer(hidden, (4 * hidden) + AnswerNetwork.Features);
        verdict = ReadLayer(1, hidden);
        weighing = ReadLayer(1, AnswerNetwork.Features);
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

        Comparison ReadComparison() => new(Read(hidden * ((3 * width) + AnswerNetwork.Marks)), Read(hidden), width);
    }

    /// <summary>What it knows of a question before it is held against sentences.</summary>
    public TextEncoding OfQuestion(NetworkWords words, TextInContext? inContext) => Encode(words, inContext, questionContext, questionComparison);

    /// <summary>What it knows of a sentence before it is held against questions.</summary>
    public TextEncoding OfSentence(NetworkWords words, TextInContext? inContext) => Encode(words, inContext, sentenceContext, sentenceComparison);

    /// <summary>How much speaks for it that a sentence answers: the logarithm of its odds against the sentence not answering.</summary>
    /// <param name="question">The question.</param>
    /// <param name="sentence">The sentence.</param>
    /// <param name="common">The words that both have.</param>
    /// <param name="features">What is told beside.</param>
    public float Logit(TextEncoding question, TextEncoding sentence, in CommonWords common, ReadOnlySpan<float> features)
    {
        var (rows, columns) = (sentence.Words.Count, question.Words.Count);
        Span<float> input = stackalloc float[(4 * hidden) + AnswerNetwork.Features];
        input.Clear();
        features.CopyTo(input[(4 * hidden)..]);
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
                    ofQuestion[(q * rows) + s] = ofSentence[(s * columns) + q] = resemblance + (common.PlaceInQuestion[s] == q ? sameWord : 0);
                }
            }

            Compare(question, sentence, ofQuestion, common.IsInSentence, questionComparison, input[..(2 * hidden)]);
            Compare(sentence, question, ofSentence, common.IsInQuestion, sentenceComparison, input[(2 * hidden)..(4 * hidden)]);
        }

        Span<float> judged = stackalloc float[hidden];
        judgement.Apply(input, judged);
        VectorMath.Rectify(judged);
        return verdict.Value(judged) + weighing.Value(input[(4 * hidden)..]);
    }

    /// <summary>
    /// Holds every word of a text against the words of another that it resembles: the mean of what comes out, then the most of it.
    /// </summary>
    private void Compare(TextEncoding text, TextEncoding other, Span<float> resemblances, ReadOnlySpan<bool> isInOther, Comparison comparison, Span<float> pooled)
    {
        var (count, others) = (text.Words.Count, other.Words.Count);
        Span<float> aligned = stackalloc float[count * width];
        Span<float> common = stackalloc float[count * width];
        Span<float> compared = stackalloc float[count * hidden];
        for (var word = 0; word < count; word++)
        {
            VectorMath.SoftMax(resemblances.Slice(word * others, others));
        }

        VectorMath.AddProducts(resemblances, other.Encodings, aligned, count);
        VectorMath.Multiply(text.Encodings, aligned, common);
        text.Prepared.CopyTo(compared);
        VectorMath.AddProducts(aligned, comparison.Aligned, compared, count);
        VectorMath.AddProducts(common, comparison.Common, compared, count);
        for (var word = 0; word < count; word++)
        {
            var outcome = compared.Slice(word * hidden, hidden);
            if (isInOther[word])
            {
                VectorMath.AddScaled(comparison.InOther, 1, outcome);
                VectorMath.AddScaled(comparison.IdfInOther, text.Idf(word), outcome);
            }

            VectorMath.Rectify(outcome);
            VectorMath.Pool(outcome, pooled[..hidden], pooled[hidden..]);
        }

        VectorMath.Scale(pooled[..hidden], 1f / count);
    }

    private TextEncoding Encode(NetworkWords text, TextInContext? inContext, Layer context, Comparison comparison)
    {
        // A word of zeros at either end, so that every word has two neighbours.
        var padded = new float[(text.Count + 2) * width];
        for (var i = 0; i < text.Count; i++)
        {
            shapeVectors.AsSpan((int)text.Shapes[i] * width, width).CopyTo(padded.AsSpan((i + 1) * width));
        }

        if (inContext is not null)
        {
            VectorMath.AddProducts(inContext.Words, projection, padded.AsSpan(width, text.Count * width), text.Count);
        }

        var read = new TextEncoding(text, width, hidden);
        padded.AsSpan(width, text.Count * width).CopyTo(read.Encodings);
        context.AddInContext(padded, read.Encodings, text.Count);
        VectorMath.Tanh(read.Encodings);
        for (var i = 0; i < text.Count; i++)
        {
            var encoding = read.Encoding(i);
            read.Scales[i] = MathF.Sqrt(VectorMath.Dot(encoding, encoding)) is var norm && norm > 0 ? 1 / norm : 0;
            var prepared = read.Prepared.AsSpan(i * hidden, hidden);
            comparison.Bias.CopyTo(prepared);
            VectorMath.AddScaled(comparison.OfIdf, read.Idf(i), prepared);
        }

        VectorMath.AddProducts(read.Encodings, comparison.Own, read.Prepared, text.Count);
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
            bias.CopyTo(output);
            VectorMath.AddProduct(input, byInput, output);
        }

        /// <summary>Adds what it says of each of several words, read beside its neighbours.</summary>
        /// <param name="padded">As many values a word as there are outputs, and a word of zeros at either end.</param>
        /// <param name="outputs">The outputs of one word after the other.</param>
        /// <param name="count">Words.</param>
        public void AddInContext(ReadOnlySpan<float> padded, Span<float> outputs, int count)
        {
            for (var word = 0; word < count; word++)
            {
                VectorMath.AddScaled(bias, 1, outputs.Slice(word * bias.Length, bias.Length));
            }

            var size = bias.Length * bias.Length;
            for (var place = 0; place < 3; place++)
            {
                VectorMath.AddProducts(padded.Slice(place * bias.Length, count * bias.Length), byInput.AsSpan(place * size, size), outputs, count);
            }
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
            Aligned = byInput[(width * bias.Length)..(2 * width * bias.Length)];
            Common = byInput[(2 * width * bias.Length)..(3 * width * bias.Length)];
            InOther = byInput[(3 * width * bias.Length)..^(2 * bias.Length)];
            OfIdf = byInput[^(2 * bias.Length)..^bias.Length];
            IdfInOther = byInput[^bias.Length..];
        }

        public float[] Bias { get; }

        /// <summary>Of the encoding of the word.</summary>
        public float[] Own { get; }

        /// <summary>Of what it resembles in the other text.</summary>
        public float[] Aligned { get; }

        /// <summary>Of what it has in common with that.</summary>
        public float[] Common { get; }

        /// <summary>Of the other text having the word.</summary>
        public float[] InOther { get; }

        /// <summary>Of its idf.</summary>
        public float[] OfIdf { get; }

        /// <summary>Of its idf when the other text has it.</summary>
        public float[] IdfInOther { get; }
    }
}

/// <summary>What a network knows of a text before it is held against another.</summary>
internal sealed class TextEncoding(NetworkWords words, int width, int hidden)
{
    public NetworkWords Words => words;

    /// <summary>An encoding per word.</summary>
    public float[] Encodings { get; } = new float[words.Count * width];

    public Span<float> Encoding(int word) => Encodings.AsSpan(word * width, width);

    /// <summary>What makes each encoding one of length 1; 0 for one of zeros.</summary>
    public float[] Scales { get; } = new float[words.Count];

    /// <summary>What each word brings to a comparison.</summary>
    public float[] Prepared { get; } = new float[words.Count * hidden];

    public float Idf(int word) => words.Idfs[word] / AnswerNetwork.IdfScale;
}

/// <summary>The words that a question and a sentence have in common.</summary>
internal readonly ref struct CommonWords
{
    /// <param name="question">The question.</param>
    /// <param name="sentence">The sentence.</param>
    /// <param name="places">Room for a number per word of the sentence.</param>
    /// <param name="marks">Room for a mark per word of both.</param>
    public CommonWords(NetworkWords question, NetworkWords sentence, Span<int> places, Span<bool> marks)
    {
        for (var s = 0; s < sentence.Count; s++)
        {
            places[s] = question.IndexOf(sentence.Terms[s]);
            marks[s] = places[s] >= 0;
        }

        for (var q = 0; q < question.Count; q++)
        {
            marks[sentence.Count + q] = sentence.IndexOf(question.Terms[q]) >= 0;
        }

        PlaceInQuestion = places;
        IsInQuestion = marks[..sentence.Count];
        IsInSentence = marks[sentence.Count..];
    }

    /// <summary>Where the question has each word of the sentence first; negative where it has not.</summary>
    public ReadOnlySpan<int> PlaceInQuestion { get; }

    /// <summary>Whether the question has each word of the sentence.</summary>
    public ReadOnlySpan<bool> IsInQuestion { get; }

    /// <summary>Whether the sentence has each word of the question.</summary>
    public ReadOnlySpan<bool> IsInSentence { get; }
}
