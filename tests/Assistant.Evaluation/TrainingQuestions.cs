using System.Runtime.CompilerServices;
using Assistant.Core.Answering;
using Assistant.Core.Retrieval;

namespace Assistant.Evaluation;

/// <summary>The questions of a set with the sentences that a ranker finds for them, and whether those answer: what is learned from.</summary>
internal static class TrainingQuestions
{
    /// <summary>Parts of the golden sets: weights are fitted once for each.</summary>
    private const int MostParts = 6;

    /// <summary>Ranks the sentences of so many of the best passages of the evidence.</summary>
    public delegate IReadOnlyList<RankedSentence> Ranker(Evidence evidence, int passages);

    /// <summary>Whether a set has golden questions.</summary>
    public static bool IsGolden(string path) => File.Exists(Path.Combine(path, "golden.jsonl"));

    /// <summary>The golden sets among some in parts, to be judged by weights that were fitted without them; none when there are fewer than two.</summary>
    public static IEnumerable<IReadOnlyList<string>> Parts(IEnumerable<string> paths)
    {
        var golden = paths.Distinct().Where(IsGolden).ToList();
        return golden.Count < 2 ? [] : golden.Index().GroupBy(set => set.Index % MostParts, (_, part) => part.Select(set => set.Item).ToList());
    }

    /// <summary>Questions of a golden set, a retrieval set or a table of sentences.</summary>
    /// <param name="path">The set.</param>
    /// <param name="corpus">What a golden set asks about that has no corpus of its own.</param>
    /// <param name="rank">Ranks sentences.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static IAsyncEnumerable<TrainingQuestion> ReadAsync(string path, string corpus, Ranker rank, CancellationToken cancellationToken) =>
        IsGolden(path) ? GoldenAsync(path, corpus, rank, cancellationToken)
        : SelectionSet.IsAt(path) ? SelectionAsync(path, rank, cancellationToken)
        : RetrievalAsync(path, rank, cancellationToken);

    private static async IAsyncEnumerable<TrainingQuestion> GoldenAsync(
        string path, string corpus, Ranker rank, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var bench = await Workbench.OpenAsync(GoldenRun.CorpusOf(path, corpus), cancellationToken);
        foreach (var golden in DataSet.Lines<GoldenQuestion>(Path.Combine(path, "golden.jsonl")))
        {
            UnseenNetworks.ReadFor(path, golden.Question);
            var evidence = await bench.Retriever.RetrieveAsync(golden.Standalone(), null, cancellationToken);
            yield return new TrainingQuestion(
                evidence.Question.Display,
                evidence.Analysis.Language,
                golden.Answerable,
                golden.NeedsAll,
                [.. rank(evidence, SentenceRanker.Passages).Select(ranked => (ranked, golden.Gold.Any(gold => GoldenRun.Says(ExtractiveAnswerer.OnOneLine(ranked.Text), gold))))]);
        }
    }

    private static async IAsyncEnumerable<TrainingQuestion> RetrievalAsync(string path, Ranker rank, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var set = DataSet.Load(path);
        await using var bench = await Workbench.OpenAsync(set, [], cancellationToken);
        foreach (var query in set.Queries)
        {
            UnseenNetworks.ReadFor(path, query.Text);
            var evidence = await bench.Retriever.RetrieveAsync(new StandaloneQuestion(query.Text), null, cancellationToken);
            yield return new TrainingQuestion(
                query.Text,
                evidence.Analysis.Language,
                true,
                false,
                [.. rank(evidence, SentenceRanker.Passages).Select(ranked => (ranked, query.Answers.Any(answer => ranked.Text.Contains(answer, StringComparison.OrdinalIgnoreCase))))]);
        }
    }

    private static async IAsyncEnumerable<TrainingQuestion> SelectionAsync(string path, Ranker rank, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (question, paragraphs, evidence) in SelectionRun.EvidenceAsync(SelectionSet.Load(path), [], cancellationToken))
        {
            UnseenNetworks.ReadFor(path, question.Text);
            yield return new TrainingQuestion(
                question.Text,
                evidence.Analysis.Language,
                true,
                false,
                [.. SelectionRun.Best(paragraphs, rank(evidence, int.MaxValue))
                    .Zip(question.Candidates)
                    .Where(pair => pair.First is not null)
                    .Select(pair => (Sentence: pair.First!, pair.Second.Answers))
                    .OrderByDescending(pair => pair.Sentence.Score)]);
        }
    }
}

/// <summary>A question with sentences.</summary>
/// <param name="Text">The question, as it is searched for.</param>
/// <param name="Language">ISO 639-1 code of its language; null when it is not known.</param>
/// <param name="IsAnswered">Whether the documents answer it, with sentences that were found or with others.</param>
/// <param name="NeedsAll">Whether it takes all sentences that answer to answer it; one will do otherwise.</param>
/// <param name="Sentences">Sentences, the best first as they were ranked, and whether each answers.</param>
internal sealed record TrainingQuestion(string Text, string? Language, bool IsAnswered, bool NeedsAll, IReadOnlyList<(RankedSentence Ranked, bool Answers)> Sentences)
{
    /// <summary>Whether something can be learned of these sentences of it: one answers, or the documents do not.</summary>
    public bool IsTold(IEnumerable<(RankedSentence Ranked, bool Answers)> sentences) => !IsAnswered || sentences.Any(sentence => sentence.Answers);
}
