namespace Assistant.Evaluation;

/// <summary>Measures of rankings, of decisions and of agreement.</summary>
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

    public static double ReciprocalRank(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> grades, int depth) =>
        ReciprocalRank([.. ranking.Take(depth).Select(id => grades.GetValueOrDefault(id) > 0)]);

    /// <summary>One by the rank of the first that is right; 0 when none is.</summary>
    public static double ReciprocalRank(IReadOnlyList<bool> ranking)
    {
        for (var rank = 0; rank < ranking.Count; rank++)
        {
            if (ranking[rank])
            {
                return 1.0 / (rank + 1);
            }
        }

        return 0;
    }

    /// <summary>Mean of the precisions at the ranks of those that are right; 0 when none is.</summary>
    public static double AveragePrecision(IReadOnlyList<bool> ranking)
    {
        var found = 0;
        double sum = 0;
        for (var rank = 0; rank < ranking.Count; rank++)
        {
            if (ranking[rank])
            {
                found++;
                sum += (double)found / (rank + 1);
            }
        }

        return found == 0 ? 0 : sum / found;
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

    /// <summary>The highest threshold that at least <paramref name="answered"/> of the positives reach.</summary>
    public static double Threshold(double answered, IReadOnlyList<double> positives) =>
        // A share like 0.9 of 10 is 9, whatever the last bit of the product says.
        positives.OrderDescending().ElementAt(Math.Max(0, (int)Math.Ceiling((answered * positives.Count) - 1e-9) - 1));

    /// <summary>Share of negatives that score below the threshold at which <paramref name="answered"/> of the positives do not.</summary>
    public static double RefusedAt(double answered, IReadOnlyList<double> positives, IReadOnlyList<double> negatives)
    {
        var threshold = Threshold(answered, positives);
        return (double)negatives.Count(negative => negative < threshold) / negatives.Count;
    }

    /// <summary>Linear correlation, −1 to 1; NaN when one side does not vary.</summary>
    public static double Pearson(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        double meanOne = one.Average(), meanOther = other.Average();
        double product = 0, squaresOne = 0, squaresOther = 0;
        for (var i = 0; i < one.Count; i++)
        {
            double left = one[i] - meanOne, right = other[i] - meanOther;
            product += left * right;
            squaresOne += left * left;
            squaresOther += right * right;
        }

        return product / Math.Sqrt(squaresOne * squaresOther);
    }

    /// <summary>Correlation of ranks, −1 to 1.</summary>
    public static double Spearman(IReadOnlyList<double> one, IReadOnlyList<double> other) => Pearson(Ranks(one), Ranks(other));

    /// <summary>Rank of every value, from 1, equal values sharing the mean of theirs.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[order.Length];
        for (var first = 0; first < order.Length;)
        {
            var next = first + 1;
            while (next < order.Length && values[order[next]] == values[order[first]])
            {
                next++;
            }

            for (var i = first; i < next; i++)
            {
                ranks[order[i]] = (first + next + 1) / 2.0;
            }

            first = next;
        }

        return ranks;
    }
}
