using System.Globalization;
using System.Numerics.Tensors;
using Assistant.Core.Answering;
using Assistant.Core.Embeddings;
using Assistant.Core.Retrieval;

namespace Assistant.Evaluation;

/// <summary>
/// Trains <see cref="AnswerNetwork"/> to tell the sentences that answer a question from the best of the others by their features, and
/// from no answer at all: AdamW (Loshchilov and Hutter, 2019) with dropout, of which the moving average of the parameters is kept.
/// Deterministic, whatever the number of processors.
/// </summary>
internal static class NetworkTraining
{
    /// <summary>Sentences of a question that are learned from.</summary>
    private const int Sentences = 8;

    /// <summary>Of these, how many at most that answer.</summary>
    private const int Answering = 3;

    /// <summary>Trains a network on sets and describes it as its file.</summary>
    public static async Task<byte[]> FitAsync(IReadOnlyList<string> paths, TextWriter log, CancellationToken cancellationToken)
    {
        var reader = new ExampleReader(AnswerNetwork.Shared.FunctionWords);
        var examples = new List<NetworkExample>();
        foreach (var path in paths)
        {
            var before = examples.Count;
            var questions = SelectionSet.IsAt(path) ? SelectionAsync(path, cancellationToken) : RetrievalAsync(path, cancellationToken);
            await foreach (var (question, sentences) in questions)
            {
                NetworkSentence[] chosen = [.. sentences.Where(sentence => sentence.Answers).Take(Answering)];
                chosen = [.. chosen, .. sentences.Where(sentence => !sentence.Answers).Take(Sentences - chosen.Length)];
                if (chosen is [{ Answers: true }, ..])
                {
                    examples.Add(reader.Read(
                        NetworkWords.OfQuestion(question),
                        [.. chosen.Select(sentence => (sentence.Sentence.Sentence.Analyzed.NetworkWords, sentence.Sentence.NetworkInput, sentence.Answers))]));
                }
            }

            await log.WriteLineAsync($"{DataSet.ShortName(path)}: {examples.Count - before} questions.");
        }

        return Train(examples, reader.FunctionWords, new NetworkPlan(), log);
    }

    /// <summary>Trains a network on examples and describes it as its file.</summary>
    public static byte[] Train(IReadOnlyList<NetworkExample> examples, IReadOnlyList<string> functionWords, NetworkPlan plan, TextWriter log)
    {
        var random = new Random(plan.Seed);
        var network = new TrainableNetwork(plan.Width, plan.Hidden, functionWords, random);
        var size = network.Values.Length;
        var (first, second, average) = (new float[size], new float[size], (float[])[.. network.Values]);
        var batch = Math.Min(plan.Batch, examples.Count);
        // A gradient for each question, added up in their order: sums of floating-point numbers depend on it.
        var gradients = Enumerable.Range(0, batch).Select(_ => new float[size]).ToArray();
        var costs = new double[batch];
        var total = plan.Schedule * (examples.Count / batch);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var step = 0;
        for (var epoch = 0; epoch < plan.Epochs; epoch++)
        {
            random.Shuffle(order);
            var (sum, steps) = (0.0, examples.Count / batch);
            for (var i = 0; i < steps; i++, step++)
            {
                var from = i * batch;
                Parallel.For(0, batch, slot =>
                {
                    Array.Clear(gradients[slot]);
                    costs[slot] = network.Cost(examples[order[from + slot]], gradients[slot], new Noise((ulong)((step * (long)batch) + slot + 1), plan.Dropout));
                });
                var gradient = gradients[0];
                foreach (var other in gradients.Skip(1))
                {
                    TensorPrimitives.Add(gradient, other, gradient);
                }

                // The mean, made shorter where it is long.
                TensorPrimitives.Multiply(gradient, 1f / batch, gradient);
                TensorPrimitives.Multiply(gradient, Math.Min(1, plan.LongestGradient / (TensorPrimitives.Norm<float>(gradient) + 1e-6f)), gradient);
                Move(network.Values, gradient, first, second, plan, step, total);
                TensorPrimitives.Lerp(average, network.Values, 1 - plan.Average, average);
                sum += costs.Sum() / batch;
            }

            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch + 1}: cost {sum / steps:0.0000}."));
        }

