namespace Assistant.Evaluation;

/// <summary>Tells whether two runs over the same questions differ by more than chance. Chance is always the same.</summary>
internal static class PairedTest
{
    private const int Rounds = 10_000;
    private const int Seed = 20_240_229;

    /// <summary>
    /// Two-sided p of the sign test: how often a fair coin falls at least as unevenly as better and worse questions do; 1 when no question differs.
    /// </summary>
    public static double Sign(IReadOnlyList<double> differences)
    {
        var better = differences.Count(difference => difference > 0);
        var worse = differences.Count(difference => difference < 0);
        var tosses = better + worse;
        // Binomial coefficients by their logarithms: those of a thousand tosses exceed every number.
        double p = 0, choose = 0;
        for (var heads = 0; heads <= Math.Min(better, worse); heads++)
        {
            p += Math.Exp(choose - (tosses * Math.Log(2)));
            choose += Math.Log(tosses - heads) - Math.Log(heads + 1);
        }

        return Math.Min(1, 2 * p);
    }

    /// <summary>Two-sided p of the permutation test: how often the mean difference is as large when every difference may as well have the other sign.</summary>
    public static double Permutation(IReadOnlyList<double> differences)
    {
        var observed = Math.Abs(differences.Sum());
        // Questions that do not differ add nothing, whatever their sign.
        double[] moved = [.. differences.Where(difference => difference != 0)];
        var random = new Random(Seed);
        var asLarge = 0;
        for (var round = 0; round < Rounds; round++)
        {
            double sum = 0;
            foreach (var difference in moved)
            {
                sum += random.Next(2) == 0 ? difference : -difference;
            }

            asLarge += Math.Abs(sum) >= observed - 1e-12 ? 1 : 0;
        }

        return (asLarge + 1.0) / (Rounds + 1.0);
    }

    /// <summary>The interval in which the mean difference lies in 95 of 100 samples of as many questions (percentile bootstrap).</summary>
    public static (double Low, double High) Interval(IReadOnlyList<double> differences)
    {
        var random = new Random(Seed);
        var means = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            double sum = 0;
            for (var i = 0; i < differences.Count; i++)
            {
                sum += differences[random.Next(differences.Count)];
            }

            means[round] = sum / differences.Count;
        }

        Array.Sort(means);
        return (means[(int)(0.025 * Rounds)], means[(int)(0.975 * Rounds) - 1]);
    }
}
