using System.Runtime.CompilerServices;
using Assistant.Core.Answering;
using Assistant.Core.Retrieval;

namespace Assistant.Evaluation;

/// <summary>The questions of a set with the sentences that a ranker finds for them, and whether those answer: what is learned from.</summary>
internal static class TrainingQuestions
{
    /// <summary>Ranks the sentences of so many of the best passages of the evidence.</summary>
    public delegate IReadOnlyList<RankedSentence> Ranker(Evidence evidence, int passages);

    /// <summary>Whether a set has golden questions.</summary>
    public static bool IsGolden(string path) => File.Exists(Path.Combine(path, "golden.jsonl"));

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
        foreach (var golden in DataSet.Lines<GoldenQuestion>(Path.Combine(path, "golden.jsonl")).Where(golden => golden.Answerable))
        {
            var evidence = await bench.Retriever.RetrieveAsync(golden.Standalone(), null, cancellationToken);
            yield return new TrainingQuestion(
                golden.Question,
                [.. rank(evidence, SentenceRanker.Passages).Select(ranked => (ranked, golden.Gold.Any(gold => GoldenRun.Says(ExtractiveAnswerer.OnOneLine(ranked.Text), gold))))]);
        }
    }

    private static async IAsyncEnumerable<TrainingQuestion> RetrievalAsync(string path, Ranker rank, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var set = DataSet.Load(path);
        await using var bench = await Workbench.OpenAsync(set, [], cancellationToken);
        foreach (var query in set.Queries)
        {
            var evidence = await bench.Retriever.RetrieveAsync(new StandaloneQuestion(query.Text), null, cancellationToken);
            yield return new TrainingQuestion(
                query.Text,
                [.. rank(evidence, SentenceRanker.Passages).Select(ranked => (ranked, query.Answers.Any(answer => ranked.Text.Contains(answer, StringComparison.OrdinalIgnoreCase))))]);
        }
    }

    private static async IAsyncEnumerable<TrainingQuestion> SelectionAsync(string path, Ranker rank, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (question, paragraphs, evidence) in SelectionRun.EvidenceAsync(SelectionSet.Load(path), [], cancellationToken))
        {
            yield return new TrainingQuestion(
                question.Text,
                [.. SelectionRun.Best(paragraphs, rank(evidence, int.MaxValue))
                    .Zip(question.Candidates)
                    .Where(pair => pair.First is not null)
                    .Select(pair => (Sentence: pair.First!, pair.Second.Answers))
                    .OrderByDescending(pair => pair.Sentence.Score)]);
        }
    }
}

/// <summary>A question with sentences, the best first as they were ranked, and whether each answers.</summary>
internal sealed record TrainingQuestion(string Text, IReadOnlyList<(RankedSentence Ranked, bool Answers)> Sentences);
