namespace Assistant.Evaluation;

/// <summary>What it costs to take the wrong sentence for the answer.</summary>
internal static class AnswerCost
{
    /// <summary>What it costs to see an answer in sentences that do not answer, beside not seeing it in those that do.</summary>
    private const double NoAnswer = 0.4;

    /// <summary>
    /// The surprise at the answer being in the sentences that answer, of these and no answer at all, which is right where none of them
    /// does, and that at there being none in the others; with how it changes with every logit.
    /// </summary>
    public static (double Cost, double[] Pulls) Of(double[] logits, bool[] answers)
    {
        var all = LogSum(_ => true, 1);
        var answering = LogSum(i => answers[i], answers.Contains(true) ? 0 : 1);
        var others = LogSum(i => !answers[i], 1);
        return (all - answering + (NoAnswer * others), [.. logits.Select((logit, i) =>
            Math.Exp(logit - all) + (answers[i] ? -Math.Exp(logit - answering) : NoAnswer * Math.Exp(logit - others)))]);

        double LogSum(Func<int, bool> chosen, double none) => Math.Log(none + logits.Where((_, i) => chosen(i)).Sum(Math.Exp));
    }
}
