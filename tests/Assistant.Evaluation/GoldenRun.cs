using System.Text.Json;
using System.Text.Json.Nodes;
using Assistant.Core.Answering;

namespace Assistant.Evaluation;

/// <summary>Measures golden questions about a corpus: are the right sentences cited, and are the unanswerable refused.</summary>
internal static class GoldenRun
{
    /// <summary>Citations among which the answering sentence has to be.</summary>
    private const int First = 3;

    public static async Task<JsonObject> MeasureAsync(string path, string corpus, TextWriter lines, CancellationToken cancellationToken)
    {
        var questions = DataSet.Lines<GoldenQuestion>(path);
        await using var bench = await Workbench.OpenAsync(corpus, cancellationToken);
        var right = new List<(GoldenQuestion Question, bool Right, Answer Answer)>();
        int citations = 0, exact = 0;
        foreach (var golden in questions)
        {
            var question = new Question(golden.Question) { History = [.. golden.History.Select(turn => new ConversationTurn(turn.Role, turn.Content))] };
            var answer = await bench.Questions.AnswerAsync(question, cancellationToken);
            foreach (var citation in answer.Citations)
            {
                citations++;
                exact += await bench.Verifier.VerifyAsync(citation, cancellationToken) ? 1 : 0;
            }

            var draft = ExtractiveAnswerer.Answer(
                await bench.Retriever.RetrieveAsync(ConversationContext.Resolve(question), null, cancellationToken));
            right.Add((golden, IsRight(golden, answer), answer));
            await lines.WriteLineAsync(ToJson(golden, right[^1].Right, answer, draft).ToJsonString());
        }

        var summary = new JsonObject { ["set"] = Path.GetFileName(Path.GetDirectoryName(path)), ["queries"] = questions.Count };
        foreach (var kind in right.GroupBy(result => result.Question.Kind))
        {
            summary[kind.Key] = Math.Round(kind.Average(result => result.Right ? 1.0 : 0), 4);
        }

        var answerable = right.Where(result => result.Question.Answerable).ToList();
        summary["answerable refused"] = Math.Round(answerable.Average(result => result.Answer.Citations.Count == 0 ? 1.0 : 0), 4);
        summary["citations"] = citations;
        summary["citations exact"] = exact;
        summary["median answer milliseconds"] = right.Select(result => result.Answer.ElapsedMilliseconds).Order().ElementAt(right.Count / 2);
        return summary;
    }

    private static bool IsRight(GoldenQuestion question, Answer answer)
    {
        if (!question.Answerable)
        {
            return answer.Outcome == Outcome.NotInDocuments;
        }

        return question.NeedsAll
            ? question.Gold.All(sentence => answer.Citations.Any(citation => Says(citation, sentence)))
            : question.Gold.Any(sentence => answer.Citations.Take(First).Any(citation => Says(citation, sentence)));
    }

    /// <summary>Whether a citation quotes a golden sentence; a row of a table is told by its first cell, which is read with its header.</summary>
    private static bool Says(Citation citation, string sentence) =>
        citation.Quote.Contains(sentence.StartsWith('|') ? sentence.Split('|')[1].Trim() : sentence, StringComparison.Ordinal);

    private static JsonObject ToJson(GoldenQuestion question, bool right, Answer answer, AnswerDraft draft) => new()
    {
        ["id"] = question.Id,
        ["right"] = right,
        ["question"] = question.Question,
        ["outcome"] = answer.Outcome.ToString(),
        ["answerable"] = question.Answerable,
        ["confidence"] = Math.Round(draft.Confidence, 4),
        ["signals"] = JsonSerializer.SerializeToNode(draft.Signals),
        ["quotes"] = new JsonArray([.. answer.Citations.Select(citation => JsonValue.Create(citation.Quote))]),
        ["missing"] = new JsonArray([.. answer.Missing.Select(word => JsonValue.Create(word))]),
        ["gold"] = new JsonArray([.. question.Gold.Select(sentence => JsonValue.Create(sentence))]),
    };
}
