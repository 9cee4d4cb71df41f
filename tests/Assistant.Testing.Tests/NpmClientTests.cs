using System.Text.Json.Nodes;
using Assistant.ChatHost.Tests.Support;
using Assistant.Testing.ModelServer;

namespace Assistant.Testing.Tests;

public sealed class NpmClientTests
{
    [Fact]
    public async Task The_npm_client_of_openai_takes_it_for_the_real_one()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = await NodePackages.InstallAsync("openai", "7.57.0");
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedModelServerOptions { ApiKey = "sk-of-this-test" });
        server.Chat = request => request.Prompt.Contains("limit", StringComparison.Ordinal)
            ? ModelReply.RateLimited(TimeSpan.FromSeconds(1)) : ModelReply.Text("Twelve states met in Paris.");
        var script = Path.Combine(folder, "scripted.mjs");
        await File.WriteAllTextAsync(script, """
            import OpenAI from 'openai';
            const client = new OpenAI({ baseURL: process.argv[2], apiKey: 'sk-of-this-test', maxRetries: 0 });
            const ask = (content) => ({ model: 'scripted-chat', messages: [{ role: 'user', content }] });
            const models = [];
            for await (const model of client.models.list()) models.push(model.id);
            const whole = await client.chat.completions.create(ask('Who met?'));
            const stream = client.chat.completions.stream({ ...ask('Who met?'), stream_options: { include_usage: true } });
            const final = await stream.finalChatCompletion();
            const embeddings = await client.embeddings.create({ model: 'scripted-embedding', input: ['a lock', 'a turbine'], dimensions: 8 });
            const fails = async (work) => { try { await work(); return null; } catch (error) { return [error.constructor.name, error.status, error.code]; } };
            console.log(JSON.stringify({
              models, whole: whole.choices[0].message.content, streamed: final.choices[0].message.content, usage: final.usage,
              embeddings: embeddings.data.map((item) => item.embedding.length),
              limited: await fails(() => client.chat.completions.create(ask('limit'))),
              notFound: await fails(() => client.chat.completions.create({ ...ask('Who?'), model: 'gpt-9' })),
            }));
            """, cancellation);
        var (exitCode, output, error) = await Programs.RunAsync(folder, "node", script, server.Endpoint.ToString());
        Assert.True(exitCode == 0, error);
        var result = JsonNode.Parse(output)!;
        Assert.Equal("""["scripted-chat","scripted-embedding"]""", result["models"]!.ToJsonString());
        Assert.Equal("Twelve states met in Paris.", (string?)result["whole"]);
        Assert.Equal("Twelve states met in Paris.", (string?)result["streamed"]);
        Assert.True((int)result["usage"]!["total_tokens"]! > 5);
        Assert.Equal("[8,8]", result["embeddings"]!.ToJsonString());
        Assert.Equal("""["RateLimitError",429,"rate_limit_exceeded"]""", result["limited"]!.ToJsonString());
        Assert.Equal("""["NotFoundError",404,"model_not_found"]""", result["notFound"]!.ToJsonString());
    }
}
