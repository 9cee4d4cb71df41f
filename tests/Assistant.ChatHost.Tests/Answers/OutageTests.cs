using Assistant.ChatHost.Tests.Support;
using Assistant.Core.Ingestion;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Assistant.ChatHost.Tests.Answers;

/// <summary>An index on a server that goes and comes.</summary>
public sealed class OutageTests
{
    private const string Question = """{"question":"Who met in Paris?"}""";
    private const string Completion = """{"model":"assistant","messages":[{"role":"user","content":"Who met in Paris?"}]}""";
    private const string Streamed = """{"model":"assistant","stream":true,"messages":[{"role":"user","content":"Who met in Paris?"}]}""";

    private readonly Outage outage = new();
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task A_host_whose_index_is_away_at_the_start_stays_up_says_why_and_is_ready_by_itself_when_it_is_back()
    {
        outage.Begin();
        // Time that the test lets pass is not to end the reading of a file.
        await using var host = new TestHost(Cover, ("Assistant:Ingestion:ReadingSeconds", "86400"));
        using var client = host.CreateClient();
        while (!(await ReadyAsync(client)).Contains(Outage.Message, StringComparison.Ordinal))
        {
            // The first try has not failed yet.
        }

        Assert.True((await client.GetAsync("/health/live", HttpHelp.Cancellation)).IsSuccessStatusCode);
        await RefusesAsync(client);

        // However long it takes.
        time.Advance(TimeSpan.FromMinutes(10));
        await RefusesAsync(client);
        outage.End();
        await AdvanceUntilReadyAsync(client);
        await AnswersAsync(client);
    }

    [Fact]
    public async Task An_index_that_goes_away_in_the_middle_is_told_everywhere_and_needs_no_restart_when_it_is_back()
    {
        await using var host = new TestHost(Cover);
        using var client = host.CreateClient();
        await TestHost.WaitUntilReadyAsync(client);

        outage.Begin();
        Assert.Contains(Outage.Message, await ReadyAsync(client), StringComparison.Ordinal);
        Assert.True((await client.GetAsync("/health/live", HttpHelp.Cancellation)).IsSuccessStatusCode);
        await RefusesAsync(client);

        outage.End();
        Assert.True((await client.GetAsync("/health/ready", HttpHelp.Cancellation)).IsSuccessStatusCode);
        await AnswersAsync(client);
    }

