using System.Globalization;
using Assistant.Core.Answering;

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
    public static async Task<string> FitAsync(IReadOnlyList<string> paths, string corpus, CancellationToken cancellationToken)
    {
        var pairs = new List<LogisticExample>();
        foreach (var path in paths)
        {
            if (SelectionSet.IsAt(path))
            {
                await foreach (var (question, ranked) in SelectionRun.ScoreAsync<RankedSentence?>(SelectionSet.Load(path), ranked => ranked, null, cancellationToken))
                {
                    Add(pairs, [.. ranked.Zip(question.Candidates, (sentence, candidate) => (sentence!, candidate.Answers)).Where(pair => pair.Item1 is not null)]);
                }
            }
            else
            {
                await foreach (var question in TrainingQuestions.ReadAsync(path, corpus, SentenceRanker.Rank, cancellationToken))
                {
                    Add(pairs, [.. question.Sentences.Where(sentence => sentence.Ranked.Judgement is not null)]);
                }
            }
        }

        var weights = Logistic.Fit(pairs, Regularisation);
        // Only the order matters, so the weights are scaled to a readable size: absolute values add up to 1.
        var scale = weights.Sum(Math.Abs);
        var lines = SentenceFeatures.Names.Zip(weights, (name, weight) => string.Create(CultureInfo.InvariantCulture, $"{name} {weight / scale:0.0000}"));
        return "# Weights of the sentence ranker: pairwise logistic regression, fitted by the evaluation program's command `train sentences` on\n"
            + $"# {DataSet.Names(paths)}.\n"
            + string.Join('\n', lines) + "\n";
    }

    /// <summary>Differences of features, the answering sentence's minus the other's, so that every question counts alike.</summary>
    private static void Add(List<LogisticExample> pairs, List<(RankedSentence Ranked, bool Answers)> sentences)
    {
        var chosen = (from good in sentences
                      where good.Answers
                      from bad in sentences
                      where !bad.Answers
                      select Difference(good.Ranked.Features, bad.Ranked.Features)).ToList();
        var step = Math.Max(1, chosen.Count / MostPairsPerQuestion);
        var kept = chosen.Where((_, i) => i % step == 0).ToList();
        pairs.AddRange(kept.Select(difference => new LogisticExample(difference, true, 1.0 / kept.Count)));
    }

    private static double[] Difference(double[] one, double[] other) => [.. one.Zip(other, (left, right) => left - right)];
}
