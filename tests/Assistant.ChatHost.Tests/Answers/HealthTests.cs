using Assistant.ChatHost.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.ChatHost.Tests.Answers;

public sealed class HealthTests
{
    [Fact]
    public async Task The_host_is_live_at_once_and_ready_when_the_index_can_answer()
    {
        var gate = new GatedEmbeddings();
        await using var host = new TestHost(services => services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(gate));
        using var client = host.CreateClient();
        Assert.True((await client.GetAsync("/health/live", HttpHelp.Cancellation)).IsSuccessStatusCode);
        Assert.Equal(503, (int)(await client.GetAsync("/health/ready", HttpHelp.Cancellation)).StatusCode);
        using (var early = await client.PostAsync("/api/chat", """{"question":"Who met in Paris?"}"""))
        {
            await early.ProblemAsync(503);
            Assert.NotNull(early.Headers.RetryAfter);
        }

        gate.Open();
        await TestHost.WaitUntilReadyAsync(client);
        Assert.True((await client.PostAsync("/api/chat", """{"question":"Who met in Paris?"}""")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task An_empty_corpus_is_not_ready_and_says_why()
    {
        await using var host = new TestHost();
        Directory.Delete(host.Corpus.Folder, recursive: true);
        Directory.CreateDirectory(host.Corpus.Folder);
        using var client = host.CreateClient();
        string text;
        do
        {
            using var response = await client.GetAsync("/health/ready", HttpHelp.Cancellation);
            Assert.Equal(503, (int)response.StatusCode);
            text = await response.Content.ReadAsStringAsync(HttpHelp.Cancellation);
        }
        while (text.Contains("being built", StringComparison.Ordinal));

        Assert.Contains("no documents", text, StringComparison.Ordinal);
        var answer = await client.PostJsonAsync("/api/chat", new { question = "Who met in Paris?" });
        Assert.Equal("no-documents", (string?)answer["outcome"]);
    }
}
