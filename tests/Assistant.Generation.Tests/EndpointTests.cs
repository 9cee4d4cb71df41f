using Assistant.Core.Answering;
using Assistant.Testing.ModelServer;

namespace Assistant.Generation.Tests;

/// <summary>Answers through the real SDK, from a server that says what a test tells it to.</summary>
public sealed class EndpointTests
{
    private const string Prudence = "Some European states urged prudence. [{Some European}]";

    [Fact]
    public async Task An_answer_is_written_by_the_model_and_cites_the_documents()
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedModelServerOptions { ApiKey = Desk.Key });
        server.Chat = request => ModelReply.Text(request.Cite(Prudence + "\nQ: What has Moscow criticized? [{Moscow has}]"));
        await using var desk = await Desk.OpenAsync(server);

        var answer = await desk.AskAsync();

        Assert.Equal("Some European states urged prudence. [1]", answer.Text);
        Assert.Equal("Some European states urged prudence, emphasizing legal clarity.", Assert.Single(answer.Citations).Quote);
        Assert.Equal((ScriptedModelServer.ChatModel, 0, null), (answer.AnsweredBy, answer.WithheldSentences, answer.Notice));
        Assert.Equal("What has Moscow criticized?", answer.Suggestions![0].Question);
    }

    [Fact]
    public async Task The_request_is_bounded_and_asks_for_the_same_answer_each_time()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Chat = request => ModelReply.Text(request.Cite(Prudence));
        await using var desk = await Desk.OpenAsync(server, ("MaxAnswerTokens", "123"));

        await desk.AskAsync();
        await desk.AskAsync();

        var bodies = server.ChatRequests.Select(request => request.Body!).ToList();
        Assert.Equal(0, (double)bodies[0]["temperature"]!);
        Assert.Equal(1, (int)bodies[0]["seed"]!);
        Assert.Equal(123, (int)bodies[0]["max_tokens"]!);
        Assert.Equal(["system", "user"], server.ChatRequests[0].Messages.Select(message => message.Role));
        Assert.Equal(bodies[0].ToJsonString(), bodies[1].ToJsonString());
    }

    [Fact]
    public async Task A_stream_that_ends_without_saying_why_keeps_what_was_proved()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Chat = request => ModelReply.Pieces(request.Cite(Prudence), " Moscow has", " repeatedly").OverAfter(2);
        await using var desk = await Desk.OpenAsync(server);

        var answer = await desk.AskAsync();

        Assert.Equal("Some European states urged prudence. [1]", answer.Text);
        Assert.EndsWith("The answer may be incomplete.", answer.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_follow_up_is_searched_as_the_model_understands_it()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Chat = request => request.Prompt.Contains("The question on its own", StringComparison.Ordinal)
            ? ModelReply.Text("What did European states urge?")
            : ModelReply.Text(request.Cite(Prudence));
        await using var desk = await Desk.OpenAsync(server);

        var answer = await desk.AskAsync("And what did they urge?", new ConversationTurn("user", "Who are the European states?"), new ConversationTurn("assistant", "They are many."));

        Assert.Equal("What did European states urge?", answer.Question);
        Assert.Equal("Some European states urged prudence. [1]", answer.Text);
    }
}
