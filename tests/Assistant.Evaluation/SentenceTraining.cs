using System.Globalization;
using Assistant.Core.Answering;
using Assistant.Core.Retrieval;

namespace Assistant.Evaluation;

/// <summary>
/// Fits the weights of the sentence ranker by pairwise logistic regression: of two sentences for one question, the one that answers
/// has to score higher. Deterministic.
/// </summary>
internal static class SentenceTraining
{
    private const int MostPairsPerQuestion = 60;
    private const double Regularisation = 1e-3;

    /// <summary>Fits the weights and describes them as their file.</summary>
    public static async Task<string> FitAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var pairs = new List<LogisticExample>();
        foreach (var path in paths)
        {
            pairs.AddRange(await PairsAsync(path, cancellationToken));
        }

        var weights = Logistic.Fit(pairs, Regularisation);
        // Only the order matters to a ranking, so the weights are scaled to a readable size: absolute values add up to 1.
        var scale = weights.Sum(Math.Abs);
        var lines = SentenceFeatures.Names.Zip(weights, (name, weight) =>
            string.Create(CultureInfo.InvariantCulture, $"{name} {weight / scale:0.0000}"));
        return $"# Weights of the sentence ranker: pairwise logistic regression, fitted by the evaluation program's command `train sentences` on\n# {string.Join(", ", paths.Select(DataSet.ShortName))}.\n"
            + string.Join('\n', lines) + "\n";
    }

    /// <summary>Differences of features, the answering sentence's minus the other's, with a weight so that every question counts alike.</summary>
    private static async Task<List<LogisticExample>> PairsAsync(string path, CancellationToken cancellationToken)
    {
        var pairs = new List<LogisticExample>();
        if (SelectionSet.IsAt(path))
        {
            await foreach (var (question, features) in SelectionRun.ScoreAsync(
                SelectionSet.Load(path), ranked => ranked.Features, [], cancellationToken))
            {
                Add([.. features.Zip(question.Candidates, (values, candidate) => (values, candidate.Answers))]);
            }

            return pairs;
        }

        var set = DataSet.Load(path);
        var corpus = Directory.CreateTempSubdirectory("assistant-corpus-").FullName;
        set.WriteCorpus(corpus);
        await using var bench = await Workbench.OpenAsync(corpus, cancellationToken);
        foreach (var query in set.Queries.Where(query => query.Answerable && query.Answers.Count > 0))
        {
            var evidence = await bench.Retriever.RetrieveAsync(new StandaloneQuestion(query.Text), null, cancellationToken);
            var relevant = set.Grades[query.Id];
            Add([.. SentenceRanker.Rank(evidence).Select(ranked => (
                ranked.Features,
                relevant.ContainsKey(Path.GetFileNameWithoutExtension(ranked.Passage.DocumentId))
                    && query.Answers.Any(answer => ranked.Text.Contains(answer, StringComparison.OrdinalIgnoreCase))))]);
        }

        Directory.Delete(corpus, recursive: true);
        return pairs;

        void Add(IReadOnlyList<(double[] Features, bool Answers)> sentences)
        {
            var all = sentences.Where(sentence => sentence.Features.Length > 0).ToList();
            var chosen = (from good in all
                          where good.Answers
                          from bad in all
                          where !bad.Answers
                          select Enumerable.Range(0, good.Features.Length).Select(i => good.Features[i] - bad.Features[i]).ToArray()).ToList();
            var step = Math.Max(1, chosen.Count / MostPairsPerQuestion);
            var kept = chosen.Where((_, i) => i % step == 0).ToList();
            pairs.AddRange(kept.Select(difference => new LogisticExample(difference, true, 1.0 / kept.Count)));
        }
    }
}
