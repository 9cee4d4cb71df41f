using System.Globalization;
using System.Numerics.Tensors;
using Assistant.Core.Answering;
using Assistant.Core.Embeddings;

namespace Assistant.Evaluation;

/// <summary>
/// Trains <see cref="AnswerNetwork"/> to tell the sentences that answer a question from the best of the others by their features, and
/// from no answer at all: <see cref="AdamW"/> with dropout, of which the moving average of the parameters is kept.
/// Deterministic, whatever the number of processors.
/// </summary>
internal static class NetworkTraining
{
    /// <summary>Sentences of a question that are learned from.</summary>
    private const int Sentences = 20;

    /// <summary>Of these, how many at most that answer.</summary>
    private const int Answering = 3;

    /// <summary>How often a golden question is seen where a public one is seen once: few others are in other words than the documents, or without an answer.</summary>
    private const int Golden = 4;

    /// <summary>Trains a network on sets and describes it as its file.</summary>
    /// <param name="paths">The sets.</param>
    /// <param name="corpus">What a golden set asks about that has no corpus of its own.</param>
    /// <param name="isLearned">Whether a question of a set is learned from.</param>
    /// <param name="log">Gets a line per set and pass.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<byte[]> FitAsync(
        IReadOnlyList<string> paths, string corpus, Func<string, string, bool> isLearned, TextWriter log, CancellationToken cancellationToken)
    {
        var reader = new ExampleReader();
        var examples = new List<NetworkExample>();
        foreach (var path in paths)
        {
            var before = examples.Count;
            await foreach (var question in TrainingQuestions.ReadAsync(path, corpus, SentenceRanker.RankByFeatures, cancellationToken))
            {
                (RankedSentence Ranked, bool Answers)[] chosen = [.. question.Sentences.Where(sentence => sentence.Answers).Take(Answering)];
                chosen = [.. chosen, .. question.Sentences.Where(sentence => !sentence.Answers).Take(Sentences - chosen.Length)];
                if (chosen.Length > 0 && question.IsTold(chosen) && isLearned(path, question.Text))
                {
                    var example = reader.Read(
                        question.Text, question.Language, [.. chosen.Select(sentence => (sentence.Ranked.AsRead, sentence.Ranked.NetworkInput, sentence.Answers))]);
                    examples.AddRange(Enumerable.Repeat(example, TrainingQuestions.IsGolden(path) ? Golden : 1));
                }
            }

            await log.WriteLineAsync($"{DataSet.ShortName(path)}: {examples.Count - before} questions.");
        }

        return Train(examples, new NetworkPlan(), log);
    }

    /// <summary>Trains a network on examples and describes it as its file.</summary>
    public static byte[] Train(IReadOnlyList<NetworkExample> examples, NetworkPlan plan, TextWriter log)
    {
        var random = new Random(plan.Seed);
        var network = new TrainableNetwork(plan.Width, plan.Hidden, random);
        var size = network.Values.Length;
        var optimizer = new AdamW(size, plan.WeightDecay);
        float[] average = [.. network.Values];
        var batch = Math.Min(plan.Batch, examples.Count);
        // A gradient for each question.
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
                    costs[slot] = network.Cost(examples[order[from + slot]], gradients[slot], new Noise((ulong)((step * (long)batch) + slot + 1), plan.Dropout, plan.Foreign));
                });
                var gradient = AdamW.Sum(gradients);

                // The mean, made shorter where it is long.
                TensorPrimitives.Multiply(gradient, 1f / batch, gradient);
                TensorPrimitives.Multiply(gradient, Math.Min(1, plan.LongestGradient / (TensorPrimitives.Norm<float>(gradient) + 1e-6f)), gradient);
                optimizer.Move(network.Values, gradient, plan.Rate * Math.Min(1, (step + 1f) / plan.WarmUp) * Math.Max(0.05f, 1 - ((float)step / total)));
                TensorPrimitives.Lerp(average, network.Values, 1 - plan.Average, average);
                sum += costs.Sum() / batch;
            }

            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch + 1}: cost {sum / steps:0.0000}."));
        }

        return network.ToFile(average);
    }
}

/// <summary>How a network is trained.</summary>
internal sealed record NetworkPlan
{
    /// <summary>Of 1 to 5 the one that did best on the development parts of TREC QA and WikiQA together.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Width of an encoding.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Width of a comparison.</summary>
    public int Hidden { get; init; } = 48;

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

    /// <summary>Share of the questions that are read as if they were of a language that the network does not know.</summary>
    public double Foreign { get; init; } = 0.1;

    public float WeightDecay { get; init; } = 1e-3f;

    public float LongestGradient { get; init; } = 1;

    /// <summary>How much of the moving average stays in a step.</summary>
    public float Average { get; init; } = 0.998f;
}

/// <summary>A question with some sentences, as numbers.</summary>
internal sealed record NetworkExample(ExampleText Question, ExampleSentence[] Sentences);

/// <summary>A text as numbers.</summary>
/// <param name="Words">Its words.</param>
/// <param name="Context">What they mean where they stand; null in a language that is not understood.</param>
internal sealed record ExampleText(NetworkWords Words, TextInContext? Context)
{
    public int Count => Words.Count;

    /// <summary>What a word means where it stands; nothing in a language that is not understood.</summary>
    public ReadOnlySpan<float> InContext(int word) => Context is null ? [] : Context.Words.AsSpan(word * (Context.Words.Length / Count), Context.Words.Length / Count);

    public int Shape(int word) => (int)Words.Shapes[word];

    /// <summary>Its idf as the network gets it.</summary>
    public float Idf(int word) => Words.Idfs[word] / AnswerNetwork.IdfScale;
}

/// <summary>A sentence of an example.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Same">For each word where the question has it first; negative where it has not.</param>
/// <param name="IsInSentence">For each word of the question whether the sentence has it.</param>
/// <param name="Features">What the network is told beside.</param>
/// <param name="Answers">Whether it answers.</param>
internal sealed record ExampleSentence(ExampleText Text, int[] Same, bool[] IsInSentence, float[] Features, bool Answers);

/// <summary>Makes examples of texts.</summary>
internal sealed class ExampleReader
{
    /// <summary>Sentences that were read: most are learned from with many questions.</summary>
    private readonly Dictionary<(string Text, string? Language), ExampleText> read = [];

    public NetworkExample Read(string question, string? language, IReadOnlyList<(string Text, float[] Features, bool Answers)> sentences)
    {
        var asked = Text(NetworkWords.OfQuestion(question, language));
        return new NetworkExample(asked, [.. sentences.Select(sentence => Sentence(sentence.Text, sentence.Features, sentence.Answers))]);

        ExampleSentence Sentence(string text, float[] features, bool answers)
        {
            if (!read.TryGetValue((text, language), out var sentence))
            {
                read[(text, language)] = sentence = Text(NetworkWords.OfSentence(text, language));
            }

            return new ExampleSentence(
                sentence,
                [.. sentence.Words.Terms.Select(asked.Words.IndexOf)],
                [.. asked.Words.Terms.Select(term => sentence.Words.IndexOf(term) >= 0)],
                [.. features, asked.Context is { } own && sentence.Context is { } its ? TensorPrimitives.Dot<float>(own.Sentence, its.Sentence) : 0],
                answers);
        }

        static ExampleText Text(NetworkWords words) => new(words, words.InContext());
    }
}