    [Fact]
    public async Task A_server_that_says_it_is_not_ready_is_believed_while_questions_are_answered()
    {
        await using var host = new TestHost(Cover);
        using var client = host.CreateClient();
        await TestHost.WaitUntilReadyAsync(client);

        outage.BeginCatchingUp();
        Assert.Contains(Outage.CatchingUp, await ReadyAsync(client), StringComparison.Ordinal);
        await AnswersAsync(client);

        outage.End();
        Assert.True((await client.GetAsync("/health/ready", HttpHelp.Cancellation)).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData(0.2, 1)]
    [InlineData(17.5, 18)]
    public async Task Retry_after_is_what_the_server_asks_for(double? asked, int told)
    {
        var busy = new Outage { RetryAfter = asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        await using var host = new TestHost(busy.Cover);
        using var client = host.CreateClient();
        await TestHost.WaitUntilReadyAsync(client);
        busy.Begin();
        using var response = await client.PostAsync("/api/chat", Question);
        Assert.Equal(told, response.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    [Fact]
    public async Task An_answer_that_has_begun_ends_with_the_reason()
    {
        await using var host = new TestHost(Cover);
        using var client = host.CreateClient();
        await TestHost.WaitUntilReadyAsync(client);
        outage.BeginForDocuments();
        using var request = Events();
        using var response = await client.SendAsync(request, HttpHelp.Cancellation);
        Assert.True(response.IsSuccessStatusCode);
        var events = await response.Content.ReadAsStringAsync(HttpHelp.Cancellation);
        Assert.Contains("event: evidence", events, StringComparison.Ordinal);
        Assert.Contains("event: error", events, StringComparison.Ordinal);
        Assert.Contains(Outage.Message, events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_of_the_MCP_server_says_why_it_cannot_answer()
    {
        await using var host = new TestHost(Cover);
        using var client = host.CreateClient();
        await TestHost.WaitUntilReadyAsync(client);
        outage.Begin();
        Assert.Contains(Outage.Message, await McpAsync("tools/call", """{"name":"ask","arguments":{"question":"Who met in Paris?"}}"""), StringComparison.Ordinal);
        Assert.Contains(Outage.Message, await McpAsync("resources/list", "{}"), StringComparison.Ordinal);

        async Task<string> McpAsync(string method, string parameters)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
            {
                Content = new StringContent(
                    $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""", System.Text.Encoding.UTF8, "application/json"),
            };
            request.Headers.Accept.ParseAdd("application/json, text/event-stream");
            using var response = await client.SendAsync(request, HttpHelp.Cancellation);
            return await response.Content.ReadAsStringAsync(HttpHelp.Cancellation);
        }
    }

    [Fact]
    public async Task A_host_beside_a_worker_waits_for_the_index_and_leaves_it_to_the_worker()
    {
        using var corpus = new Corpus();
        await using var host = Beside(corpus);
        using var client = host.CreateClient();
        while (!(await ReadyAsync(client)).Contains("The worker (src/Assistant.Ingestion) builds it", StringComparison.Ordinal))
        {
            // It has not looked yet.
        }

        await (await client.PostAsync("/api/chat", Question)).ProblemAsync(503);
        await using (var worker = await WorkerAsync(corpus))
        {
            // It has built the index.
        }

        await AdvanceUntilReadyAsync(client);
        await AnswersAsync(client);

        // Started again over a corpus that has changed meanwhile, it answers from what the worker has taken in.
        corpus.Write("new.md", "# New\n\nA zeppelin landed on the town hall.");
        await using var again = Beside(corpus);
        using var other = again.CreateClient();
        await AdvanceUntilReadyAsync(other);
        Assert.Equal(3, (await other.GetJsonAsync("/api/documents")).AsArray().Count);
    }

    [Fact]
    public async Task A_host_beside_a_worker_does_not_answer_from_an_index_that_was_built_otherwise()
    {
        using var corpus = new Corpus();
        await using (var worker = await WorkerAsync(corpus))
        {
            // It has built the index.
        }

        await using var host = Beside(corpus, ("Assistant:Passages:MaxTokens", "100"));
        using var client = host.CreateClient();
        while (!(await ReadyAsync(client)).Contains("built by another version", StringComparison.Ordinal))
        {
            // It has not looked yet.
        }

        await (await client.PostAsync("/api/chat", Question)).ProblemAsync(503);
    }

    [Fact]
    public async Task A_host_serves_what_is_indexed_while_another_process_writes()
    {
        using var corpus = new Corpus();
        await using var worker = await WorkerAsync(corpus);
        corpus.Write("new.md", "# New\n\nA zeppelin landed on the town hall.");
        await using var writer = await worker.Services.GetRequiredService<IIndexWriterFactory>()
            .OpenWriterAsync(worker.Services.GetRequiredService<CorpusReconciler>().Fingerprint, HttpHelp.Cancellation);
        await using var host = new TestHost(services => services.AddSingleton<TimeProvider>(time), Place(corpus));
        using var client = host.CreateClient();
        await TestHost.WaitUntilReadyAsync(client);
        await AnswersAsync(client);
    }

    private void Cover(IServiceCollection services)
    {
        outage.Cover(services);
        services.AddSingleton<TimeProvider>(time);
    }

    /// <summary>A host that has brought the index in step, as a worker does.</summary>
    private static async Task<TestHost> WorkerAsync(Corpus corpus)
    {
        var worker = new TestHost(null, Place(corpus));
        using var client = worker.CreateClient();
        await TestHost.WaitUntilReadyAsync(client);
        return worker;
    }

    private static (string Key, string Value)[] Place(Corpus corpus) =>
        [("Assistant:Corpus:Path", corpus.Folder), ("Assistant:Storage:Sqlite:Path", corpus.Database)];

    private TestHost Beside(Corpus corpus, params (string Key, string Value)[] more) => new(
        services => services.AddSingleton<TimeProvider>(time),
        [("Assistant:Corpus:Path", corpus.Folder + "-that-is-not-there"), ("Assistant:Storage:Sqlite:Path", corpus.Database), ("Assistant:Http:IngestAtStart", "false"), .. more]);

    private async Task AdvanceUntilReadyAsync(HttpClient client)
    {
        while (!(await client.GetAsync("/health/ready", HttpHelp.Cancellation)).IsSuccessStatusCode)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static async Task<string> ReadyAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/health/ready", HttpHelp.Cancellation);
        Assert.Equal(503, (int)response.StatusCode);
        return await response.Content.ReadAsStringAsync(HttpHelp.Cancellation);
    }

    private static HttpRequestMessage Events() => new(HttpMethod.Post, "/api/chat")
    {
        Content = new StringContent(Question, System.Text.Encoding.UTF8, "application/json"),
        Headers = { { "Accept", "text/event-stream" } },
    };

    private static async Task AnswersAsync(HttpClient client)
    {
        await CitationCheck.HoldsAsync(await client.PostJsonAsync("/api/chat", new { question = "Who met in Paris?" }), client);
        Assert.True((await client.PostAsync("/v1/chat/completions", Completion)).IsSuccessStatusCode);
        using var events = Events();
        using var streamed = await client.SendAsync(events, HttpHelp.Cancellation);
        Assert.Contains("event: answer", await streamed.Content.ReadAsStringAsync(HttpHelp.Cancellation), StringComparison.Ordinal);
    }

    private static async Task RefusesAsync(HttpClient client)
    {
        await IsUnavailableAsync(await client.PostAsync("/api/chat", Question));
        using var events = Events();
        await IsUnavailableAsync(await client.SendAsync(events, HttpHelp.Cancellation));
        await IsUnavailableAsync(await client.PostAsync("/api/verify", """{"text":"They said “Some European states urged prudence”."}"""));
        await IsUnavailableAsync(await client.GetAsync("/api/documents", HttpHelp.Cancellation));
        await IsUnavailableAsync(await client.GetAsync($"/api/documents/{Corpus.Talks}", HttpHelp.Cancellation));
        await IsUnavailableAsync(await client.GetAsync($"/api/documents/{Corpus.Talks}/changes", HttpHelp.Cancellation));
        foreach (var body in new[] { Completion, Streamed })
        {
            using var response = await client.PostAsync("/v1/chat/completions", body);
            Assert.Equal(503, (int)response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter?.Delta);
            Assert.Equal(Outage.Message, (string?)(await response.JsonAsync())["error"]!["message"]);
        }
    }

    private static async Task IsUnavailableAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(Outage.Message, (string?)(await response.ProblemAsync(503))["detail"]);
            Assert.NotNull(response.Headers.RetryAfter?.Delta);
        }
    }
}
