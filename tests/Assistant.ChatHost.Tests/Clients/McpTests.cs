using System.Text.Json;
using System.Text.Json.Nodes;
using Assistant.ChatHost.Tests.Support;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Assistant.ChatHost.Tests.Clients;

public sealed class McpTests(SharedHost shared) : SharedHostTests(shared)
{
    [Fact]
    public async Task The_tools_are_described()
    {
        await using var client = await ConnectAsync();
        var tools = await client.ListToolsAsync(cancellationToken: HttpHelp.Cancellation);
        Assert.Equal(["ask", "search"], tools.Select(tool => tool.Name).Order());
        Assert.All(tools, tool =>
        {
            Assert.True(tool.Description.Length > 50);
            Assert.NotNull(tool.ProtocolTool.OutputSchema);
            Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint);
        });
    }

    [Fact]
    public async Task Ask_gives_the_one_answer_as_structured_content()
    {
        await using var client = await ConnectAsync();
        var result = await client.CallToolAsync(
            "ask", new Dictionary<string, object?> { ["question"] = "Why was the northern lock closed?" }, cancellationToken: HttpHelp.Cancellation);
        Assert.NotEqual(true, result.IsError);
        var answer = JsonNode.Parse(JsonSerializer.Serialize(result.StructuredContent))!.AsObject();
        var direct = await Client.PostJsonAsync("/api/chat", new { question = "Why was the northern lock closed?" });
        direct["elapsedMilliseconds"] = answer["elapsedMilliseconds"]!.DeepClone();
        Assert.True(JsonNode.DeepEquals(direct, answer));
        await CitationCheck.HoldsAsync(answer, Client);
        Assert.True(JsonNode.DeepEquals(answer, JsonNode.Parse(Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text)));
    }

    [Fact]
    public async Task Search_gives_exact_passages_of_the_documents_asked_for()
    {
        await using var client = await ConnectAsync();
        var result = await client.CallToolAsync(
            "search",
            new Dictionary<string, object?> { ["query"] = "lock repairs", ["limit"] = 2, ["documentIds"] = new[] { Corpus.Harbour } },
            cancellationToken: HttpHelp.Cancellation);
        var passages = JsonNode.Parse(JsonSerializer.Serialize(result.StructuredContent))!["passages"]!.AsArray();
        Assert.InRange(passages.Count, 1, 2);
        foreach (var passage in passages)
        {
            Assert.Equal(Corpus.Harbour, (string?)passage!["documentId"]);
            await CitationCheck.IsExactAsync(passage, Client);
        }
    }

    [Theory]
    [InlineData("ask", "question", "  ", "blank")]
    [InlineData("search", "query", "\0", "U+0000")]
    public async Task A_tool_says_what_is_wrong_with_its_arguments(string tool, string argument, string value, string message)
    {
        await using var client = await ConnectAsync();
        var result = await client.CallToolAsync(tool, new Dictionary<string, object?> { [argument] = value }, cancellationToken: HttpHelp.Cancellation);
        Assert.True(result.IsError);
        Assert.Contains(message, Assert.IsType<TextContentBlock>(result.Content[0]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_are_resources_that_can_be_listed_and_read()
    {
        await using var client = await ConnectAsync();
        var resources = await client.ListResourcesAsync(cancellationToken: HttpHelp.Cancellation);
        Assert.Equal([Corpus.Hostile, Corpus.Harbour, Corpus.Talks], resources.Select(resource => resource.Name));
        foreach (var resource in resources)
        {
            var content = (await client.ReadResourceAsync(resource.Uri, cancellationToken: HttpHelp.Cancellation)).Contents;
            var document = await Client.GetJsonAsync($"/api/documents/{Uri.EscapeDataString(resource.Name)}");
            Assert.Equal((string?)document["text"], Assert.IsType<TextResourceContents>(Assert.Single(content)).Text);
        }

        Assert.Contains("{+id}", Assert.Single(await client.ListResourceTemplatesAsync(cancellationToken: HttpHelp.Cancellation)).UriTemplate, StringComparison.Ordinal);
        await Assert.ThrowsAsync<McpProtocolException>(async () =>
            await client.ReadResourceAsync("assistant://documents/../../etc/passwd", cancellationToken: HttpHelp.Cancellation));
    }

    private async Task<McpClient> ConnectAsync() => await McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(Client.BaseAddress!, "/mcp") }, Host.CreateClient()),
        cancellationToken: HttpHelp.Cancellation);
}
