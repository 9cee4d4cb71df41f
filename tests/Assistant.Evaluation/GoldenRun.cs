using System.Text.Json;
using System.Text.Json.Nodes;
using Assistant.Core.Answering;

namespace Assistant.Evaluation;

/// <summary>Measures golden questions about a corpus: are the right sentences cited, and are the unanswerable refused.</summary>
internal static class GoldenRun
{
    /// <summary>Citations among which the answering sentence has to be.</summary>
    private const int First = 3;

    public static async Task<JsonObject> MeasureAsync(string path, string corpus, RunOptions options, CancellationToken cancellationToken)
    {
        var set = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))!;
        var questions = DataSet.Lines<GoldenQuestion>(path);
        await using var bench = await Workbench.OpenAsync(corpus, options.Settings, cancellationToken);
        var results = new List<(GoldenQuestion Question, bool Right, AskedQuestion Asked)>();
        foreach (var golden in questions)
        {
            var asked = await bench.AskAsync(golden.Asked(), cancellationToken);
            results.Add((golden, IsRight(golden, asked.Answer), asked));
            await options.Lines.WriteLineAsync(ToJson(set, golden, results[^1].Right, asked).ToJsonString());
        }

        var summary = new JsonObject { ["set"] = set, ["queries"] = questions.Count };
        foreach (var kind in results.GroupBy(result => result.Question.Kind))
        {
            summary[kind.Key] = Math.Round(kind.Average(result => result.Right ? 1.0 : 0), 4);
        }

        var answerable = results.Where(result => result.Question.Answerable).ToList();
        if (answerable.Count > 0)
        {
            summary["answerable refused"] = Math.Round(answerable.Average(result => result.Asked.Answer.Citations.Count == 0 ? 1.0 : 0), 4);
        }

        Abstention.AddTo(
            summary,
            [.. answerable.Select(result => result.Asked.Draft.Confidence)],
            [.. results.Where(result => !result.Question.Answerable).Select(result => result.Asked.Draft.Confidence)]);
        summary["citations"] = results.Sum(result => result.Asked.Answer.Citations.Count);
        summary["citations exact"] = results.Sum(result => result.Asked.Exact);
        if (options.Timing)
        {
            summary["median answer milliseconds"] = results.Select(result => result.Asked.Answer.ElapsedMilliseconds).Order().ElementAt(results.Count / 2);
        }

        return summary;
    }

    /// <summary>The corpus that a set asks about: the folder <c>corpus</c> beside its questions, or else another.</summary>
    public static string CorpusOf(string set, string otherwise) => Path.Combine(set, "corpus") is var own && Directory.Exists(own) ? own : otherwise;

    private static bool IsRight(GoldenQuestion question, Answer answer)
    {
        if (!question.Answerable)
        {
            return answer.Outcome == Outcome.NotInDocuments;
        }

        return question.NeedsAll
            ? question.Gold.All(sentence => answer.Citations.Any(citation => Says(citation.Quote, sentence)))
            : question.Gold.Any(sentence => answer.Citations.Take(First).Any(citation => Says(citation.Quote, sentence)));
    }

    /// <summary>Whether a quote has a golden sentence; a row of a table is told by its first cell, which is read with its header.</summary>
    public static bool Says(string quote, string sentence) =>
        quote.Contains(sentence.StartsWith('|') ? sentence.Split('|')[1].Trim() : sentence, StringComparison.Ordinal);

    private static JsonObject ToJson(string set, GoldenQuestion question, bool right, AskedQuestion asked) => new()
    {
        ["set"] = set,
        ["id"] = question.Id,
        ["right"] = right,
        ["question"] = question.Question,
        ["outcome"] = asked.Answer.Outcome.ToString(),
        ["answerable"] = question.Answerable,
        ["confidence"] = Math.Round(asked.Draft.Confidence, 4),
        ["signals"] = JsonSerializer.SerializeToNode(asked.Draft.Signals?.ByName),
        ["metrics"] = new JsonObject { [question.Kind] = right ? 1 : 0 },
        ["quotes"] = new JsonArray([.. asked.Answer.Citations.Select(citation => JsonValue.Create(citation.Quote))]),
        ["missing"] = new JsonArray([.. asked.Answer.Missing.Select(word => JsonValue.Create(word))]),
        ["gold"] = new JsonArray([.. question.Gold.Select(sentence => JsonValue.Create(sentence))]),
    };
}
