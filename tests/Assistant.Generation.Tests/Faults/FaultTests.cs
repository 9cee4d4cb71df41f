using Assistant.Core.Answering;
using Assistant.Generation.Tests.Support;
using Assistant.Testing.ModelServer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Assistant.Generation.Tests.Faults;

/// <summary>When the model misbehaves, a person gets the quoted answer and is told why, in a time that has a bound.</summary>
public sealed class FaultTests
{
    /// <summary>What the endpoint does to every request, and what the person reads about it.</summary>
    private static readonly Dictionary<string, (Func<ModelRequest, ModelReply> Script, string Notice)> Matrix = new()
    {
        ["a key that is refused"] = (_ => ModelReply.Unauthorized(Scene.Key), "refuses the key; set Assistant:Chat:ApiKey"),
        ["a country that is refused"] = (_ => ModelReply.Forbidden(), "refuses the key"),
        ["a model that is not there"] = (request => ModelReply.ModelNotFound(request.Model!), "does not know the model 'scripted-chat'"),
        ["a request that is not taken"] = (_ => ModelReply.UnknownParameter("messages"), "does not take the request"),
        ["too much to do, for a minute"] = (_ => ModelReply.RateLimited(TimeSpan.FromMinutes(1)), "asks to wait 60 s"),
        ["too much to do, again and again"] = (_ => ModelReply.RateLimited(TimeSpan.Zero), "has too much to do"),
        ["an error of the server"] = (_ => ModelReply.ServerError(), "has failed"),
        ["an error page of a gateway"] = (_ => ModelReply.ErrorPage(502), "has failed"),
        ["a server under repair"] = (_ => ModelReply.ServerError(503), "has failed"),
        ["a connection that drops"] = (_ => ModelReply.Dropped(), "The language model at http://127.0.0.1:"),
        ["a page instead of an answer"] = (_ => ModelReply.Nonsense("<html>Log in</html>", "text/html"), "The "),
        ["a stream that is cut before the first sentence"] = (_ => ModelReply.Text("The harbour master closed the").CutAfter(2), "The language model at http://127.0.0.1:"),
        ["a stream that is over too early"] = (_ => ModelReply.Text("The harbour master closed the northern lock.").OverAfter(3), "The "),
        ["a chunk that is no JSON"] = (_ => ModelReply.Text("The harbour master").BrokenAfter(1), "is not understood"),
        ["an empty answer"] = (_ => ModelReply.Empty(), "The "),
        ["an answer of white space"] = (_ => ModelReply.Pieces(" ", "\n", "\n\n"), "The "),
        ["an answer in another language"] = (request => ModelReply.Text(
            $"Der Hafenmeister schloss die nördliche Schleuse wegen eines defekten Tores. [{Prompts.IdOf(request, Scene.HonestSentence)}]"), "do not prove"),
        ["an answer without ids"] = (_ => ModelReply.Text(Scene.HonestSentence), "do not prove"),
        ["an answer without an end"] = (_ => ModelReply.Endless("and so on "), "did not come to an end"),
        ["sentences without an end"] = (_ => ModelReply.Endless("The lock is a lock. "), "did not come to an end"),
        ["a call of a tool"] = (_ => ModelReply.ToolCall("send_mail", """{"to":"all"}"""), "The "),
        ["a call of a tool as text"] = (_ => ModelReply.Text("""<tool_call>{"name":"search","arguments":{}}</tool_call>"""), "do not prove"),
        ["a refusal in its field"] = (_ => ModelReply.Refused("I'm sorry, but I can't help with that."), "The "),
        ["a refusal in words"] = (_ => ModelReply.Text("I'm sorry, but I can't assist with that request."), "do not prove"),
        ["a filter that stops the answer"] = (_ => ModelReply.Filtered("The harbour"), "The "),
    };

