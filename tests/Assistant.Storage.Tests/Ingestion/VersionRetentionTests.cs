using Assistant.Core.Changes;
using Assistant.Core.Retention;

namespace Assistant.Storage.Tests.Ingestion;

public sealed class VersionRetentionTests : IDisposable
{
    private readonly CorpusFixture corpus = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => corpus.Dispose();

    [Fact]
    public async Task Without_a_rule_every_version_is_kept()
    {
        await WriteVersionsAsync("a.txt", 5);
        corpus.Time.Later = TimeSpan.FromDays(10_000);
        await corpus.ReconcileAsync();

        Assert.Equal([1, 2, 3, 4, 5], await ReadableAsync("a.txt"));
        Assert.Empty(corpus.RetentionLog.Lines);
    }

    [Fact]
    public async Task Only_the_newest_versions_are_kept_and_every_dropped_one_is_told()
    {
        await WriteVersionsAsync("a.txt", 5);
        await WriteVersionsAsync("b.txt", 1);
        corpus.Retention = new RetentionRule(Versions: 2, Age: null);
        await corpus.ReconcileAsync();

        Assert.Equal([4, 5], await ReadableAsync("a.txt"));
        Assert.Equal([1], await ReadableAsync("b.txt"));
        Assert.Equal(
            [.. Enumerable.Range(1, 3).Select(number => $"Information: Retention dropped version {number} of a.txt.")], corpus.RetentionLog.Lines);
        var writers = corpus.WritersOpened;
        await corpus.ReconcileAsync();
        Assert.Equal((3, writers), (corpus.RetentionLog.Lines.Count, corpus.WritersOpened));
    }

    [Fact]
    public async Task A_version_grows_old_from_when_it_was_replaced_and_the_current_one_never_does()
    {
        corpus.Retention = new RetentionRule(null, TimeSpan.FromDays(30));
        await WriteVersionsAsync("a.txt", 1);
        corpus.Time.Later = TimeSpan.FromDays(100);
        corpus.Write("a.txt", "Second state");
        await corpus.ReconcileAsync();
        Assert.Equal([1, 2], await ReadableAsync("a.txt"));

        corpus.Time.Later = TimeSpan.FromDays(131);
        await corpus.ReconcileAsync();

        Assert.Equal([2], await ReadableAsync("a.txt"));
        corpus.Time.Later = TimeSpan.FromDays(10_000);
        await corpus.ReconcileAsync();
        Assert.Equal([2], await ReadableAsync("a.txt"));
    }

    [Fact]
    public async Task A_removed_document_is_forgotten_when_its_time_has_come()
    {
        corpus.Retention = new RetentionRule(null, TimeSpan.FromDays(30));
        await WriteVersionsAsync("a.txt", 1);
        corpus.Delete("a.txt");
        await corpus.ReconcileAsync();
        Assert.Equal([1], await ReadableAsync("a.txt"));

        corpus.Time.Later = TimeSpan.FromDays(31);
        await corpus.ReconcileAsync();

        Assert.Empty(await ReadableAsync("a.txt"));
    }

    [Fact]
    public async Task Changes_of_a_dropped_version_say_that_retention_dropped_it()
    {
        await WriteVersionsAsync("a.txt", 3);
        corpus.Retention = new RetentionRule(1, null);
        var since = corpus.Time.GetUtcNow();
        corpus.Write("a.txt", "Fourth state");
        await corpus.ReconcileAsync();
        var history = new ChangeHistory(corpus.Store);

        var dropped = await Assert.ThrowsAsync<NoSuchVersionException>(() => history.CompareAsync("a.txt", 2, 4, Cancel));
        Assert.Matches(@"^Version 2 of 'a\.txt' was dropped by retention on \d{4}-\d\d-\d\d\. It has version 4\.$", dropped.Message);
        var never = await Assert.ThrowsAsync<NoSuchVersionException>(() => history.CompareAsync("a.txt", 7, 4, Cancel));
        Assert.Equal("'a.txt' has no version 7. It has version 4.", never.Message);
        var unknown = await Assert.ThrowsAsync<NoSuchVersionException>(() => history.CompareAsync("b.txt", null, null, Cancel));
        Assert.Equal("There is no document 'b.txt'. Documents are a.txt.", unknown.Message);
        var changed = Assert.Single((await history.SinceAsync(since, Cancel)).Changed);
        Assert.Equal((3, 4, null), (changed.From, changed.To, changed.Changes));
    }

    [Fact]
    public async Task What_came_changed_and_went_since_a_time_is_told()
    {
        corpus.Write("changed.txt", "The fund holds 2 billion euros.");
        corpus.Write("gone.txt", "Nobody reads this.");
        corpus.Write("moved.txt", "This is read.");
        corpus.Write("same.txt", "This stays.");
        await corpus.ReconcileAsync();
        corpus.Time.Later = TimeSpan.FromDays(1);
        var since = corpus.Time.GetUtcNow();
        corpus.Write("changed.txt", "The fund holds 3 billion euros.");
        corpus.Write("new.txt", "This is new.");
        corpus.Delete("gone.txt");
        corpus.Move("moved.txt", "sub/moved.txt");
        await corpus.ReconcileAsync();

        var changes = await new ChangeHistory(corpus.Store).SinceAsync(since, Cancel);

        Assert.Equal(["new.txt", "sub/moved.txt"], changes.Added.Select(document => document.DocumentId));
        Assert.Equal([("gone.txt", null), ("moved.txt", "sub/moved.txt")], changes.Removed.Select(document => (document.DocumentId, document.MovedTo)));
        var changed = Assert.Single(changes.Changed);
        Assert.Equal(("changed.txt", 1, 2), (changed.DocumentId, changed.From, changed.To));
        var value = Assert.Single(Assert.Single(changed.Changes!.Changes).Values);
        Assert.Equal(("2 billion euros", "3 billion euros"), (value.Before!.Text, value.After!.Text));
        corpus.Time.Later = TimeSpan.FromDays(2);
        var later = await new ChangeHistory(corpus.Store).SinceAsync(corpus.Time.GetUtcNow(), Cancel);
        Assert.Equal((0, 0, 0), (later.Added.Count, later.Changed.Count, later.Removed.Count));
    }

    private async Task WriteVersionsAsync(string id, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            corpus.Write(id, $"State {i} of {id}");
            await corpus.ReconcileAsync();
        }
    }

    private async Task<List<int>> ReadableAsync(string id)
    {
        var readable = new List<int>();
        foreach (var version in await corpus.Store.GetVersionsAsync(id, Cancel))
        {
            var text = await corpus.Store.GetAsync(id, version.Number, Cancel);
            Assert.Equal(version.DroppedAt is null, text is not null);
            if (text is not null)
            {
                readable.Add(version.Number);
            }
        }

        return readable;
    }
}