        return network.ToFile(average);
    }

    /// <summary>One step of AdamW.</summary>
    private static void Move(float[] values, float[] gradient, float[] first, float[] second, NetworkPlan plan, int step, int total)
    {
        const float FirstDecay = 0.9f;
        const float SecondDecay = 0.999f;
        var rate = plan.Rate * Math.Min(1, (step + 1f) / plan.WarmUp) * Math.Max(0.05f, 1 - ((float)step / total));
        var (firstScale, secondScale) = (1 / (1 - MathF.Pow(FirstDecay, step + 1)), 1 / (1 - MathF.Pow(SecondDecay, step + 1)));
        for (var i = 0; i < values.Length; i++)
        {
            first[i] = (FirstDecay * first[i]) + ((1 - FirstDecay) * gradient[i]);
            second[i] = (SecondDecay * second[i]) + ((1 - SecondDecay) * gradient[i] * gradient[i]);
            values[i] -= rate * ((plan.WeightDecay * values[i]) + (first[i] * firstScale / (MathF.Sqrt(second[i] * secondScale) + 1e-8f)));
        }
    }

    private static async IAsyncEnumerable<(string Question, IReadOnlyList<NetworkSentence> Sentences)> RetrievalAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var set = DataSet.Load(path);
        var corpus = Directory.CreateTempSubdirectory("assistant-corpus-").FullName;
        set.WriteCorpus(corpus);
        await using var bench = await Workbench.OpenAsync(corpus, cancellationToken);
        foreach (var query in set.Queries)
        {
            var ranked = SentenceRanker.RankByFeatures(await bench.Retriever.RetrieveAsync(new StandaloneQuestion(query.Text), null, cancellationToken));
            yield return (query.Text, [.. ranked.Select(sentence =>
                new NetworkSentence(sentence, query.Answers.Any(answer => sentence.Text.Contains(answer, StringComparison.OrdinalIgnoreCase))))]);
        }

        Directory.Delete(corpus, recursive: true);
    }

    private static async IAsyncEnumerable<(string Question, IReadOnlyList<NetworkSentence> Sentences)> SelectionAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (question, paragraphs, evidence) in SelectionRun.EvidenceAsync(SelectionSet.Load(path), [], cancellationToken))
        {
            var ranked = SentenceRanker.RankByFeatures(evidence, int.MaxValue);
            yield return (question.Text, [.. SelectionRun.Best(paragraphs, ranked)
                .Zip(question.Candidates)
                .Where(pair => pair.First is not null)
                .Select(pair => new NetworkSentence(pair.First!, pair.Second.Answers))
                .OrderByDescending(sentence => sentence.Sentence.Score)]);
        }
    }

    private sealed record NetworkSentence(RankedSentence Sentence, bool Answers);
}

/// <summary>How a network is trained.</summary>
internal sealed record NetworkPlan
{
    /// <summary>Of 1, 2 and 3 the one that does best on the development parts of TREC QA and WikiQA together.</summary>
    public int Seed { get; init; } = 2;

    /// <summary>Width of an encoding.</summary>
    public int Width { get; init; } = 48;

    /// <summary>Width of a comparison.</summary>
    public int Hidden { get; init; } = 32;

    /// <summary>How often every question is seen.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>How often it would be until the rate of learning has come down: the average is best before.</summary>
    public int Schedule { get; init; } = 4;

    /// <summary>Questions of a step.</summary>
    public int Batch { get; init; } = 24;

    public float Rate { get; init; } = 2e-3f;

    /// <summary>Steps until the rate is reached.</summary>
    public int WarmUp { get; init; } = 200;

    /// <summary>Share of the values of encodings, and of what is judged, that are left out.</summary>
    public double Dropout { get; init; } = 0.2;

    public float WeightDecay { get; init; } = 1e-3f;

    public float LongestGradient { get; init; } = 1;

    /// <summary>How much of the moving average stays in a step.</summary>
    public float Average { get; init; } = 0.998f;
}

/// <summary>A question with some sentences, as numbers.</summary>
/// <param name="Words">All words of its texts: number of its function (0 for none), and direction where the sentence table has it.</param>
/// <param name="Question">The question.</param>
/// <param name="Sentences">The sentences.</param>
internal sealed record NetworkExample((int Function, float[]? Direction)[] Words, ExampleText Question, ExampleSentence[] Sentences);

/// <summary>A text: for each word its number in the example, its shape, and its idf as the network gets it.</summary>
internal sealed record ExampleText(int[] Words, int[] Shapes, float[] Idfs)
{
    public int Count => Words.Length;
}

/// <summary>A sentence of an example.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Same">For each word where the question has it first; negative where it has not.</param>
/// <param name="IsInSentence">For each word of the question whether the sentence has it.</param>
/// <param name="Features">What the network is told beside.</param>
/// <param name="Answers">Whether it answers.</param>
internal sealed record ExampleSentence(ExampleText Text, int[] Same, bool[] IsInSentence, float[] Features, bool Answers);

/// <summary>Makes examples of texts.</summary>
internal sealed class ExampleReader(IReadOnlyList<string> functionWords)
{
    private readonly Dictionary<string, int> functions = functionWords.Index().ToDictionary(word => word.Item, word => word.Index + 1, StringComparer.Ordinal);
    private readonly Dictionary<string, float[]?> directions = new(StringComparer.Ordinal);

    public IReadOnlyList<string> FunctionWords => functionWords;

    public NetworkExample Read(NetworkWords question, IReadOnlyList<(NetworkWords Words, float[] Features, bool Answers)> sentences)
    {
        var numbers = new Dictionary<(string Term, bool IsStopword), int>();
        var words = new List<(int Function, float[]? Direction)>();
        var asked = Text(question);
        ExampleSentence[] read =
        [
            .. sentences.Select(sentence => new ExampleSentence(
                Text(sentence.Words),
                [.. sentence.Words.Terms.Select(question.IndexOf)],
                [.. question.Terms.Select(term => sentence.Words.IndexOf(term) >= 0)],
                sentence.Features,
                sentence.Answers)),
        ];
        return new NetworkExample([.. words], asked, read);

        ExampleText Text(NetworkWords text) => new(
            [.. text.Terms.Zip(text.IsStopword, Number)],
            [.. text.Shapes.Select(shape => (int)shape)],
            [.. text.Idfs.Select(idf => idf / AnswerNetwork.IdfScale)]);

        int Number(string term, bool isStopword)
        {
            if (!numbers.TryGetValue((term, isStopword), out var number))
            {
                numbers[(term, isStopword)] = number = words.Count;
                words.Add((functions.GetValueOrDefault(term), isStopword ? null : DirectionOf(term)));
            }

            return number;
        }
    }

    private float[]? DirectionOf(string term)
    {
        if (!directions.TryGetValue(term, out var direction))
        {
            directions[term] = direction = SentenceTable.Shared.DirectionOf(term);
        }

        return direction;
    }
}
