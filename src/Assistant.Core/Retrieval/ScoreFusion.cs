namespace Assistant.Core.Retrieval;

/// <summary>Min-max normalised, weighted fusion of the keyword and the dense side.</summary>
internal static class ScoreFusion
{
    /// <summary>
    /// Share of the dense side in a passage's score, the rest being the keyword side's. Chosen on public test collections with
    /// the evaluation program (see the README, “How good is it?”).
    /// </summary>
    public const double DenseWeight = 0.25;

    /// <summary>The hits with fused scores from 0 to 1, best first, ties by passage id.</summary>
    public static IReadOnlyList<RankedPassage> Fuse(IReadOnlyList<PassageHit> hits) =>
    [
        .. hits.Zip(
                Scores([.. hits.Select(hit => hit.KeywordScore)], [.. hits.Select(hit => hit.DenseScore)]),
                (hit, score) => new RankedPassage(hit.Passage, score))
            .OrderByDescending(ranked => ranked.Score)
            .ThenBy(ranked => ranked.Passage.Id),
    ];

    /// <summary>The fused scores of passages, in their order, from what each side gives them.</summary>
    public static double[] Scores(double[] keyword, double[] dense)
    {
        if (keyword.Length == 0)
        {
            return [];
        }

        // A passage without a word of the question scores 0 there, so the keyword side begins at 0 and only its top is scaled.
        var (bestKeyword, bestDense, worstDense) = (keyword.Max(), dense.Max(), dense.Min());
        // A side that found nothing, or cannot tell passages apart, leaves its share to the other.
        var weight = bestKeyword <= 0 ? 1 : bestDense <= worstDense ? 0 : DenseWeight;
        return
        [
            .. keyword.Zip(dense, (byWords, byMeaning) =>
                (1 - weight) * Share(byWords, 0, bestKeyword) + weight * Share(byMeaning, worstDense, bestDense)),
        ];
    }

    private static double Share(double score, double worst, double best) => best > worst ? (score - worst) / (best - worst) : 0;
}
