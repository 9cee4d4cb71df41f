using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Assistant.ChatHost.Indexing;
using Assistant.Core.Ingestion;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assistant.ChatHost.Tests.Support;

/// <summary>The host over a small corpus, in this process: in memory, or on a port of its own.</summary>
internal sealed class TestHost(Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings)
    : WebApplicationFactory<IndexKeeper>
{
    public Corpus Corpus { get; } = new();

    /// <summary>The host on a real server, once its index can answer.</summary>
    public static async Task<(TestHost Host, HttpClient Client, Uri Address)> StartServerAsync(
        Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings)
    {
        var host = new TestHost(services, settings);
        // Not UseKestrel(0): it writes the address while the program may be listening already (dotnet/aspnetcore, pull request 67714).
        host.UseKestrel();
        host.StartServer();
        var client = host.CreateClient();
        await WaitUntilReadyAsync(client);
        return (host, client, client.BaseAddress!);
    }

    public static async Task WaitUntilReadyAsync(HttpClient client)
    {
        var cancellation = TestContext.Current.CancellationToken;
        while (!(await client.GetAsync("/health/ready", cancellation)).IsSuccessStatusCode)
        {
            await Task.Delay(20, cancellation);
        }
    }

    /// <summary>Brings the index in step with what was changed in the corpus.</summary>
    public async Task ReconcileAsync()
    {
        await foreach (var step in Services.GetRequiredService<CorpusReconciler>().ReconcileAsync(TestContext.Current.CancellationToken))
        {
            Assert.IsNotType<DocumentFailed>(step);
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseContentRoot(Corpus.Root);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.UseUrls("http://127.0.0.1:0");
        builder.UseSetting("Assistant:Corpus:Path", Corpus.Folder);
        builder.UseSetting("Assistant:Storage:Sqlite:Path", Corpus.Database);
        builder.UseSetting("Assistant:Http:RequestsPerMinute", "0");
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        if (services is not null)
        {
            builder.ConfigureServices(services);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Corpus.Dispose();
        }
    }
}

internal static class HttpHelp
{
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, string json) =>
        client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), Cancellation);

    public static async Task<JsonObject> PostJsonAsync(this HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body, Cancellation);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        return await response.JsonAsync();
    }

    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!.AsObject();

    public static async Task<JsonNode> GetJsonAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
    }

    /// <summary>The problem of a response, which must be one that says what to do.</summary>
    public static async Task<JsonObject> ProblemAsync(this HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Equal(status, (int)problem["status"]!);
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["title"]));
        Assert.True(((string?)problem["detail"])?.Length > 20, problem.ToJsonString());
        return problem;
    }
}
