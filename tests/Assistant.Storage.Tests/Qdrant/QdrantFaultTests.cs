using System.Collections.Concurrent;
using Assistant.Core.Ingestion;
using Assistant.QdrantStandIn;
using Assistant.Storage.Qdrant;
using Assistant.Storage.Tests.Conformance;
using Microsoft.Extensions.Time.Testing;

namespace Assistant.Storage.Tests.Qdrant;

/// <summary>What happens when the server is slow, busy, down, too old, locked or somebody else's.</summary>
public sealed class QdrantFaultTests : IAsyncLifetime
{
    private const string Key = "a-very-secret-key";

    private StandInServer server = null!;
    private QdrantIndex index = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await StandInServer.StartAsync();
        server.ApiKey = Key;
        index = QdrantIndex.On(server);
    }

    public async ValueTask DisposeAsync()
    {
        // Cleaning up is no part of a test: it must not wait for a server that was told to be slow.
        server.Faults = null;
        await index.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task What_fails_in_passing_is_tried_again_and_nothing_is_written_twice()
    {
        using var store = index.Open();
        await PutAsync(store, "a.md", "apple");
        // The first two times every kind of request that may be repeated is asked for, it fails; a write may have been done all the same.
        var seen = new ConcurrentDictionary<string, int>();
        Fault[] faults = [new(FaultKind.CutAfter), new(FaultKind.Refused) { Status = 429, RetryAfter = 0 }, new(FaultKind.Refused) { Status = 503 }];
        var turn = 0;
        server.Faults = (_, method, path) =>
            path.Contains("/points", StringComparison.Ordinal) && seen.AddOrUpdate(method + path, 1, (_, times) => times + 1) <= 2
                ? faults[turn++ % faults.Length]
                : null;

        await PutAsync(store, "a.md", "apple", "banana");

        Assert.Equal(2, (await store.GetVersionsAsync("a.md", Cancel)).Count);
        Assert.Equal(2, (await store.GetStateAsync(Cancel)).Passages);
        Assert.Equal(2, server.CountOf(index.Options.Collection));
        Assert.True(turn > 6);
    }

    [Fact]
    public async Task The_server_says_when_to_try_again_and_that_is_kept_to()
    {
        using var store = index.Open();
        await PutAsync(store, "a.md", "apple");
        var refused = false;
        server.Faults = (_, _, path) => !refused && path.EndsWith("/scroll", StringComparison.Ordinal) && (refused = true)
            ? new Fault(FaultKind.Refused) { Status = 429, RetryAfter = 1 }
            : null;

        var started = TimeProvider.System.GetTimestamp();
        await store.GetStateAsync(Cancel);

        // Without it the first retry comes after a millisecond.
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task The_servers_own_word_on_whether_it_is_ready_counts()
    {
        using var store = index.Open();
        await store.CheckReadyAsync(Cancel);
        server.Faults = (_, _, path) => path.EndsWith("/readyz", StringComparison.Ordinal) ? new Fault(FaultKind.Refused) { Status = 503 } : null;

        // It answers requests all the same.
        await store.GetStateAsync(Cancel);
        await Assert.ThrowsAsync<IndexUnavailableException>(() => store.CheckReadyAsync(Cancel));
    }

    [Fact]
    public async Task A_server_that_stays_down_is_named_with_what_to_do_and_without_its_key()
    {
        using var store = index.Open();
        await PutAsync(store, "a.md", "apple");
        server.IsDown = true;

        var down = await Assert.ThrowsAsync<IndexUnavailableException>(() => store.SearchAsync(new() { Terms = ["apple"] }, Cancel));
        Assert.Contains(server.Url.Authority, down.Message, StringComparison.Ordinal);
        Assert.Contains("Assistant:Storage:Qdrant:Url", down.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, down.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<IndexUnavailableException>(() => store.OpenWriterAsync("builder/1", Cancel));

        server.IsDown = false;
        Assert.Single((await store.SearchAsync(new() { Terms = ["apple"] }, Cancel)).Hits);
    }

    [Fact]
    public async Task A_server_that_keeps_failing_is_unavailable_and_so_is_one_that_does_not_answer()
    {
        using var store = index.Open();
        server.Faults = (_, _, _) => new Fault(FaultKind.Refused) { Status = 500 };
        var failing = await Assert.ThrowsAsync<IndexUnavailableException>(() => store.ListAsync(Cancel));
        Assert.Contains("500", failing.Message, StringComparison.Ordinal);

        server.Faults = (_, _, _) => new Fault(FaultKind.Slow) { Delay = TimeSpan.FromSeconds(30) };
        using var hasty = index.Open(change: options => options with { Timeout = TimeSpan.FromMilliseconds(50) });
        var silent = await Assert.ThrowsAsync<IndexUnavailableException>(() => hasty.ListAsync(Cancel));
        Assert.Contains("TimeoutSeconds", silent.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_while_a_reader_failed_is_seen_by_the_next()
    {
        using var writer = index.Open();
        using var reader = index.Open();
        await PutAsync(writer, "a.md", "apple");
        Assert.Single(await reader.ListAsync(Cancel));
        await PutAsync(writer, "b.md", "banana");
        // The reader is told what changed, but not of which collection.
        server.Faults = (_, _, path) => path.Contains("aliases", StringComparison.Ordinal) ? new Fault(FaultKind.Refused) { Status = 500 } : null;
        await Assert.ThrowsAsync<IndexUnavailableException>(() => reader.ListAsync(Cancel));
        server.Faults = null;

        Assert.Equal(2, (await reader.ListAsync(Cancel)).Count);
    }

    [Fact]
    public async Task A_wrong_key_is_told_by_its_setting_and_never_shown()
    {
        using var store = index.Open(change: options => options with { ApiKey = "not-the-key" });

        var refused = await Assert.ThrowsAsync<IndexUnusableException>(() => store.ListAsync(Cancel));

        Assert.Contains("Assistant:Storage:Qdrant:ApiKey", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-key", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_too_old_is_refused_with_both_versions()
    {
        using var store = index.Open();
        server.Version = "1.15.4";

        var old = await Assert.ThrowsAsync<IndexUnusableException>(() => store.ListAsync(Cancel));

        Assert.Contains("1.15.4", old.Message, StringComparison.Ordinal);
        Assert.Contains("1.16", old.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", """{ "vectors": {} }""", "it is a collection")]
    [InlineData("-documents", """{ "vectors": { "size": 4, "distance": "Cosine" } }""", "a vector without a name")]
    [InlineData("-documents", """{ "vectors": { "image": { "size": 4, "distance": "Cosine" } } }""", "its vectors are image, not none")]
    public async Task A_collection_of_somebody_else_is_refused_with_the_difference(string name, string collection, string difference)
    {
        await SendAsync(HttpMethod.Put, $"/collections/{index.Options.Collection}{name}", collection);
        using var store = index.Open();

        var refused = await Assert.ThrowsAsync<IndexUnusableException>(async () =>
        {
            await store.ListAsync(Cancel);
            await store.OpenWriterAsync("builder/1", Cancel);
        });

        Assert.Contains(difference, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Assistant:Storage:Qdrant:Collection", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "vectors": { "dense": { "size": 9, "distance": "Cosine" } }, "sparse_vectors": { "terms": { "modifier": "idf" } } }""", "has size 9, not 8")]
    [InlineData("""{ "vectors": { "dense": { "size": 8, "distance": "Dot" } }, "sparse_vectors": { "terms": { "modifier": "idf" } } }""", "is compared by Dot, not Cosine")]
    [InlineData("""{ "vectors": { "dense": { "size": 8, "distance": "Cosine" } }, "sparse_vectors": { "terms": {} } }""", "has modifier none, not idf")]
    [InlineData("""{ "vectors": { "dense": { "size": 8, "distance": "Cosine" } } }""", "its sparse vectors are none, not terms")]
    public async Task An_alias_to_passages_of_other_parameters_is_refused_with_the_difference(string collection, string difference)
    {
        var name = index.Options.Collection;
        await SendAsync(HttpMethod.Put, $"/collections/{name}-7-8", collection);
        await SendAsync(HttpMethod.Post, "/collections/aliases", $$"""{ "actions": [ { "create_alias": { "alias_name": "{{name}}", "collection_name": "{{name}}-7-8" } } ] }""");
        using var store = index.Open();

        var refused = await Assert.ThrowsAsync<IndexUnusableException>(() => store.ListAsync(Cancel));

        Assert.Contains(difference, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lease_of_a_writer_that_died_ends_by_itself_and_that_of_one_that_lives_does_not()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var renewals = new SemaphoreSlim(0);
        server.Recorder = exchange =>
        {
            if (exchange is { Method: "PUT", Template: "/collections/{collection_name}/points" })
            {
                renewals.Release();
            }
        };
        using var living = index.Open(time);
        using var other = index.Open(time);
        await using (await living.OpenWriterAsync("builder/1", Cancel))
        {
            await renewals.WaitAsync(Cancel);
            for (var i = 0; i < 6; i++)
            {
                time.Advance(TimeSpan.FromSeconds(10));
                Assert.True(await renewals.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
            }

            var held = await Assert.ThrowsAsync<IndexLeaseHeldException>(() => other.OpenWriterAsync("builder/1", Cancel));
            Assert.Contains("UTC on", held.Message, StringComparison.Ordinal);
        }

        // One whose clock stands still never renews, as one that died.
        using var dying = index.Open(new FakeTimeProvider(time.GetUtcNow()));
        await using var dead = await dying.OpenWriterAsync("builder/1", Cancel);
        await Assert.ThrowsAsync<IndexLeaseHeldException>(() => other.OpenWriterAsync("builder/1", Cancel));
        time.Advance(TimeSpan.FromSeconds(31));
        await using var next = await other.OpenWriterAsync("builder/1", Cancel);
    }

    [Fact]
    public async Task Who_lost_the_lease_without_noticing_cannot_undo_what_its_successor_wrote()
    {
        var start = DateTimeOffset.UtcNow;
        using var slow = index.Open(new FakeTimeProvider(start));
        await PutAsync(slow, "a.md", "apple");
        await using var late = await slow.OpenWriterAsync("builder/1", Cancel);
        using var other = index.Open(new FakeTimeProvider(start.AddSeconds(40)));
        await PutAsync(other, "a.md", "apple", "banana");

        await late.PutTextAsync(TestDocuments.Version("a.md", 2, "cherry")).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal("apple\n\nbanana", (await other.GetAsync("a.md", null, Cancel))!.Text);
    }

    [Fact]
    public async Task An_emptied_server_is_an_empty_index_that_can_be_filled_anew()
    {
        using var store = index.Open();
        await PutAsync(store, "a.md", "apple");
        foreach (var collection in server.Collections)
        {
            await SendAsync(HttpMethod.Delete, "/collections/" + collection, null);
        }

        Assert.Empty(await store.ListAsync(Cancel));
        Assert.Null((await store.GetStateAsync(Cancel)).Fingerprint);
        using var other = index.Open();
        await PutAsync(other, "b.md", "banana");
        Assert.Equal("b.md", Assert.Single(await store.ListAsync(Cancel)).DocumentId);
    }

    [Fact]
    public async Task A_question_is_one_search_request()
    {
        using var store = index.Open();
        await PutAsync(store, "a.md", "apple", "banana");
        await store.GetStateAsync(Cancel);
        var exchanges = new ConcurrentQueue<Exchange>();
        server.Recorder = exchanges.Enqueue;

        await store.SearchAsync(new() { Terms = ["apple", "banana", "none"], Vector = TestDocuments.Vector("apple") }, Cancel);

        Assert.Single(exchanges, exchange => exchange.Template.Contains("/query", StringComparison.Ordinal));
        // And one small read, to know that nothing changed meanwhile.
        Assert.Equal(
            ["/aliases", "/collections/{collection_name}/points/scroll"],
            exchanges.Select(exchange => exchange.Template).Where(template => !template.Contains("/query", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static async Task PutAsync(QdrantStore store, string id, params string[] paragraphs)
    {
        await using var writer = await store.OpenWriterAsync("builder/1", Cancel);
        var number = (await store.GetVersionsAsync(id, Cancel)).Count + 1;
        await writer.PutTextAsync(TestDocuments.Version(id, number, paragraphs));
        await writer.CompleteAsync(Cancel);
    }

    private async Task SendAsync(HttpMethod method, string path, string? body)
    {
        using var client = new HttpClient { BaseAddress = server.Url };
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body) };
        request.Headers.Add("api-key", Key);
        (await client.SendAsync(request, Cancel)).EnsureSuccessStatusCode();
    }
}
