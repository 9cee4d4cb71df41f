using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Assistant.Core.Answering;
using Assistant.Core.Embeddings;

namespace Assistant.Evaluation;

/// <summary>
/// <see cref="AnswerNetwork"/> with parameters that can be changed: what it says of a question's sentences, what that costs, and how the
/// cost changes with every parameter (back-propagation, written out by hand). The parameters stand in one array, in the order of the
/// network's file. Thread-safe as long as nobody changes them.
/// </summary>
internal sealed class TrainableNetwork
{
    /// <summary>What the features weigh at first, in their order: about what a linear ranker gives them.</summary>
    private static readonly float[] FirstWeighing = [0.4f, 0.6f, 2.5f, 0.8f, 0, 0, 4, 1, 1.2f, 1.5f, 0.45f, 0.05f, 1.7f, -0.4f, 0, 0];

    private readonly int width;
    private readonly int hidden;
    private readonly List<Block> blocks = [];
    private readonly Block projection;
    private readonly Block shapeVectors;
    private readonly Block questionContext;
    private readonly Block sentenceContext;
    private readonly Block questionComparison;
    private readonly Block sentenceComparison;
    private readonly Block judgement;
    private readonly Block verdict;
    private readonly Block weighing;
    private readonly Block sharpness;
    private readonly Block sameWord;

    /// <summary>A network that has learned nothing yet.</summary>
    /// <param name="width">Width of an encoding.</param>
    /// <param name="hidden">Width of a comparison.</param>
    /// <param name="random">Draws the parameters.</param>
    public TrainableNetwork(int width, int hidden, Random random)
    {
        (this.width, this.hidden) = (width, hidden);
        projection = Add("projection", width, ContextEncoder.Shared.Dimensions, hasBias: false);
        shapeVectors = Add("shapeVectors", (int)WordShape.Share + 1, width, hasBias: false);
        questionContext = Add("questionContext", width, 3 * width);
        sentenceContext = Add("sentenceContext", width, 3 * width);
        questionComparison = Add("questionComparison", hidden, (3 * width) + AnswerNetwork.Marks);
        sentenceComparison = Add("sentenceComparison", hidden, (3 * width) + AnswerNetwork.Marks);
        judgement = Add("judgement", hidden, (4 * hidden) + AnswerNetwork.Features);
        verdict = Add("verdict", 1, hidden);
        weighing = Add("weighing", 1, AnswerNetwork.Features);
        sharpness = Add("sharpness", 1, 1, hasBias: false);
        sameWord = Add("sameWord", 1, 1, hasBias: false);
        Values = new float[blocks[^1].End];
        Draw(random);

        Block Add(string name, int rows, int columns, bool hasBias = true)
        {
            blocks.Add(new Block(name, blocks is [.., var last] ? last.End : 0, rows, columns, hasBias));
            return blocks[^1];
        }
    }

    /// <summary>All parameters, block after block.</summary>
    public float[] Values { get; }

    /// <summary>Where in <see cref="Values"/> which parameters stand.</summary>
    public IReadOnlyList<Block> Blocks => blocks;

