namespace Assistant.Core.Retrieval;

/// <summary>Ranks the candidates that an index found. What the index says of words only chose them; scores are computed here, the same for every store.</summary>
internal static class PassageRanking
{
    /// <summary>Share of the nearness of words in a passage's score.</summary>
    private const double NearnessShare = 0.08;

    /// <summary>Share of what the best passages have in common.</summary>
    private const double FeedbackShare = 0.1;

    /// <summary>The passages with scores from 0 to 1, best first, ties by passage id.</summary>
    public static IReadOnlyList<RankedPassage> Rank(QuestionAnalysis question, PassageCandidates candidates)
    {
        // In an order of their own, so that sums come out the same whatever order the index gives.
        candidates = candidates with { Hits = [.. candidates.Hits.OrderBy(hit => hit.Passage.Id)] };
        var keywords = new KeywordScore(question, candidates);
        var matches = keywords.Matches();
        var nearness = Share(keywords.Nearness()).Zip(candidates.Hits).ToDictionary(pair => pair.Second.Passage.Id, pair => pair.First);
        var fused = ScoreFusion.Fuse([.. candidates.Hits.Zip(matches, (hit, score) => hit with { KeywordScore = score })]);
        var ranked = Ordered(fused.Select(passage => passage with { Score = Mix(passage.Score, nearness[passage.Passage.Id], NearnessShare) }));
        var feedback = Share(Feedback.Scores([.. ranked.Select(passage => PassageTerms.Of(passage.Passage))], [.. ranked.Select(passage => passage.Score)]));
        return Ordered(ranked.Select((passage, i) => passage with { Score = Mix(passage.Score, feedback[i], FeedbackShare) }));
    }

    private static List<RankedPassage> Ordered(IEnumerable<RankedPassage> passages) =>
        [.. passages.OrderByDescending(passage => passage.Score).ThenBy(passage => passage.Passage.Id)];

    private static double Mix(double score, double other, double share) => ((1 - share) * score) + (share * other);

    /// <summary>Scores as shares of the best.</summary>
    private static double[] Share(double[] scores)
    {
        var best = scores.DefaultIfEmpty().Max();
        return best > 0 ? [.. scores.Select(score => score / best)] : scores;
    }
}
