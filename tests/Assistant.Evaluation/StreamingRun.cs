using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistant.Core.Answering;
using Assistant.Testing.ModelServer;

namespace Assistant.Evaluation;

/// <summary>
/// Measures what checking costs a person who waits: the time from the last piece of the model's first sentence, handed to the network by a
/// scripted endpoint, to the sentence with its citation coming out. The model says nothing more until then.
/// </summary>
internal static partial class StreamingRun
{
    /// <summary>Questions before the clock counts: the first ones pay for compilation.</summary>
    private const int WarmUp = 20;

    public static async Task<JsonObject> MeasureAsync(string corpus, string question, int questions, CancellationToken cancellationToken)
    {
        await using var server = await ScriptedModelServer.StartAsync();
        await using var bench = await Workbench.OpenAsync(
            corpus,
            ["--Assistant:Chat:Provider=OpenAI", $"--Assistant:Chat:Endpoint={server.Endpoint}", $"--Assistant:Chat:Model={ScriptedModelServer.ChatModel}"],
            cancellationToken);
        var milliseconds = new List<double>();
        for (var asked = 0; asked < WarmUp + questions; asked++)
        {
            var added = await AskAsync(server, bench.Questions, question, cancellationToken);
            if (asked >= WarmUp)
            {
                milliseconds.Add(added);
            }
        }

        return new JsonObject
        {
            ["questions"] = questions,
            ["medianMilliseconds"] = At(milliseconds, 0.5),
            ["p95Milliseconds"] = At(milliseconds, 0.95),
            ["largestMilliseconds"] = At(milliseconds, 1),
        };
    }

    private static async Task<double> AskAsync(ScriptedModelServer server, QuestionService questions, string question, CancellationToken cancellationToken)
    {
        var rest = new Gate();
        var first = 0;
        server.Chat = request =>
        {
            var line = Sentence().Match(request.Prompt);
            var reply = ModelReply.Text($"{line.Groups[2].Value} [{line.Groups[1].Value}]");
            first = reply.Content.Count();
            rest.Release(first);
            return reply with { Content = [.. reply.Content, " And", " so", " on."], Gate = rest };
        };
        var came = 0L;
        await foreach (var step in questions.AskAsync(new Question(question), cancellationToken))
        {
            if (step is AnswerDelta && came == 0)
            {
                came = Stopwatch.GetTimestamp();
                rest.Open();
            }
        }

        return Stopwatch.GetElapsedTime(server.ChatRequests[^1].Sent[first - 1].Timestamp, came).TotalMilliseconds;
    }

    private static double At(List<double> values, double share) =>
        Math.Round(values.Order().ElementAt(Math.Min(values.Count - 1, (int)Math.Ceiling(share * values.Count) - 1)), 2);

    /// <summary>A numbered sentence of the evidence that is long enough to be one.</summary>
    [GeneratedRegex(@"^\[([A-Z]{3}[0-9]+)\] (\p{Lu}[^\n]{40,}\.)$", RegexOptions.Multiline)]
    private static partial Regex Sentence();
}