    /// <summary>The parameters in the format of the network's file.</summary>
    public byte[] ToFile(ReadOnlySpan<float> values)
    {
        using var file = new MemoryStream();
        file.Write("ANW2"u8);
        Span<byte> number = stackalloc byte[sizeof(int)];
        foreach (var value in (int[])[width, hidden])
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, value);
            file.Write(number);
        }

        file.Write(MemoryMarshal.AsBytes(values));
        return file.ToArray();
    }

    /// <summary>What it says of every sentence of a question.</summary>
    public double[] Logits(NetworkExample example) => [.. Read(example, null).Pairs.Select(pair => (double)pair.Logit)];

    /// <summary>What its judgement of a question costs, and how that changes with the parameters.</summary>
    /// <param name="example">The question.</param>
    /// <param name="gradient">What every parameter adds to the cost is added to this.</param>
    /// <param name="noise">Leaves out what the network has to do without; null for nothing.</param>
    public double Cost(NetworkExample example, float[] gradient, Noise? noise)
    {
        var (question, pairs) = Read(example, noise);
        var (cost, pulls) = AnswerCost.Of([.. pairs.Select(pair => (double)pair.Logit)], [.. example.Sentences.Select(sentence => sentence.Answers)]);
        for (var i = 0; i < pairs.Length; i++)
        {
            Back(pairs[i], question, (float)pulls[i], gradient);
            Back(pairs[i].Sentence, sentenceContext, noise, gradient);
        }

        Back(question, questionContext, noise, gradient);
        return cost;
    }

    private void Draw(Random random)
    {
        foreach (var layer in blocks)
        {
            Fill(layer, Uniform(layer.Columns));
        }

        // A comparison is the sum of layers, one for each text and one for the marks, and drawn as such.
        foreach (var comparison in (Block[])[questionComparison, sentenceComparison])
        {
            Fill(comparison, Uniform(width));
            for (var row = 0; row < hidden; row++)
            {
                foreach (ref var value in comparison.Row(Values, row)[^AnswerNetwork.Marks..])
                {
                    value = Uniform(AnswerNetwork.Marks)();
                }
            }
        }

        Fill(shapeVectors, Normal);
        FirstWeighing.CopyTo(weighing.Row(Values, 0));
        weighing.Bias(Values, 0) = -3;
        sharpness.All(Values).Fill(4);
        sameWord.All(Values).Fill(4);

        void Fill(Block block, Func<float> draw)
        {
            foreach (ref var value in block.All(Values))
            {
                value = draw();
            }
        }

        Func<float> Uniform(int inputs) => () => (float)(((2 * random.NextDouble()) - 1) / Math.Sqrt(inputs));

        float Normal() => (float)(0.1 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    private (Encoded Question, Pair[] Pairs) Read(NetworkExample example, Noise? noise)
    {
        var question = Encode(example.Question, questionContext, noise);
        return (question, [.. example.Sentences.Select(sentence => Judge(question, Encode(sentence.Text, sentenceContext, noise), sentence, noise))]);
    }

    private Encoded Encode(ExampleText text, Block context, Noise? noise)
    {
        var padded = new float[(text.Count + 2) * width];
        for (var i = 0; i < text.Count; i++)
        {
            var vector = padded.AsSpan((i + 1) * width, width);
            if (text.Context is not null && noise?.IsForeign is not true)
            {
                projection.Apply(Values, text.InContext(i), vector);
            }

            AddTo(vector, shapeVectors.Row(Values, text.Shape(i)));
        }

        var squashed = new float[text.Count * width];
        for (var i = 0; i < text.Count; i++)
        {
            var encoding = squashed.AsSpan(i * width, width);
            context.Apply(Values, padded.AsSpan(i * width, 3 * width), encoding);
            AddTo(encoding, padded.AsSpan((i + 1) * width, width));
        }

        TensorPrimitives.Tanh(squashed, squashed);
        var mask = noise?.Mask(squashed.Length);
        var encodings = Masked(squashed, mask);
        var (directions, norms) = ((float[])[.. encodings], new float[text.Count]);
        for (var i = 0; i < text.Count; i++)
        {
            var direction = directions.AsSpan(i * width, width);
            norms[i] = TensorPrimitives.Norm<float>(direction);
            if (norms[i] > 0)
            {
                TensorPrimitives.Divide(direction, norms[i], direction);
            }
        }

        return new Encoded(text, padded, squashed, mask, encodings, directions, norms);
    }

    private void Back(Encoded text, Block context, Noise? noise, float[] gradient)
    {
        var paddedGradient = new float[text.Padded.Length];
        for (var i = 0; i < text.Text.Count; i++)
        {
            var part = new Range(i * width, (i + 1) * width);
            var change = text.Gradient.AsSpan(part);
            if (text.Norms[i] > 0)
            {
                // A direction changes only across itself.
                var direction = text.Directions.AsSpan(part);
                var turn = text.DirectionGradient.AsSpan(part);
                AddTo(change, turn, 1 / text.Norms[i]);
                AddTo(change, direction, -TensorPrimitives.Dot<float>(direction, turn) / text.Norms[i]);
            }

            if (text.Mask is not null)
            {
                TensorPrimitives.Multiply(change, text.Mask.AsSpan(part), change);
            }

            var squashed = text.Squashed.AsSpan(part);
            for (var k = 0; k < width; k++)
            {
                change[k] *= 1 - (squashed[k] * squashed[k]);
            }

            context.Back(Values, gradient, text.Padded.AsSpan(i * width, 3 * width), change, paddedGradient.AsSpan(i * width, 3 * width));
            AddTo(paddedGradient.AsSpan((i + 1) * width, width), change);
        }

        for (var i = 0; i < text.Text.Count; i++)
        {
            var word = paddedGradient.AsSpan((i + 1) * width, width);
            if (text.Text.Context is not null && noise?.IsForeign is not true)
            {
                projection.Back(Values, gradient, text.Text.InContext(i), word, []);
            }

            AddTo(shapeVectors.Row(gradient, text.Text.Shape(i)), word);
        }
    }

    private Pair Judge(Encoded question, Encoded sentence, ExampleSentence example, Noise? noise)
    {
        var input = new float[(4 * hidden) + AnswerNetwork.Features];
        example.Features.CopyTo(input, 4 * hidden);
        Comparison? ofQuestion = null, ofSentence = null;
        var (rows, columns) = (sentence.Text.Count, question.Text.Count);
        if (rows > 0 && columns > 0)
        {
            var (bySentence, byQuestion) = (new float[rows * columns], new float[rows * columns]);
            for (var s = 0; s < rows; s++)
            {
                for (var q = 0; q < columns; q++)
                {
                    var attention = (Values[sharpness.Start] * TensorPrimitives.Dot(sentence.Direction(s), question.Direction(q)))
                        + (example.Same[s] == q ? Values[sameWord.Start] : 0);
                    bySentence[(s * columns) + q] = attention;
                    byQuestion[(q * rows) + s] = attention;
                }
            }

            ofQuestion = Compare(question, sentence, byQuestion, example.IsInSentence, questionComparison, input.AsSpan(0, 2 * hidden));
            ofSentence = Compare(sentence, question, bySentence, [.. example.Same.Select(same => same >= 0)], sentenceComparison, input.AsSpan(2 * hidden, 2 * hidden));
        }

        var mask = noise?.Mask(input.Length);
        input = Masked(input, mask);
        var judged = new float[hidden];
        judgement.Apply(Values, input, judged);
        TensorPrimitives.Max(judged, 0, judged);
        Span<float> logit = stackalloc float[2];
        verdict.Apply(Values, judged, logit[..1]);
        weighing.Apply(Values, example.Features, logit[1..]);
        return new Pair(example, sentence, ofQuestion, ofSentence, input, mask, judged, logit[0] + logit[1]);
    }

    private void Back(Pair pair, Encoded question, float pull, float[] gradient)
    {
        var (judgedGradient, inputGradient) = (new float[hidden], new float[pair.Input.Length]);
        weighing.Back(Values, gradient, pair.Example.Features, [pull], []);
        verdict.Back(Values, gradient, pair.Judged, [pull], judgedGradient);
        BackThroughZero(judgedGradient, pair.Judged);
        judgement.Back(Values, gradient, pair.Input, judgedGradient, inputGradient);
        if (pair.OfQuestion is null || pair.OfSentence is null)
        {
            return;
        }

        inputGradient = Masked(inputGradient, pair.Mask);
        var byQuestion = Back(pair.OfQuestion, inputGradient.AsSpan(0, 2 * hidden), questionComparison, gradient);
        var bySentence = Back(pair.OfSentence, inputGradient.AsSpan(2 * hidden, 2 * hidden), sentenceComparison, gradient);
        var (rows, columns) = (pair.Sentence.Text.Count, question.Text.Count);
        for (var s = 0; s < rows; s++)
        {
            for (var q = 0; q < columns; q++)
            {
                var change = bySentence[(s * columns) + q] + byQuestion[(q * rows) + s];
                var one = pair.Sentence.Direction(s);
                var other = question.Direction(q);
                gradient[sharpness.Start] += change * TensorPrimitives.Dot(one, other);
                gradient[sameWord.Start] += pair.Example.Same[s] == q ? change : 0;
                AddTo(pair.Sentence.DirectionGradient.AsSpan(s * width, width), other, change * Values[sharpness.Start]);
                AddTo(question.DirectionGradient.AsSpan(q * width, width), one, change * Values[sharpness.Start]);
            }
        }
    }

    /// <summary>Every word of one text against the words of the other that it resembles; means and maxima go into <paramref name="pooled"/>.</summary>
    private Comparison Compare(Encoded text, Encoded other, float[] attention, bool[] isInOther, Block layer, Span<float> pooled)
    {
        var (count, others, size) = (text.Text.Count, other.Text.Count, layer.Columns);
        var (inputs, outputs, best) = (new float[count * size], new float[count * hidden], new int[hidden]);
        for (var i = 0; i < count; i++)
        {
            var weights = attention.AsSpan(i * others, others);
            TensorPrimitives.SoftMax(weights, weights);
            var input = inputs.AsSpan(i * size, size);
            var aligned = input.Slice(width, width);
            text.Encoding(i).CopyTo(input);
            for (var k = 0; k < others; k++)
            {
                AddTo(aligned, other.Encoding(k), weights[k]);
            }

            TensorPrimitives.Multiply(text.Encoding(i), aligned, input.Slice(2 * width, width));
            input[^3] = isInOther[i] ? 1 : 0;
            input[^2] = text.Text.Idf(i);
            input[^1] = isInOther[i] ? text.Text.Idf(i) : 0;
        }

        for (var i = 0; i < count; i++)
        {
            var output = outputs.AsSpan(i * hidden, hidden);
            layer.Apply(Values, inputs.AsSpan(i * size, size), output);
            TensorPrimitives.Max(output, 0, output);
            AddTo(pooled[..hidden], output, 1f / count);
            for (var k = 0; k < hidden; k++)
            {
                best[k] = output[k] > pooled[hidden + k] ? i : best[k];
            }

            TensorPrimitives.Max(pooled[hidden..], output, pooled[hidden..]);
        }

        return new Comparison(text, other, attention, inputs, outputs, best);
    }

    /// <summary>Returns what every attention adds.</summary>
    private float[] Back(Comparison comparison, ReadOnlySpan<float> pooledGradient, Block layer, float[] gradient)
    {
        var (text, other, size) = (comparison.Text, comparison.Other, layer.Columns);
        var (count, others) = (text.Text.Count, other.Text.Count);
        var attentionGradient = new float[count * others];
        Span<float> change = stackalloc float[hidden];
        Span<float> inputGradient = stackalloc float[size];
        for (var i = 0; i < count; i++)
        {
            for (var k = 0; k < hidden; k++)
            {
                change[k] = (pooledGradient[k] / count) + (comparison.Best[k] == i ? pooledGradient[hidden + k] : 0);
            }

            BackThroughZero(change, comparison.Outputs.AsSpan(i * hidden, hidden));
            inputGradient.Clear();
            layer.Back(Values, gradient, comparison.Inputs.AsSpan(i * size, size), change, inputGradient);

            var ownGradient = text.Gradient.AsSpan(i * width, width);
            var alignedGradient = inputGradient.Slice(width, width);
            var productGradient = inputGradient.Slice(2 * width, width);
            AddTo(ownGradient, inputGradient[..width]);
            TensorPrimitives.MultiplyAdd(productGradient, comparison.Inputs.AsSpan(i * size, size).Slice(width, width), ownGradient, ownGradient);
            TensorPrimitives.MultiplyAdd(productGradient, text.Encoding(i), alignedGradient, alignedGradient);
            var weights = comparison.Weights.AsSpan(i * others, others);
            var weightGradient = attentionGradient.AsSpan(i * others, others);
            for (var k = 0; k < others; k++)
            {
                weightGradient[k] = TensorPrimitives.Dot(alignedGradient, other.Encoding(k));
                AddTo(other.Gradient.AsSpan(k * width, width), alignedGradient, weights[k]);
            }

            TensorPrimitives.Subtract(weightGradient, TensorPrimitives.Dot<float>(weights, weightGradient), weightGradient);
            TensorPrimitives.Multiply(weightGradient, weights, weightGradient);
        }

        return attentionGradient;
    }

    /// <summary>What was cut off at zero changes nothing.</summary>
    private static void BackThroughZero(Span<float> gradient, ReadOnlySpan<float> outputs)
    {
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] = outputs[i] > 0 ? gradient[i] : 0;
        }
    }

    private static float[] Masked(float[] values, float[]? mask)
    {
        if (mask is null)
        {
            return values;
        }

        var masked = new float[values.Length];
        TensorPrimitives.Multiply(values, mask, masked);
        return masked;
    }

    private static void AddTo(Span<float> sum, ReadOnlySpan<float> values, float weight = 1) => TensorPrimitives.MultiplyAdd(values, weight, sum, sum);

    /// <summary>Parameters that belong together: rows, then a bias for each where there are any.</summary>
    internal sealed record Block(string Name, int Start, int Rows, int Columns, bool HasBias)
    {
        public int End => Start + (Rows * Columns) + (HasBias ? Rows : 0);

        public Span<float> All(float[] values) => values.AsSpan(Start..End);

        public Span<float> Row(float[] values, int row) => values.AsSpan(Start + (row * Columns), Columns);

        public ref float Bias(float[] values, int row) => ref values[Start + (Rows * Columns) + row];

        public void Apply(float[] values, ReadOnlySpan<float> input, Span<float> output)
        {
            for (var row = 0; row < Rows; row++)
            {
                output[row] = (HasBias ? Bias(values, row) : 0) + TensorPrimitives.Dot(Row(values, row), input);
            }
        }

        /// <summary>Adds what the parameters and the input add; nothing is asked about an input when its gradient is empty.</summary>
        public void Back(float[] values, float[] gradient, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
        {
            for (var row = 0; row < Rows; row++)
            {
                if (outputGradient[row] == 0)
                {
                    continue;
                }

                if (HasBias)
                {
                    Bias(gradient, row) += outputGradient[row];
                }

                AddTo(Row(gradient, row), input, outputGradient[row]);
                if (!inputGradient.IsEmpty)
                {
                    AddTo(inputGradient, Row(values, row), outputGradient[row]);
                }
            }
        }
    }

    /// <summary>A text that was read, with what is needed to go back through it.</summary>
    private sealed record Encoded(ExampleText Text, float[] Padded, float[] Squashed, float[]? Mask, float[] Encodings, float[] Directions, float[] Norms)
    {
        private int Width => Text.Count == 0 ? 0 : Encodings.Length / Text.Count;

        public float[] Gradient { get; } = new float[Encodings.Length];

        public float[] DirectionGradient { get; } = new float[Encodings.Length];

        public ReadOnlySpan<float> Encoding(int word) => Encodings.AsSpan(word * Width, Width);

        public ReadOnlySpan<float> Direction(int word) => Directions.AsSpan(word * Width, Width);
    }

    /// <summary>The words of one text held against the other.</summary>
    private sealed record Comparison(Encoded Text, Encoded Other, float[] Weights, float[] Inputs, float[] Outputs, int[] Best);

    /// <summary>A sentence that was judged.</summary>
    private sealed record Pair(
        ExampleSentence Example, Encoded Sentence, Comparison? OfQuestion, Comparison? OfSentence, float[] Input, float[]? Mask, float[] Judged, float Logit);
}

