using System.Globalization;
using Assistant.Core.Answering;

namespace Assistant.Evaluation;

/// <summary>
/// Fits the weights of the sentence ranker by pairwise logistic regression: of two sentences for one question, the one that answers
/// has to score higher. Golden questions give the weights for questions in other words that are not understood, beside what the
/// network already says. Deterministic.
/// </summary>
internal static class SentenceTraining
{
    private const int MostPairsPerQuestion = 60;
    private const double Regularisation = 1e-3;

    /// <summary>Cost of a squared weight for questions in other words, beside the mean cost of a question.</summary>
    private const double OtherWordsRegularisation = 2e-3;

    /// <summary>Fits the weights and describes them as their file.</summary>
    public static async Task<string> FitAsync(IReadOnlyList<string> paths, string corpus, CancellationToken cancellationToken)
    {
        var (pairs, inOtherWords) = (new List<LogisticExample>(), new List<LogisticExample>());
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
                    var read = question.Sentences.Where(sentence => sentence.Ranked.Judgement is not null).ToList();
                    Add(pairs, read);
                    AddBeside(inOtherWords, read);
                }
            }
        }

        var first = Logistic.Fit(pairs, Regularisation);
        // Only the order matters there, so the weights are scaled to a readable size: absolute values add up to 1.
        var scale = first.Sum(Math.Abs);
        var second = Logistic.Fit(inOtherWords, OtherWordsRegularisation);
        var lines = SentenceWeights.Names.Select((name, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{name} {(i < first.Length ? first[i] / scale : 0):0.0000} {second[i]:0.0000}"));
        return "# Weights of the sentence ranker: pairwise logistic regression, fitted by the evaluation program's command `train sentences` on\n"
            + $"# {string.Join(", ", paths.Select(DataSet.ShortName))}.\n"
            + "# First for a question in the words of the documents, then for one in other words that are not understood.\n"
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

    /// <summary>
    /// The same as far as the question is in other words, with what the network says as known; and against no answer at all, so that
    /// the odds mean something. How alike both are is weighed too, for features are not to get what is due to that, but not kept: of
    /// words that are not understood it is not known.
    /// </summary>
    private static void AddBeside(List<LogisticExample> examples, List<(RankedSentence Ranked, bool Answers)> sentences)
    {
        if (!sentences.Exists(sentence => sentence.Answers))
        {
            return;
        }

        var inItsWords = sentences[0].Ranked.InItsWords;
        var looked = sentences
            .Select(sentence => (
                Values: (double[])[.. sentence.Ranked.Features.Append(1).Append(sentence.Ranked.Judgement!.Value.Likeness).Select(value => (1 - inItsWords) * value)],
                Known: inItsWords * sentence.Ranked.Judgement!.Value.Logit,
                sentence.Answers))
            .ToLookup(sentence => sentence.Answers);
        var (good, bad) = (looked[true].ToList(), looked[false].ToList());
        examples.AddRange(from one in good
                          from other in bad
                          select new LogisticExample(Difference(one.Values, other.Values), true, 1.0 / (good.Count * bad.Count)) { Known = one.Known - other.Known });
        examples.AddRange(good.Select(one => new LogisticExample(one.Values, true, 1.0 / good.Count) { Known = one.Known }));
        examples.AddRange(bad.Select(other => new LogisticExample(other.Values, false, 1.0 / bad.Count) { Known = other.Known }));
    }

    private static double[] Difference(double[] one, double[] other) => [.. one.Zip(other, (left, right) => left - right)];
}
