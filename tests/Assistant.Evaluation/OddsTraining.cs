using System.Globalization;
using Assistant.Core.Answering;

namespace Assistant.Evaluation;

/// <summary>
/// Fits <see cref="SentenceOdds"/>: of the sentences that <see cref="AnswerNetwork"/> read for a question and no answer at all, the one that answers is
/// to be the likeliest. Golden questions teach paraphrases; public ones, together as much as those, keep what was right. Deterministic.
/// </summary>
internal static class OddsTraining
{
    private static readonly SignalNetworkPlan Plan = new(Units: 48, Steps: 900, Batches: 10);

    /// <summary>Fits the weights and describes them as their file, with how golden sets are answered that they did not see.</summary>
    public static async Task<string> FitAsync(IReadOnlyList<string> paths, string corpus, CancellationToken cancellationToken)
    {
        var examples = new List<(string Path, SignalExample Example)>();
        foreach (var path in paths)
        {
            await foreach (var question in TrainingQuestions.ReadAsync(path, corpus, SentenceRanker.Rank, cancellationToken))
            {
                var read = question.Sentences.Where(sentence => sentence.Ranked.Judgement is not null).ToList();
                if (question.IsTold(read) && read.Exists(sentence => !sentence.Answers))
                {
                    examples.Add((path, new SignalExample(
                        [.. read.Select(sentence => SentenceOdds.Signals(sentence.Ranked, sentence.Ranked.Judgement!.Value))],
                        [.. read.Select(sentence => sentence.Answers)],
                        1)));
                }
            }
        }

        var (golden, all) = (examples.Count(one => TrainingQuestions.IsGolden(one.Path)), examples.Count);
        if (golden > 0 && golden < all)
        {
            var share = (double)golden / (all - golden);
            examples = [.. examples.Select(one => TrainingQuestions.IsGolden(one.Path) ? one : (one.Path, one.Example with { Importance = share }))];
        }

        return SignalNetworkFit.Describe("How likely a sentence answers that was read", "odds", paths, SentenceOdds.Names, Fit(examples), Unseen(examples));
    }

    private static IReadOnlyList<double[]> Fit(IEnumerable<(string Path, SignalExample Example)> examples)
    {
        // Mixed, so that every batch has some of each set.
        SignalExample[] mixed = [.. examples.Select(one => one.Example)];
        new Random(1).Shuffle(mixed);
        return SignalNetworkFit.Columns(mixed, Plan, (logits, answers) => AnswerCost.Of(logits, answers).Pulls);
    }

    /// <summary>Every golden set answered with weights that were fitted on the others.</summary>
    private static string Unseen(IReadOnlyList<(string Path, SignalExample Example)> examples)
    {
        var places = TrainingQuestions.Parts(examples.Select(one => one.Path)).SelectMany(part =>
        {
            var network = new SignalNetwork(Fit(examples.Where(one => !part.Contains(one.Path))));
            return examples.Where(one => part.Contains(one.Path) && one.Example.IsTrue.Contains(true)).Select(one => PlaceOfAnswer(network, one.Example));
        }).ToList();
        return places.Count == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $"# Golden questions whose answer is first, and among the first three, every set by weights fitted without it: {places.Average(place => place < 1 ? 1.0 : 0):0.000}, {places.Average(place => place < 3 ? 1.0 : 0):0.000}.\n");
    }

    /// <summary>How many sentences stand before the first that answers.</summary>
    private static int PlaceOfAnswer(SignalNetwork network, SignalExample example)
    {
        var odds = example.Signals.Select(network.Odds).ToArray();
        var best = odds.Where((_, i) => example.IsTrue[i]).Max();
        return odds.Count(other => other > best);
    }
}
