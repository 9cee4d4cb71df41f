using System.Collections.Concurrent;
using Assistant.QdrantStandIn;
using Assistant.Storage.Tests.Conformance;

namespace Assistant.Storage.Tests.Qdrant;

public sealed class QdrantDescriptionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_store_asks_and_what_the_stand_in_answers_is_what_Qdrant_describes()
    {
        var description = await QdrantDescription.NeedAsync();
        await using var server = await StandInServer.StartAsync();
        var exchanges = new ConcurrentQueue<Exchange>();
        server.Recorder = exchanges.Enqueue;
        await using var index = QdrantIndex.On(server);
        // Every option there is.
        using var store = index.Open(change: options => options with
        {
            OnDisk = true, Quantized = true, StrictMode = true, ShardNumber = 2, ReplicationFactor = 1, WriteConsistencyFactor = 1,
        });
        await using (var writer = await store.OpenWriterAsync("builder/1", Cancel))
        {
            await writer.PutTextAsync(TestDocuments.Version("empty.md", 1));
            await writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple", "banana"));
            await writer.PutTextAsync(TestDocuments.Version("a.md", 2, "apple", "cherry"));
            await writer.PutTextAsync(TestDocuments.Version("b.md", 1, "date"));
            await writer.PutTextAsync(TestDocuments.Version("c.md", 1, "date"), movedFrom: "b.md");
            await writer.RemoveAsync("c.md", Cancel);
            await writer.DropVersionsAsync("a.md", [1], Cancel);
            await writer.PutFailureAsync(new("b.pdf", new string('b', 64), "password-protected"), Cancel);
            await writer.GetVectorsAsync("a.md", Cancel);
            await writer.CompleteAsync(Cancel);
        }

        await store.CheckReadyAsync(Cancel);
        await store.SearchAsync(new() { Terms = ["apple", "none"], Vector = TestDocuments.Vector("apple"), DocumentIds = ["a.md"] }, Cancel);
        await store.GetAsync("a.md", 2, Cancel);
        await store.GetVersionsAsync("a.md", Cancel);
        await store.GetPassagesAsync("a.md", 2, new(0, 100), 10, Cancel);
        await store.GetFailuresAsync(Cancel);
        await using (var writer = await store.OpenWriterAsync("builder/2", Cancel))
        {
            await writer.PutTextAsync(TestDocuments.Version("a.md", 2, "apple", "cherry"));
            await writer.CompleteAsync(Cancel);
        }

        Assert.Empty(exchanges.SelectMany(description.Mistakes));
        Assert.True(exchanges.Select(exchange => $"{exchange.Method} {exchange.Template}").Distinct().Count() >= 12);
    }

    [Theory]
    [InlineData("""{ "limit": 5, "filter": { "must": [ { "key": "a", "match": { "value": "b" } } ] } }""", true)]
    [InlineData("""{ "limit": "many" }""", false)]
    [InlineData("""{ "limit": 5, "colour": "red" }""", false)]
    [InlineData("""{ "filter": { "must": [ { "field": "a" } ] } }""", false)]
    public async Task The_description_tells_right_from_wrong(string request, bool right)
    {
        var description = await QdrantDescription.NeedAsync();
        var exchange = new Exchange("POST", "/collections/{collection_name}/points/scroll", "", request, 400, "{}");

        Assert.Equal(right, !description.Mistakes(exchange).Any());
    }
}
