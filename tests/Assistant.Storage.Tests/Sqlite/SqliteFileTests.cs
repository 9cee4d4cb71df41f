using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;
using Assistant.Storage.Sqlite;
using Assistant.Storage.Tests.Conformance;

namespace Assistant.Storage.Tests.Sqlite;

public sealed class SqliteFileTests : IDisposable
{
    private readonly TemporaryIndex index = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => index.Dispose();

    [Fact]
    public async Task Reading_creates_nothing()
    {
        var store = index.Open();
        await store.ListAsync(Cancel);
        await store.SearchAsync(new PassageQuery { Terms = ["x"] }, Cancel);

        Assert.False(Directory.Exists(Path.GetDirectoryName(index.Path)));
    }

    [Fact]
    public async Task An_empty_file_is_an_empty_index_that_can_be_written()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(index.Path)!);
        await File.WriteAllBytesAsync(index.Path, [], Cancel);
        var store = index.Open();

        Assert.Empty(await store.ListAsync(Cancel));
        await WriteOneAsync(store);
        Assert.Single(await store.ListAsync(Cancel));
    }

    [Theory]
    [InlineData(99, "newer program")]
    [InlineData(-3, "delete the file and ingest again")]
    public async Task Another_schema_version_is_refused_with_both_versions_and_a_way_out(int version, string wayOut)
    {
        await WriteOneAsync(index.Open());
        index.Sql($"PRAGMA user_version = {version}");
        var store = index.Open();

        var reading = await Assert.ThrowsAsync<IndexUnusableException>(() => store.ListAsync(Cancel));
        var writing = await Assert.ThrowsAsync<IndexUnusableException>(() => store.OpenWriterAsync("x", Cancel));

        Assert.All([reading, writing], error =>
        {
            Assert.Contains(index.Path, error.Message, StringComparison.Ordinal);
            Assert.Contains($"version {version}, this program uses {SqliteSchema.Version}", error.Message, StringComparison.Ordinal);
            Assert.Contains(wayOut, error.Message, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task The_database_of_another_program_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(index.Path)!);
        index.Sql("CREATE TABLE theirs (x)");
        var store = index.Open();

        await Assert.ThrowsAsync<IndexUnusableException>(() => store.ListAsync(Cancel));
        await Assert.ThrowsAsync<IndexUnusableException>(() => store.OpenWriterAsync("x", Cancel));
        Assert.Equal(1L, index.Sql("SELECT COUNT(*) FROM sqlite_schema"));
    }

    [Fact]
    public async Task A_file_that_is_no_database_says_so()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(index.Path)!);
        await File.WriteAllTextAsync(index.Path, new string('x', 10_000), Cancel);
        var store = index.Open();

        var error = await Assert.ThrowsAsync<IndexUnusableException>(() => store.SearchAsync(new PassageQuery(), Cancel));
        Assert.Contains(index.Path, error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IndexUnusableException>(() => store.OpenWriterAsync("x", Cancel));
    }

    [Fact]
    public async Task A_damaged_file_says_so()
    {
        await WriteManyAsync(index.Open(), 50);
        index.Sql("PRAGMA wal_checkpoint(TRUNCATE)");
        await using (var file = new FileStream(index.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 4096;
            await file.WriteAsync(new byte[file.Length - 4096], Cancel);
        }

        var store = index.Open();
        var error = await Assert.ThrowsAsync<IndexUnusableException>(
            () => store.SearchAsync(new PassageQuery { Terms = ["apple"], Vector = TestDocuments.Vector("x") }, Cancel));
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_deleted_and_built_anew_is_read_anew()
    {
        var store = index.Open();
        await WriteManyAsync(store, 20);
        Assert.Equal(20, (await store.SearchAsync(new PassageQuery { Terms = ["apple"] }, Cancel)).Hits.Count);

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(index.Path)!))
        {
            File.Delete(file);
        }

        Assert.Empty(await store.ListAsync(Cancel));
        await WriteOneAsync(index.Open());
        Assert.Single((await store.SearchAsync(new PassageQuery { Terms = ["apple"] }, Cancel)).Hits);
    }

    [Fact]
    public async Task Putting_what_is_there_writes_nothing()
    {
        var store = index.Open();
        await WriteManyAsync(store, 5);
        var before = (Revision(), Wal());

        await WriteManyAsync(store, 5);

        Assert.Equal(before, (Revision(), Wal()));

        object? Revision() => index.Sql("SELECT value FROM meta WHERE name = 'revision'");
        string Wal() => File.Exists(index.Path + "-wal") ? Convert.ToHexString(File.ReadAllBytes(index.Path + "-wal")) : "";
    }

    [Fact]
    public async Task Kept_passages_keep_their_rows()
    {
        var store = index.Open();
        await using var writer = await store.OpenWriterAsync("builder/1", Cancel);
        await writer.PutTextAsync(TestDocuments.Version("a.md", 1, "one", "two"));
        var before = index.Sql("SELECT group_concat(key) FROM (SELECT key FROM passages ORDER BY key)");
        await writer.PutTextAsync(TestDocuments.Version("a.md", 2, "zero", "one", "two"));

        Assert.Equal("1,2", before);
        Assert.Equal("1,2,3", index.Sql("SELECT group_concat(key) FROM (SELECT key FROM passages ORDER BY key)"));
    }

    [Fact]
    public async Task An_aborted_writer_leaves_a_sound_file()
    {
        var store = index.Open();
        await WriteManyAsync(store, 30);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var writer = await store.OpenWriterAsync("builder/2", Cancel);
            for (var i = 0; i <= attempt * 6; i++)
            {
                await writer.PutTextAsync(TestDocuments.Version($"{i:00}.md", 2, $"changed {i}", "apple"));
            }

            await writer.DisposeAsync();
            index.AssertSound();
            Assert.Equal(30, (await store.SearchAsync(new PassageQuery { Terms = ["apple"] }, Cancel)).Hits.Count);
        }
    }

    [Fact]
    public async Task A_writer_can_be_opened_while_many_read()
    {
        var store = index.Open();
        await WriteManyAsync(store, 20);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    Assert.Equal(20, (await store.SearchAsync(new PassageQuery { Terms = ["apple"], Vector = TestDocuments.Vector("x") }, Cancel)).Hits.Count);
                }
            },
            Cancel)).ToList();
        for (var version = 2; version < 12; version++)
        {
            await WriteManyAsync(store, 20, version);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        index.AssertSound();
    }

    private static Task WriteOneAsync(SqliteStore store) => WriteManyAsync(store, 1);

    private static async Task WriteManyAsync(SqliteStore store, int documents, int version = 1)
    {
        await using var writer = await store.OpenWriterAsync("builder/1", Cancel);
        for (var i = 0; i < documents; i++)
        {
            await writer.PutTextAsync(TestDocuments.Version($"{i:00}.md", version, $"apple {i} in version {version}"));
        }

        await writer.CompleteAsync(Cancel);
    }
}
