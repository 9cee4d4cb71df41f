using Assistant.Core.Ingestion;

namespace Assistant.Storage.Tests.Conformance;

public abstract partial class StoreConformance
{
    private static readonly FailedFile Protected = new("b.pdf", new string('b', 64), "password-protected");

    [Fact]
    public async Task What_could_not_be_read_is_remembered_until_it_is_put_or_removed()
    {
        var store = OpenStore();
        var scanned = new FailedFile("a.pdf", new string('a', 64), "scanned: “no text layer”");
        Assert.Empty(await store.Writers.GetFailuresAsync(Cancel));
        await WriteAsync(store, async writer =>
        {
            await writer.PutFailureAsync(Protected with { Error = "truncated" }, Cancel);
            await writer.PutFailureAsync(scanned, Cancel);
            await writer.PutFailureAsync(Protected, Cancel);
        });
        Assert.Equal([scanned, Protected], await store.Writers.GetFailuresAsync(Cancel));

        await WriteAsync(store, async writer =>
        {
            await writer.PutTextAsync(TestDocuments.Version("a.pdf", 1, "apple"));
            await writer.RemoveAsync("b.pdf", Cancel);
        });
        Assert.Empty(await store.Writers.GetFailuresAsync(Cancel));
    }

    [Fact]
    public async Task A_failure_leaves_what_is_stored_of_the_document()
    {
        var store = OpenStore();
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("b.pdf", 1, "apple")));

        await WriteAsync(store, writer => writer.PutFailureAsync(Protected, Cancel));

        Assert.Equal(["apple"], await TextsOfAsync(store, "apple"));
        Assert.Equal(1, Assert.Single(await store.Documents.ListAsync(Cancel)).Version);
    }

    [Fact]
    public async Task A_rebuild_forgets_what_could_not_be_read()
    {
        var store = OpenStore();
        await WriteAsync(store, writer => writer.PutFailureAsync(Protected, Cancel));

        await using (var writer = await store.Writers.OpenWriterAsync("another fingerprint", Cancel))
        {
            await writer.CompleteAsync(Cancel);
        }

        Assert.Empty(await store.Writers.GetFailuresAsync(Cancel));
    }
}
