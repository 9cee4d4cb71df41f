using Assistant.Core.Answering;

namespace Assistant.Evaluation;

/// <summary>
/// Fits <see cref="FurtherSentences"/>: beside the sentences chosen before, one is needed that answers, when all are needed that do or none was chosen
/// yet. Answers are built up sentence by sentence, as the product does, mostly with what is needed, sometimes with what only seemed to be. Deterministic.
/// </summary>
internal static class FurtherTraining
{
    /// <summary>How often an answer goes on with a sentence that is needed, where there is one.</summary>
    private const double Rightly = 0.7;

    private static readonly SignalNetworkPlan Plan = new(Units: 24, Steps: 1500, Batches: 16);

    /// <summary>Fits the weights and describes them as their file.</summary>
    public static async Task<string> FitAsync(IReadOnlyList<string> paths, string corpus, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var examples = new List<SignalExample>();
        foreach (var path in paths)
        {
            await foreach (var question in TrainingQuestions.ReadAsync(path, corpus, SentenceRanker.Rank, cancellationToken))
            {
                if (question.IsAnswered && question.Sentences.Count > 0)
                {
                    examples.AddRange(Choices(question, random));
                }
            }
        }

        // Mixed, so that every batch has some of each set.
        SignalExample[] mixed = [.. examples];
        random.Shuffle(mixed);
        return SignalNetworkFit.Describe(
            "Which sentences an answer quotes beside its best", "further", paths, FurtherSentences.Names, SignalNetworkFit.Columns(mixed, Plan, SignalNetworkFit.EachByItself));
    }

    private static IEnumerable<SignalExample> Choices(TrainingQuestion question, Random random)
    {
        var answering = question.Sentences.Where(sentence => sentence.Answers).Select(sentence => sentence.Ranked).ToHashSet(ReferenceEqualityComparer.Instance);
        var answer = new FurtherSentences([.. question.Sentences.Select(sentence => sentence.Ranked)]);
        while (answer.Chosen.Count < ExtractiveAnswerer.MostSentences && answer.Candidates.ToList() is { Count: > 0 } candidates)
        {
            var isOneNeeded = question.NeedsAll || !answer.Chosen.Any(answering.Contains);
            bool[] isNeeded = [.. candidates.Select(candidate => isOneNeeded && answering.Contains(candidate))];
            yield return new SignalExample([.. candidates.Select(answer.Signals)], isNeeded, 1);
            var needed = Array.IndexOf(isNeeded, true);
            answer.Add(candidates[needed >= 0 && random.NextDouble() < Rightly ? needed : 0]);
        }
    }
}
