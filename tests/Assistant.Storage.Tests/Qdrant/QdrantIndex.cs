using System.Collections.Concurrent;
using Assistant.QdrantStandIn;
using Assistant.Storage.Qdrant;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.Storage.Tests.Qdrant;

/// <summary>An index of a test's own name on a server: the stand-in, or the one that ASSISTANT_TEST_QDRANT_URL names.</summary>
internal sealed class QdrantIndex : IAsyncDisposable
{
    private static readonly ConcurrentQueue<string> Mistakes = [];

    private static readonly Lazy<Task<StandInServer>> Shared = new(async () =>
    {
        var server = await StandInServer.StartAsync();
        if (await QdrantDescription.FindAsync() is { } description)
        {
            server.Recorder = exchange =>
            {
                foreach (var mistake in description.Mistakes(exchange))
                {
                    Mistakes.Enqueue(mistake);
                }
            };
        }

        return server;
    });

    private readonly List<ServiceProvider> opened = [];

    public QdrantIndex(QdrantStoreOptions options) => Options = options with { Collection = $"test-{Guid.NewGuid():N}" };

    public QdrantStoreOptions Options { get; }

    /// <summary>An index on the server that all tests share, which may be a real one.</summary>
    public static async Task<QdrantIndex> OnAnyServerAsync() => Environment.GetEnvironmentVariable("ASSISTANT_TEST_QDRANT_URL") is { Length: > 0 } url
        ? new(new QdrantStoreOptions { Url = new Uri(url), ApiKey = Environment.GetEnvironmentVariable("ASSISTANT_TEST_QDRANT_API_KEY") })
        : new(new QdrantStoreOptions { Url = (await Shared.Value).Url });

    /// <summary>An index on a stand-in of the test's own.</summary>
    public static QdrantIndex On(StandInServer server) =>
        new(new QdrantStoreOptions { Url = server.Url, ApiKey = server.ApiKey, RetryDelay = TimeSpan.FromMilliseconds(1) });

    /// <summary>One more view of the index, as another process would have it.</summary>
    public QdrantStore Open(TimeProvider? time = null, Func<QdrantStoreOptions, QdrantStoreOptions>? change = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddQdrantStore(_ => change is null ? Options : change(Options));
        var provider = services.BuildServiceProvider();
        opened.Add(provider);
        return provider.GetRequiredService<QdrantStore>();
    }

    /// <summary>Removes the index; fails when anything was asked or answered on the shared server that is not as Qdrant describes it.</summary>
    public async ValueTask DisposeAsync()
    {
        Assert.Empty(Mistakes);
        using var client = new HttpClient { BaseAddress = Options.Url };
        if (Options.ApiKey is { } key)
        {
            client.DefaultRequestHeaders.Add("api-key", key);
        }

        try
        {
            using var listed = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync("/collections"));
            foreach (var collection in listed.RootElement.GetProperty("result").GetProperty("collections").EnumerateArray())
            {
                var name = collection.GetProperty("name").GetString()!;
                if (name.StartsWith(Options.Collection, StringComparison.Ordinal))
                {
                    await client.DeleteAsync($"/collections/{name}");
                }
            }
        }
        catch (HttpRequestException)
        {
            // The server is gone, and its collections with it.
        }

        foreach (var provider in opened)
        {
            await provider.DisposeAsync();
        }
    }
}