    public static TheoryData<string> Faults => [.. Matrix.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_documents_are_quoted_and_the_person_is_told(string fault)
    {
        var (script, notice) = Matrix[fault];
        await using var scene = await Scene.StartAsync();
        scene.Server.Chat = script;
        var (answer, deltas) = await scene.AskAsync();
        Assert.NotEmpty(scene.Server.ChatRequests);
        await IsQuotedAsync(scene, answer, deltas, notice);
    }

    [Fact]
    public async Task An_endpoint_that_is_down_is_named()
    {
        await using var scene = await Scene.StartAsync();
        await scene.Server.StopAsync();
        var (answer, deltas) = await scene.AskAsync();
        await IsQuotedAsync(scene, answer, deltas, "cannot be reached");
    }

    [Fact]
    public async Task A_model_that_is_silent_is_left_when_its_time_is_over()
    {
        var time = new FakeTimeProvider();
        await using var scene = await Scene.StartAsync(time: time);
        scene.Server.Chat = _ => ModelReply.Silence();
        var asking = scene.AskAsync();
        var request = await scene.Server.RequestAsync(1, Cancellation);
        Assert.False(asking.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(31));
        var (answer, deltas) = await asking;
        await IsQuotedAsync(scene, answer, deltas, "took too long");
        Assert.Equal(RequestEnd.ClientGone, await request.Ended.WaitAsync(Cancellation));
    }

    [Fact]
    public async Task A_model_that_trickles_is_left_when_the_time_of_the_question_is_over()
    {
        var time = new FakeTimeProvider();
        var gate = new Gate();
        await using var scene = await Scene.StartAsync(time: time);
        scene.Server.Chat = _ => ModelReply.Endless("and ").Through(gate);
        var asking = scene.AskAsync();
        // Each piece comes well within the longest silence; all of them together take longer than a question may.
        for (var piece = 1; piece <= 100 && !asking.IsCompleted; piece++)
        {
            await Task.WhenAny(asking, gate.ReachedAsync(piece, Cancellation));
            gate.Release();
            time.Advance(TimeSpan.FromSeconds(5));
        }

        var (answer, deltas) = await asking;
        await IsQuotedAsync(scene, answer, deltas, "took too long");
    }

    [Theory]
    [InlineData(StreamEnd.Reset)]
    [InlineData(StreamEnd.BrokenJson)]
    public async Task What_was_proved_before_the_model_failed_stays(StreamEnd end)
    {
        var gate = new Gate();
        await using var scene = await Scene.StartAsync();
        scene.Server.Chat = request => ModelReply.Pieces(
            $"{Scene.HonestSentence} [{Prompts.IdOf(request, Scene.HonestSentence)}]", " Repairs of the") with { End = end, EndAfter = 2, Gate = gate };
        gate.Release(2);
        var deltas = new List<string>();
        Answer? answer = null;
        await foreach (var step in scene.AskStepsAsync())
        {
            if (step is AnswerDelta delta)
            {
                deltas.Add(delta.Text);
                gate.Open();
            }

            answer = (step as AnswerCompleted)?.Answer;
        }

        Assert.NotNull(answer);
        Assert.Equal($"{Scene.HonestSentence} [1]", answer.Text);
        Assert.Equal(ScriptedModelServer.ChatModel, answer.AnsweredBy);
        Assert.Contains("may be incomplete", answer.Notice, StringComparison.Ordinal);
        Assert.Empty(await AnswerCheck.ViolationsAsync(answer, deltas, scene.Documents, Scene.Key));
    }

    [Fact]
    public async Task A_fault_that_passes_is_not_noticed()
    {
        await using var scene = await Scene.StartAsync();
        scene.Server.Then(ModelReply.RateLimited(TimeSpan.FromSeconds(1)), ModelReply.ServerError(503));
        scene.Server.Chat = request => ModelReply.Text($"{Scene.HonestSentence} [{Prompts.IdOf(request, Scene.HonestSentence)}]");
        var (answer, _) = await scene.AskAsync();
        Assert.Equal((ScriptedModelServer.ChatModel, null), (answer.AnsweredBy, answer.Notice));
        var requests = scene.Server.ChatRequests;
        Assert.Equal(3, requests.Count);
        // Unasked, the first retry comes within 0.42 s; timers and the clock may differ by milliseconds.
        Assert.True(requests[1].At - requests[0].At >= TimeSpan.FromSeconds(0.9), $"Retry-After was not kept: {requests[1].At - requests[0].At}.");
    }

    [Fact]
    public async Task A_parameter_that_an_endpoint_does_not_know_is_left_out()
    {
        await using var scene = await Scene.StartAsync(endpoint: new ScriptedModelServerOptions { ApiKey = Scene.Key, UnsupportedParameters = ["seed", "temperature"] });
        scene.Server.Chat = request => ModelReply.Text($"{Scene.HonestSentence} [{Prompts.IdOf(request, Scene.HonestSentence)}]");
        for (var question = 0; question < 2; question++)
        {
            Assert.Equal(ScriptedModelServer.ChatModel, (await scene.AskAsync()).Answer.AnsweredBy);
        }

        Assert.Equal(3, scene.Server.ChatRequests.Count);
    }

    [Fact]
    public async Task A_person_who_leaves_stops_the_model()
    {
        await using var scene = await Scene.StartAsync();
        scene.Server.Chat = _ => ModelReply.Silence();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var asking = scene.AskStepsAsync(cancellationToken: leaving.Token).ToListAsync(Cancellation).AsTask();
        var request = await scene.Server.RequestAsync(1, Cancellation);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(RequestEnd.ClientGone, await request.Ended.WaitAsync(Cancellation));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task No_key_is_logged_and_no_prompt_where_operators_look(string fault)
    {
        await using var scene = await Scene.StartAsync();
        scene.Server.Chat = Matrix[fault].Script;
        await scene.AskAsync();
        scene.Server.Chat = request => ModelReply.Text($"{Scene.HonestSentence} [{Prompts.IdOf(request, Scene.HonestSentence)}]");
        await scene.AskAsync();
        Assert.Equal($"Bearer {Scene.Key}", scene.Server.ChatRequests[0].Headers["Authorization"]);
        Assert.DoesNotContain(Scene.Key, scene.Logs.From(LogLevel.Trace), StringComparison.Ordinal);
        var shown = scene.Logs.From(LogLevel.Information);
        Assert.DoesNotContain(Scene.HonestSentence[..20], shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Scene.Question, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Server.ChatRequests[0].Messages[0].Text[..20], shown, StringComparison.Ordinal);
    }

    private static async Task IsQuotedAsync(Scene scene, Answer answer, IReadOnlyList<string> deltas, string notice)
    {
        await using var without = await Scene.StartAsync(settings: ("Assistant:Chat:Provider", "None"));
        var (quoted, _) = await without.AskAsync();
        Assert.Equal("extractive", answer.AnsweredBy);
        Assert.Equal(quoted.Text, answer.Text);
        Assert.Equal(quoted.Citations.Select(Plain), answer.Citations.Select(Plain));
        Assert.Equal(quoted.Outcome, answer.Outcome);
        Assert.Contains(notice, answer.Notice, StringComparison.Ordinal);
        Assert.EndsWith(".", answer.Notice, StringComparison.Ordinal);
        Assert.Empty(await AnswerCheck.ViolationsAsync(answer, deltas, scene.Documents, Scene.Key));
    }

    private static (int, string, int, string, int, int, string) Plain(Citation citation) => (
        citation.Number, citation.DocumentId, citation.Version, citation.Quote, citation.Start, citation.End, string.Join('>', citation.Headings));
}
