using Assistant.Evaluation;

namespace Assistant.Hosting.Tests.Evaluation;

/// <summary>The instrument itself, on values worked out by hand.</summary>
public sealed class MetricsTests
{
    private static readonly Dictionary<string, int> Grades = new() { ["a"] = 2, ["b"] = 1, ["c"] = 0 };

    [Fact]
    public void Gain_is_linear_and_discounted_by_rank()
    {
        Assert.Equal(1, Metrics.Ndcg(["a", "b"], Grades, 10), 12);
        // (1 + 2 / log2(3)) / (2 + 1 / log2(3))
        Assert.Equal(0.8597, Metrics.Ndcg(["b", "a"], Grades, 10), 4);
        Assert.Equal(0, Metrics.Ndcg(["c", "d"], Grades, 10));
        Assert.Equal(0, Metrics.Ndcg(["a"], new Dictionary<string, int>(), 10));
    }

    [Fact]
    public void What_ranks_below_the_depth_does_not_count()
    {
        Assert.Equal(2 / (2 + (1 / Math.Log2(3))), Metrics.Ndcg(["a", "c", "b"], Grades, 2), 12);
        Assert.Equal(0.5, Metrics.Recall(["a", "c", "b"], Grades, 2));
        Assert.Equal(0, Metrics.ReciprocalRank(["c", "d", "a"], Grades, 2));
        Assert.Equal(1.0 / 3, Metrics.ReciprocalRank(["c", "d", "a"], Grades, 10));
    }

    [Fact]
    public void Average_precision_is_the_mean_over_the_right_ones()
    {
        Assert.Equal((1.0 + (2.0 / 3)) / 2, Metrics.AveragePrecision([true, false, true]), 12);
        Assert.Equal(0, Metrics.AveragePrecision([false, false]));
    }

    [Fact]
    public void Equal_scores_count_half_in_the_area_under_the_curve()
    {
        Assert.Equal(1, Metrics.Auroc([3, 2], [1, 0]));
        Assert.Equal(0.5, Metrics.Auroc([1, 1], [1]));
        Assert.Equal(0.75, Metrics.Auroc([3, 1], [2, 0]));
        Assert.True(double.IsNaN(Metrics.Auroc([], [1])));
    }

    [Fact]
    public void As_many_positives_are_answered_as_asked_and_what_is_as_sure_as_they_is_answered_too()
    {
        double[] positives = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];
        Assert.Equal(0.2, Metrics.Threshold(0.9, positives));
        Assert.Equal(0.1, Metrics.Threshold(1, positives));
        Assert.Equal(0.5, Metrics.RefusedAt(0.9, positives, [0.2, 0.19]));
    }

    [Fact]
    public void Agreement_of_ranks_does_not_depend_on_the_scale()
    {
        Assert.Equal([1, 2.5, 2.5, 4], Metrics.Ranks([0, 5, 5, 9]));
        Assert.Equal(1, Metrics.Spearman([1, 2, 3, 4], [1, 10, 100, 1000]), 12);
        Assert.Equal(-1, Metrics.Spearman([1, 2, 3], [9, 5, 1]), 12);
        Assert.Equal(0.9819805060619659, Metrics.Pearson([1, 2, 3], [1, 2, 4]), 12);
    }

    [Fact]
    public void The_sign_test_is_that_of_a_fair_coin()
    {
        Assert.Equal(1, PairedTest.Sign([0, 0]));
        Assert.Equal(1, PairedTest.Sign([1, -1]));
        // Five heads of five: 2 × 1/32.
        Assert.Equal(0.0625, PairedTest.Sign([0.1, 0.2, 0.3, 0.4, 0.5, 0]), 12);
        Assert.Equal(2 * (1 + 10) / 1024.0, PairedTest.Sign([1, 1, 1, 1, 1, 1, 1, 1, 1, -1]), 12);
        Assert.InRange(PairedTest.Sign([.. Enumerable.Range(0, 3000).Select(i => i % 2 == 0 ? 1.0 : -1.0)]), 0.99, 1);
    }

    [Fact]
    public void Questions_that_all_got_better_are_no_chance_and_questions_that_went_both_ways_are()
    {
        double[] better = [.. Enumerable.Range(1, 20).Select(i => i / 100.0)];
        double[] mixed = [.. better.Select((difference, i) => i % 2 == 0 ? difference : -difference)];

        Assert.InRange(PairedTest.Permutation(better), 0, 0.001);
        Assert.InRange(PairedTest.Permutation(mixed), 0.5, 1);
        Assert.True(PairedTest.Interval(better).Low > 0);
        Assert.InRange(0, PairedTest.Interval(mixed).Low, PairedTest.Interval(mixed).High);
    }

    [Fact]
    public void A_paired_test_says_the_same_every_time()
    {
        double[] differences = [0.3, -0.1, 0.2, 0, -0.4, 0.6];
        Assert.Equal(PairedTest.Permutation(differences), PairedTest.Permutation(differences));
        Assert.Equal(PairedTest.Interval(differences), PairedTest.Interval(differences));
    }
}
