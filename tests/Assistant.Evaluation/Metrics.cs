namespace Assistant.Evaluation;

/// <summary>Measures of rankings and of decisions.</summary>
internal static class Metrics
{
    /// <summary>Normalised discounted cumulative gain of the first <paramref name="depth"/>, with linear gain.</summary>
    public static double Ndcg(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        var gain = ranking.Take(depth).Select((id, rank) => grades.GetValueOrDefault(id) / Math.Log2(rank + 2)).Sum();
        var ideal = grades.Values.OrderDescending().Take(depth).Select((grade, rank) => grade / Math.Log2(rank + 2)).Sum();
        return ideal > 0 ? gain / ideal : 0;
    }

    public static double Recall(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        var relevant = grades.Count(entry => entry.Value > 0);
        return relevant == 0 ? 0 : (double)ranking.Take(depth).Count(id => grades.GetValueOrDefault(id) > 0) / relevant;
    }

    public static double ReciprocalRank(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth)
    {
        for (var rank = 0; rank < Math.Min(depth, ranking.Count); rank++)
        {
            if (grades.GetValueOrDefault(ranking[rank]) > 0)
            {
                return 1.0 / (rank + 1);
            }
        }

        return 0;
    }

    /// <summary>The chance that a positive scores above a negative, ties counting half (Mann-Whitney).</summary>
    public static double Auroc(IReadOnlyList<double> positives, IReadOnlyList<double> negatives)
    {
        if (positives.Count == 0 || negatives.Count == 0)
        {
            return double.NaN;
        }

        return positives.Sum(positive => negatives.Sum(negative => positive > negative ? 1 : positive == negative ? 0.5 : 0))
            / ((double)positives.Count * negatives.Count);
    }

    /// <summary>Share of negatives that score below the threshold at which <paramref name="answered"/> of the positives do not.</summary>
    public static double RefusedAt(double answered, IReadOnlyList<double> positives, IReadOnlyList<double> negatives)
    {
        var threshold = positives.OrderDescending().ElementAt((int)Math.Ceiling(answered * positives.Count) - 1);
        return (double)negatives.Count(negative => negative < threshold) / negatives.Count;
    }
}
