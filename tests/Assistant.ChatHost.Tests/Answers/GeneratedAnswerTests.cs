using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assistant.ChatHost.Tests.Support;
using Assistant.Testing.ModelServer;

namespace Assistant.ChatHost.Tests.Answers;

/// <summary>Every interface tells the same of an answer that a model wrote: console, HTTP, events and OpenAI's API.</summary>
public sealed partial class GeneratedAnswerTests
{
    private const string Question = "Why was the northern lock closed?";
    private const string Proved = "The harbour master closed the northern lock on Friday because of a broken gate.";
    private const string AlsoProved = "Repairs of the lock take six weeks.";

    [Fact]
    public async Task Console_and_host_give_the_same_answer_citations_and_withheld_sentences()
    {
        Programs.Need("env");
        await using var server = await ScriptedModelServer.StartAsync();
        server.Chat = request => ModelReply.Text(
            $"{Proved} [{IdOf(request, Proved)}] It was sold to pirates. [{IdOf(request, Proved)}] {AlsoProved} [{IdOf(request, AlsoProved)}] Nobody said so.");
        (string Key, string Value)[] settings =
        [
            ("Assistant:Chat:Provider", "OpenAI"), ("Assistant:Chat:Endpoint", server.Endpoint.ToString()), ("Assistant:Chat:Model", ScriptedModelServer.ChatModel),
        ];
        var (host, client, _) = await TestHost.StartServerAsync(null, settings);
        await using var disposed = host;

        var answer = await client.PostJsonAsync("/api/chat", new { question = Question });
        await CitationCheck.HoldsAsync(answer, client);
        Assert.Equal($"{Proved} [1] {AlsoProved} [2]", (string?)answer["answer"]);
        Assert.Equal((2, ScriptedModelServer.ChatModel, "answered"), ((int)answer["withheldSentences"]!, (string)answer["answeredBy"]!, (string)answer["outcome"]!));

        var events = await client.AskForEventsAsync("/api/chat", $$"""{"question":"{{Question}}"}""");
        Assert.Equal(["evidence", "delta", "delta", "answer"], events.Select(step => step.EventType));
        Assert.Equal((string?)answer["answer"], string.Concat(events.Where(step => step.EventType == "delta").Select(step => (string?)JsonNode.Parse(step.Data)!["text"])));
        var completion = await client.PostJsonAsync("/v1/chat/completions", new { messages = new[] { new { role = "user", content = Question } } });
        Assert.StartsWith((string)answer["answer"]! + "\n\n", (string?)completion["choices"]![0]!["message"]!["content"], StringComparison.Ordinal);
        Assert.Equal(2, completion["choices"]![0]!["message"]!["annotations"]!.AsArray().Count);
        var chunks = await client.AskForEventsAsync("/v1/chat/completions", $$"""{"stream":true,"messages":[{"role":"user","content":"{{Question}}"}]}""");
        var streamed = chunks.SkipLast(1).Select(step => JsonNode.Parse(step.Data)!).Single(chunk => chunk["assistant"] is not null);
        var (exitCode, output, error) = await Programs.RunAsync(
            host.Corpus.Root, "env",
            [
                .. settings.Select(setting => $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}={setting.Value}"),
                // In this folder lies what the web framework does not bring; the console program, which brings all itself, borrows the framework.
                "dotnet", "exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "Assistant.ChatHost.runtimeconfig.json"),
                Path.Combine(AppContext.BaseDirectory, "Assistant.Console.dll"),
                "--corpus", host.Corpus.Folder, "--db", host.Corpus.Database, "ask", Question, "--json",
            ]);
        Assert.True(exitCode == 0, error);

        var expected = Timeless(answer);
        Assert.Equal(expected, Timeless(JsonNode.Parse(events[^1].Data)!));
        Assert.Equal(expected, Timeless(completion["assistant"]!));
        Assert.Equal(expected, Timeless(streamed["assistant"]!));
        Assert.Equal(expected, Timeless(JsonNode.Parse(output)!));
        Assert.Equal(5, server.ChatRequests.Count);
    }

    [Fact]
    public async Task Every_interface_tells_why_the_model_did_not_answer()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.Chat = _ => ModelReply.Unauthorized("sk-of-this-test");
        var (host, client, _) = await TestHost.StartServerAsync(
            null, ("Assistant:Chat:Provider", "OpenAI"), ("Assistant:Chat:Endpoint", server.Endpoint.ToString()),
            ("Assistant:Chat:Model", ScriptedModelServer.ChatModel), ("Assistant:Chat:ApiKey", "sk-of-this-test"));
        await using var disposed = host;
        var answer = await client.PostJsonAsync("/api/chat", new { question = Question });
        await CitationCheck.HoldsAsync(answer, client);
        Assert.Equal("extractive", (string?)answer["answeredBy"]);
        Assert.Contains("refuses the key", (string?)answer["notice"], StringComparison.Ordinal);
        Assert.DoesNotContain("sk-of-this-test", answer.ToJsonString(), StringComparison.Ordinal);
        var events = await client.AskForEventsAsync("/api/chat", $$"""{"question":"{{Question}}"}""");
        Assert.Equal(Timeless(answer), Timeless(JsonNode.Parse(events[^1].Data)!));
    }

    private static string IdOf(ModelRequest request, string sentence) =>
        Line().Matches(request.Prompt).Single(line => line.Groups[2].Value.Trim() == sentence).Groups[1].Value;

    private static string Timeless(JsonNode answer)
    {
        var copy = answer.DeepClone();
        Assert.True(copy.AsObject().Remove("elapsedMilliseconds"));
        return copy.ToJsonString();
    }

    [GeneratedRegex(@"^\[([A-Z]{3}[0-9]+)\] (.*)$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