/// <summary>What is left out of a network while it learns, so that nothing rests on one value alone. Drawn by SplitMix64, 16 bits a value.</summary>
/// <param name="seed">Of what is drawn.</param>
/// <param name="share">Share of values that are left out.</param>
/// <param name="foreign">How likely it is that the words are not understood at all.</param>
internal sealed class Noise(ulong seed, double share, double foreign)
{
    private readonly uint threshold = (uint)(share * 65536);
    private readonly float kept = (float)(1 / (1 - share));
    private ulong state = seed * 0xD1342543DE82EF95;

    /// <summary>Whether the words mean nothing, as those of a language that the network does not know.</summary>
    public bool IsForeign { get; } = (Mix(seed * 0xD1342543DE82EF95) & 0xFFFF) < (uint)(foreign * 65536);

    /// <summary>Zero for what is left out; for the rest what makes up for it.</summary>
    public float[] Mask(int length)
    {
        var mask = new float[length];
        var bits = 0UL;
        for (var i = 0; i < length; i++)
        {
            bits = i % 4 == 0 ? Next() : bits >> 16;
            mask[i] = (bits & 0xFFFF) < threshold ? 0 : kept;
        }

        return mask;
    }

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        return Mix(state);
    }

    private static ulong Mix(ulong value)
    {
        var z = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
