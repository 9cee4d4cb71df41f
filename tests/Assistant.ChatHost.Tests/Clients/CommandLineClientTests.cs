using System.Text.Json.Nodes;
using Assistant.ChatHost.Tests.Support;

namespace Assistant.ChatHost.Tests.Clients;

public sealed class CommandLineClientTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task Curl_shows_the_events_as_they_come()
    {
        Programs.Need("curl");
        var (exitCode, output, error) = await Programs.RunAsync(
            shared.Host.Corpus.Root, "curl", "-sSN", "--fail-with-body", new Uri(shared.Address, "/api/chat").ToString(), "-H", "Accept: text/event-stream",
            "-H", "Content-Type: application/json", "-d", """{"question":"How fast does the turbine spin?"}""");
        Assert.True(exitCode == 0, error + output);
        Assert.Matches(@"(?s)^event: evidence\ndata: \{.*\n\nevent: delta\ndata: \{.*\n\nevent: answer\ndata: \{.*\n\n$", output);
    }

    [Fact]
    public async Task The_npm_client_of_openai_gets_answer_stream_and_errors()
    {
        var folder = await NodePackages.InstallAsync("openai", "7.57.0");
        var (host, _, address) = await TestHost.StartServerAsync(null, ("Assistant:Http:ApiKeys:0", "a-key-of-this-test"));
        await using var disposed = host;
        var script = Path.Combine(folder, "ask.mjs");
        await File.WriteAllTextAsync(script, """
            import OpenAI from 'openai';
            const client = new OpenAI({ baseURL: process.argv[2], apiKey: 'a-key-of-this-test', maxRetries: 0 });
            const messages = [{ role: 'user', content: 'How fast does the turbine spin?' }];
            const models = [];
            for await (const model of client.models.list()) models.push(model.id);
            const whole = await client.chat.completions.create({ model: models[0], messages });
            let streamed = '', usage;
            for await (const chunk of await client.chat.completions.create({ model: models[0], messages, stream: true, stream_options: { include_usage: true } })) {
              streamed += chunk.choices[0]?.delta?.content ?? '';
              usage = chunk.usage ?? usage;
            }
            const fails = async (work) => { try { await work(); return null; } catch (error) { return [error.constructor.name, error.status]; } };
            console.log(JSON.stringify({
              models, whole: whole.choices[0].message, streamed, usage,
              notFound: await fails(() => client.chat.completions.create({ model: 'gpt-4o', messages })),
              unauthorized: await fails(() => new OpenAI({ baseURL: process.argv[2], apiKey: 'nothing', maxRetries: 0 }).models.list()),
            }));
            """, HttpHelp.Cancellation);
        var (exitCode, output, error) = await Programs.RunAsync(folder, "node", script, new Uri(address, "/v1").ToString());
        Assert.True(exitCode == 0, error);
        var result = JsonNode.Parse(output)!;
        Assert.Equal("""["assistant"]""", result["models"]!.ToJsonString());
        var content = (string)result["whole"]!["content"]!;
        Assert.Contains("**Sources**", content, StringComparison.Ordinal);
        Assert.Equal(content, (string?)result["streamed"]);
        Assert.NotEmpty(result["whole"]!["annotations"]!.AsArray());
        Assert.True((int)result["usage"]!["total_tokens"]! > 10);
        Assert.Equal("""["NotFoundError",404]""", result["notFound"]!.ToJsonString());
        Assert.Equal("""["AuthenticationError",401]""", result["unauthorized"]!.ToJsonString());
    }

    [Theory]
    [InlineData("tools/list", "\"search\"")]
    [InlineData("tools/call --tool-name ask --tool-arg question=Turbine?", "turbine manual")]
    [InlineData("resources/read --uri assistant://documents/talks.md", "Senior officials from twelve states")]
    public async Task The_inspector_of_mcp_finds_tools_and_documents(string method, string expected)
    {
        var folder = await NodePackages.InstallAsync("@modelcontextprotocol/inspector", "2.12.0");
        string[] arguments =
        [
            Path.Combine("node_modules", ".bin", "mcp-inspector"), "--cli", new Uri(shared.Address, "/mcp").ToString(), "--transport", "http", "--method", .. method.Split(' '),
        ];
        var (exitCode, output, error) = await Programs.RunAsync(folder, "node", arguments);
        Assert.True(exitCode == 0, error + output);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }
}
