using System.Text.Json.Nodes;
using Assistant.ChatHost.Tests.Support;

namespace Assistant.ChatHost.Tests.Clients;

public sealed class CompletionTests(SharedHost shared) : SharedHostTests(shared)
{
    private const string Question = """{"messages":[{"role":"user","content":"How fast does the turbine spin?"}]""";

    [Fact]
    public async Task The_typed_answer_comes_along_whole()
    {
        using var response = await Client.PostAsync("/v1/chat/completions", Question + "}");
        var answer = (await response.JsonAsync())["assistant"]!;
        var direct = await Client.PostJsonAsync("/api/chat", new { question = "How fast does the turbine spin?" });
        direct["elapsedMilliseconds"] = answer["elapsedMilliseconds"]!.DeepClone();
        Assert.Equal(direct.ToJsonString(), answer.ToJsonString());
        await CitationCheck.HoldsAsync(answer, Client);
    }

    [Fact]
    public async Task A_stream_holds_annotations_and_answer_and_ends_with_done()
    {
        var events = await Client.AskForEventsAsync("/v1/chat/completions", Question + ""","stream":true,"stream_options":{"include_usage":true}}""");
        Assert.Equal("[DONE]", events[^1].Data);
        var chunks = events.SkipLast(1).Select(step => JsonNode.Parse(step.Data)!.AsObject()).ToList();
        Assert.All(chunks, chunk => Assert.Equal("chat.completion.chunk", (string?)chunk["object"]));
        Assert.Single(chunks.Select(chunk => (string?)chunk["id"]).Distinct());
        var withAnswer = Assert.Single(chunks, chunk => chunk["assistant"] is not null);
        Assert.Equal(withAnswer["assistant"]!["citations"]!.AsArray().Count, withAnswer["choices"]![0]!["delta"]!["annotations"]!.AsArray().Count);
        Assert.Equal("stop", (string?)chunks[^2]["choices"]![0]!["finish_reason"]);
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.True((int)chunks[^1]["usage"]!["total_tokens"]! > 10);
    }

    [Fact]
    public async Task Markdown_of_titles_and_quotes_is_shown_not_followed()
    {
        using var response = await Client.PostAsync("/v1/chat/completions", Question + "}");
        var content = (string)(await response.JsonAsync())["choices"]![0]!["message"]!["content"]!;
        var sources = content[content.IndexOf("**Sources**", StringComparison.Ordinal)..];
        Assert.Contains(@"900 \[1\] revolutions", sources, StringComparison.Ordinal);
        Assert.DoesNotContain("](javascript:", sources, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", sources.Replace(@"\<img", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"messages":[]}""", 400, "messages")]
    [InlineData("""{"messages":[{"role":"system","content":"Who?"}]}""", 400, "messages")]
    [InlineData("""{"messages":[null]}""", 400, "messages")]
    [InlineData(Question + ""","n":2}""", 400, "n")]
    [InlineData(Question + ""","tool_choice":"required","tools":[]}""", 400, "tool_choice")]
    [InlineData(Question + ""","response_format":{"type":"json_object"}}""", 400, "response_format")]
    [InlineData(Question + ""","model":"gpt-4o"}""", 404, "model")]
    public async Task What_cannot_be_served_is_refused_in_openais_shape(string body, int status, string parameter)
    {
        using var response = await Client.PostAsync("/v1/chat/completions", body);
        Assert.Equal(status, (int)response.StatusCode);
        var error = (await response.JsonAsync())["error"]!;
        Assert.Equal(parameter, (string?)error["param"]);
        Assert.Equal("invalid_request_error", (string?)error["type"]);
        Assert.True(((string)error["message"]!).Length > 20);
    }

    [Fact]
    public async Task What_steers_a_model_is_ignored()
    {
        using var response = await Client.PostAsync(
            "/v1/chat/completions",
            Question + ""","model":"assistant","temperature":0.2,"seed":1,"tools":[{"type":"function"}],"tool_choice":"auto","response_format":{"type":"text"},"user":"x"}""");
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task There_is_one_model()
    {
        Assert.Equal("assistant", (string?)(await Client.GetJsonAsync("/v1/models"))["data"]![0]!["id"]);
        Assert.Equal("model", (string?)(await Client.GetJsonAsync("/v1/models/assistant"))["object"]);
        using var unknown = await Client.GetAsync("/v1/models/gpt-4o", HttpHelp.Cancellation);
        Assert.Equal("model_not_found", (string?)(await unknown.JsonAsync())["error"]!["code"]);
    }
}
