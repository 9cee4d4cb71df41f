using System.Numerics.Tensors;

namespace Assistant.Core.Retrieval;

/// <summary>Ranks the candidates that an index found. What the index says of words only chose them; scores are computed here, the same for every store.</summary>
internal static class PassageRanking
{
    /// <summary>Share of the nearness of words in a passage's score.</summary>
    private const double NearnessShare = 0.08;

    /// <summary>Share of what question and passage mean.</summary>
    private const double MeaningShare = 0.15;

    /// <summary>Share of what the best passages have in common.</summary>
    private const double FeedbackShare = 0.1;

    /// <summary>The passages with scores from 0 to 1, best first, ties by passage id.</summary>
    public static IReadOnlyList<RankedPassage> Rank(QuestionAnalysis question, PassageCandidates candidates)
    {
        // In an order of their own, so that sums come out the same whatever order the index gives.
        PassageHit[] hits = [.. candidates.Hits.OrderBy(hit => hit.Passage.Id)];
        NumberedTerms[] terms = [.. hits.Select(hit => PassageTerms.Of(hit.Passage)).Select(passage => new NumberedTerms(passage, question.Affinity.NumbersOf(passage.Words)))];
        var keywords = new KeywordScore(question, candidates, terms);
        var scores = ScoreFusion.Scores(keywords.Matches(), [.. hits.Select(hit => hit.DenseScore)]);
        Mix(scores, Share(keywords.Nearness()), NearnessShare);
        Mix(scores, Share([.. terms.Select(passage => Math.Max(0, (double)TensorPrimitives.Dot<float>(question.Vector, passage.Terms.Vector)))]), MeaningShare);

        var order = BestFirst(scores);
        double[] feedback = Share(Feedback.Scores([.. order.Select(i => terms[i])], [.. order.Select(i => scores[i])], question.Affinity));
        for (var rank = 0; rank < order.Length; rank++)
        {
            scores[order[rank]] = Mix(scores[order[rank]], feedback[rank], FeedbackShare);
        }

        return [.. BestFirst(scores).Select(i => new RankedPassage(hits[i].Passage, scores[i]))];
    }

    /// <summary>The indexes of scores, best first, ties as they stand.</summary>
    private static int[] BestFirst(double[] scores) => [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];

    private static void Mix(double[] scores, double[] others, double share)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = Mix(scores[i], others[i], share);
        }
    }

    private static double Mix(double score, double other, double share) => ((1 - share) * score) + (share * other);

    /// <summary>Scores as shares of the best.</summary>
    private static double[] Share(double[] scores)
    {
        var best = scores.DefaultIfEmpty().Max();
        return best > 0 ? [.. scores.Select(score => score / best)] : scores;
    }
}
