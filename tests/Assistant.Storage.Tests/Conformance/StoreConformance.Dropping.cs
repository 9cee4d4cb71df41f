namespace Assistant.Storage.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task A_dropped_version_cannot_be_read_but_is_told_from_one_that_never_was()
    {
        var store = OpenStore();
        await WriteAsync(store, async writer =>
        {
            await writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple"));
            await writer.PutTextAsync(TestDocuments.Version("a.md", 2, "banana"));
            await writer.PutTextAsync(TestDocuments.Version("a.md", 3, "cherry"));
        });
        var before = await store.Documents.GetVersionsAsync("a.md", Cancel);
        await WriteAsync(store, writer => writer.DropVersionsAsync("a.md", [1, 9], Cancel));

        Assert.Null(await store.Documents.GetAsync("a.md", 1, Cancel));
        Assert.Equal("banana", (await store.Documents.GetAsync("a.md", 2, Cancel))!.Text);
        Assert.Equal("cherry", (await store.Documents.GetAsync("a.md", null, Cancel))!.Text);
        var after = await store.Documents.GetVersionsAsync("a.md", Cancel);
        Assert.Equal([true, false, false], after.Select(version => version.DroppedAt is not null));
        Assert.Equal(before, after.Select(version => version with { DroppedAt = null }));
        Assert.Equal(["cherry"], await TextsOfAsync(store, "cherry"));

        await WriteAsync(store, writer => writer.DropVersionsAsync("a.md", [1], Cancel));
        Assert.Equal(after, await OpenStore().Documents.GetVersionsAsync("a.md", Cancel));
    }

    [Fact]
    public async Task The_current_version_is_never_dropped()
    {
        var store = OpenStore();
        await WriteAsync(store, async writer =>
        {
            await writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple"));
            await writer.PutTextAsync(TestDocuments.Version("a.md", 2, "banana"));
            await Assert.ThrowsAsync<ArgumentException>(() => writer.DropVersionsAsync("a.md", [1, 2], Cancel));
        });

        Assert.Equal("apple", (await store.Documents.GetAsync("a.md", 1, Cancel))!.Text);
        Assert.Equal("banana", (await store.Documents.GetAsync("a.md", 2, Cancel))!.Text);
        Assert.All(await store.Documents.GetVersionsAsync("a.md", Cancel), version => Assert.Null(version.DroppedAt));
    }

    [Fact]
    public async Task After_all_versions_of_a_removed_document_were_dropped_it_goes_on_counting()
    {
        var store = OpenStore();
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple")));
        await WriteAsync(store, async writer =>
        {
            await writer.RemoveAsync("a.md", Cancel);
            await writer.DropVersionsAsync("a.md", [1], Cancel);
        });

        Assert.Null(await store.Documents.GetAsync("a.md", 1, Cancel));
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("a.md", 2, "apple again")));
        Assert.Equal([1, 2], (await store.Documents.GetVersionsAsync("a.md", Cancel)).Select(version => version.Number));
        Assert.Equal("apple again", (await store.Documents.GetAsync("a.md", null, Cancel))!.Text);
    }

    [Fact]
    public async Task Removed_and_moved_documents_are_listed_until_they_come_back()
    {
        var store = OpenStore();
        Assert.Empty(await store.Documents.ListRemovedAsync(Cancel));
        await WriteAsync(store, async writer =>
        {
            await writer.PutTextAsync(TestDocuments.Version("b.md", 1, "banana"));
            await writer.PutTextAsync(TestDocuments.Version("b.md", 2, "banana split"));
            await writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple"));
            await writer.RemoveAsync("b.md", Cancel);
            await writer.PutTextAsync(TestDocuments.Version("c.md", 1, "apple"), movedFrom: "a.md");
        });

        var removed = await store.Documents.ListRemovedAsync(Cancel);
        Assert.Equal([("a.md", 1, "c.md"), ("b.md", 2, null)], removed.Select(document => (document.DocumentId, document.LastVersion, document.MovedTo)));
        Assert.All(removed, document => Assert.True(document.RemovedAt > TestDocuments.Ingested));
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("b.md", 3, "banana bread")));
        Assert.Equal(["a.md"], (await store.Documents.ListRemovedAsync(Cancel)).Select(document => document.DocumentId));
    }

    [Fact]
    public async Task A_document_that_a_rebuild_leaves_out_was_removed_by_it()
    {
        var store = OpenStore();
        await WriteAsync(store, async writer =>
        {
            await writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple"));
            await writer.PutTextAsync(TestDocuments.Version("b.md", 1, "banana"));
        });
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple")), "builder/2");

        Assert.Equal("b.md", Assert.Single(await store.Documents.ListRemovedAsync(Cancel)).DocumentId);
    }
}
