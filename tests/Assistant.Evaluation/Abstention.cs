using System.Text.Json.Nodes;

namespace Assistant.Evaluation;

/// <summary>How well the confidence in an answer tells the questions that have one from those that have none.</summary>
internal static class Abstention
{
    /// <summary>Shares of the answerable questions that are answered, for which the share of refused unanswerable ones is told.</summary>
    private static readonly double[] Answered = [0.80, 0.85, 0.90, 0.95, 0.97, 0.99, 1.0];

    /// <summary>Adds area, rates and curve to a summary; nothing unless there are questions of both kinds.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="answerable">Confidence in the answers to questions that have one.</param>
    /// <param name="unanswerable">Confidence in the answers to questions that have none.</param>
    public static void AddTo(JsonObject summary, IReadOnlyList<double> answerable, IReadOnlyList<double> unanswerable)
    {
        if (answerable.Count == 0 || unanswerable.Count == 0)
        {
            return;
        }

        summary["abstention AUROC"] = Math.Round(Metrics.Auroc(answerable, unanswerable), 4);
        summary["refused at 90 % answered"] = Refused(0.9);
        summary["refused at 95 % answered"] = Refused(0.95);
        summary["abstention curve"] = new JsonArray([.. Answered.Select(share => new JsonObject
        {
            ["answered"] = share,
            ["threshold"] = Math.Round(Metrics.Threshold(share, answerable), 4),
            ["refused"] = Refused(share),
        })]);

        double Refused(double share) => Math.Round(Metrics.RefusedAt(share, answerable, unanswerable), 4);
    }
}
