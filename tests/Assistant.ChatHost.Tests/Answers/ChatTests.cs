using System.Text.Json;
using System.Text.Json.Nodes;
using Assistant.ChatHost.Tests.Support;
using Assistant.Core;
using Assistant.Core.Answering;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.ChatHost.Tests.Answers;

public sealed class ChatTests(SharedHost shared) : SharedHostTests(shared)
{
    private const string Question = "What did some European states urge?";

    [Theory]
    [InlineData(Question, "answered")]
    [InlineData("Why was the northern lock closed?", "answered")]
    [InlineData("How many revolutions per minute does the turbine spin at?", "answered")]
    [InlineData("Who won the chess championship in Reykjavik?", "not-in-documents")]
    public async Task Every_citation_is_the_exact_text_of_its_document(string question, string outcome)
    {
        var answer = await Client.PostJsonAsync("/api/chat", new { question });
        Assert.Equal(outcome, (string?)answer["outcome"]);
        Assert.Equal(outcome == "answered", answer["citations"]!.AsArray().Count > 0);
        await CitationCheck.HoldsAsync(answer, Client);
    }

    [Fact]
    public async Task The_answer_has_the_bytes_of_the_one_json_form()
    {
        using var response = await Client.PostAsync("/api/chat", $$"""{"question":"{{Question}}"}""");
        var body = await response.Content.ReadAsStringAsync(HttpHelp.Cancellation);
        var direct = await Host.Services.GetRequiredService<QuestionService>().AnswerAsync(new Question(Question), HttpHelp.Cancellation);
        var elapsed = JsonNode.Parse(body)!["elapsedMilliseconds"]!.GetValue<double>();
        Assert.Equal(JsonSerializer.Serialize(direct with { ElapsedMilliseconds = elapsed }, AssistantJson.Readable.Answer), body);
    }

    [Fact]
    public async Task Events_come_in_order_and_end_with_the_same_answer()
    {
        var events = await Client.AskForEventsAsync("/api/chat", $$"""{"question":"{{Question}}"}""");
        Assert.Equal("evidence", events[0].EventType);
        Assert.Equal("answer", events[^1].EventType);
        Assert.All(events.Skip(1).SkipLast(1), step => Assert.Equal("delta", step.EventType));
        var answer = JsonNode.Parse(events[^1].Data)!;
        Assert.Equal((string?)answer["answer"], string.Concat(events.Skip(1).SkipLast(1).Select(step => (string?)JsonNode.Parse(step.Data)!["text"])));
        Assert.Equal(Timeless(await Client.PostJsonAsync("/api/chat", new { question = Question })), Timeless(answer));
        foreach (var passage in JsonNode.Parse(events[0].Data)!["passages"]!.AsArray())
        {
            await CitationCheck.IsExactAsync(passage!, Client);
        }
    }

    [Theory]
    [InlineData("text/event-stream", true)]
    [InlineData("application/json, text/event-stream", true)]
    [InlineData("application/json, text/event-stream;q=0.5", false)]
    [InlineData("text/event-stream;q=0", false)]
    [InlineData("text/html", false)]
    [InlineData("*/*", false)]
    public async Task Events_are_sent_to_those_who_ask_for_them(string accept, bool events)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat")
        {
            Content = new StringContent($$"""{"question":"{{Question}}"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Client.SendAsync(request, HttpHelp.Cancellation);
        Assert.Equal(events ? "text/event-stream" : "application/json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_follow_up_is_understood_from_the_history()
    {
        var answer = await Client.PostJsonAsync("/api/chat", new
        {
            question = "And how long do they take?",
            history = new[]
            {
                new { role = "user", content = "What about the repairs of the lock?" },
                new { role = "assistant", content = "Repairs of the lock take six weeks. [1]" },
            },
        });
        Assert.Contains("six weeks", (string?)answer["answer"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_can_be_limited_to_documents()
    {
        var there = await Client.PostJsonAsync("/api/chat", new { question = Question, documentIds = new[] { Corpus.Talks } });
        var elsewhere = await Client.PostJsonAsync("/api/chat", new { question = Question, documentIds = new[] { Corpus.Harbour } });
        Assert.Equal("answered", (string?)there["outcome"]);
        Assert.NotEqual("answered", (string?)elsewhere["outcome"]);
        Assert.Equal([Corpus.Talks], Sources(there));
        Assert.Equal([Corpus.Harbour], Sources(elsewhere));

        static IEnumerable<string> Sources(JsonNode answer) =>
            answer["citations"]!.AsArray().Concat(answer["related"]!.AsArray()).Select(source => (string)source!["documentId"]!).Distinct();
    }

    [Fact]
    public async Task An_unknown_document_is_named()
    {
        using var response = await Client.PostAsync("/api/chat", """{"question":"Who?","documentIds":["../../etc/passwd"]}""");
        Assert.Contains("../../etc/passwd", (string?)(await response.ProblemAsync(400))["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_console_gives_the_same_answer()
    {
        var answer = await Client.PostJsonAsync("/api/chat", new { question = Question });
        var (exitCode, output, error) = await Programs.RunAsync(
            Host.Corpus.Root, "dotnet", Path.Combine(AppContext.BaseDirectory, "Assistant.Console.dll"),
            "--corpus", Host.Corpus.Folder, "--db", Host.Corpus.Database, "ask", Question, "--json");
        Assert.True(exitCode == 0, error);
        Assert.Equal(Timeless(JsonNode.Parse(output)!), Timeless(answer));
    }

    private static string Timeless(JsonNode answer)
    {
        Assert.True(answer.AsObject().Remove("elapsedMilliseconds"));
        return answer.ToJsonString();
    }
}
