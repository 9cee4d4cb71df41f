using Assistant.Evaluation;

namespace Assistant.Hosting.Tests.Evaluation;

public sealed class AnswerCostTests
{
    [Fact]
    public void Where_a_sentence_answers_it_costs_less_the_more_it_stands_out() =>
        Assert.True(Cost([3, -2], [true, false]) < Cost([1, 0], [true, false]));

    [Fact]
    public void Where_none_answers_it_costs_less_the_less_any_does() =>
        Assert.True(Cost([-3, -4], [false, false]) < Cost([0, -4], [false, false]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_pull_is_how_the_cost_changes(bool answers)
    {
        double[] logits = [0.7, -1.2, 0.1];
        bool[] isTrue = [answers, false, false];
        const double Small = 1e-6;
        var pulls = AnswerCost.Of(logits, isTrue).Pulls;
        Assert.All(logits.Index(), logit =>
        {
            double[] moved = [.. logits];
            moved[logit.Index] += Small;
            Assert.Equal((Cost(moved, isTrue) - Cost(logits, isTrue)) / Small, pulls[logit.Index], 1e-4);
        });
    }

    private static double Cost(double[] logits, bool[] answers) => AnswerCost.Of(logits, answers).Cost;
}
