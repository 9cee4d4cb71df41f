using Assistant.Core.Ingestion;

namespace Assistant.Storage.Tests.Ingestion;

/// <summary>Files that cannot be read, folders that are suddenly empty, and another process that writes meanwhile.</summary>
public sealed class PoisonTests : IDisposable
{
    private readonly CorpusFixture corpus = new();

    public void Dispose() => corpus.Dispose();

    [Fact]
    public async Task A_file_that_cannot_be_read_is_tried_again_only_when_it_changes_or_is_asked_for()
    {
        corpus.Write("a.txt", "UNREADABLE");
        corpus.Write("b.txt", "BUG");
        corpus.Write("c.txt", "fine");
        Assert.Equal(["a.txt", "b.txt"], (await corpus.ReconcileAsync()).Failed.Select(failed => failed.DocumentId));
        var before = (corpus.Reader.Reads, corpus.WritersOpened);

        var again = await corpus.ReconcileAsync();

        Assert.Equal(
            [new FailedDocument("a.txt", "password-protected"), new FailedDocument("b.txt", "the file cannot be read: the reader fell over")], again.Failed);
        Assert.Equal(before, (corpus.Reader.Reads, corpus.WritersOpened));

        Assert.Equal(2, (await ReconcileAsync(new ReconcileOptions { RetryFailed = true })).Failed.Count);
        Assert.Equal(before.Reads + 2, corpus.Reader.Reads);

        corpus.Write("a.txt", "readable now");
        var repaired = await corpus.ReconcileAsync();
        Assert.Equal(["a.txt"], repaired.Added);
        Assert.Equal(["b.txt"], repaired.Failed.Select(failed => failed.DocumentId));
        Assert.Equal("b.txt", Assert.Single(await corpus.Store.GetFailuresAsync(TestContext.Current.CancellationToken)).DocumentId);
    }

    [Fact]
    public async Task A_file_that_is_unreadable_under_its_new_name_is_gone_under_the_old_one()
    {
        corpus.Reader.RefuseNames = "secret";
        corpus.Write("open.txt", "words");
        await corpus.ReconcileAsync();
        corpus.Move("open.txt", "secret.txt");

        var report = await corpus.ReconcileAsync();

        Assert.Equal("secret.txt", Assert.Single(report.Failed).DocumentId);
        Assert.Equal(["open.txt"], report.Removed);
        Assert.Empty(await corpus.Store.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_emptied_folder_does_not_empty_the_index_unless_that_is_allowed()
    {
        for (var i = 0; i < 8; i++)
        {
            corpus.Write($"{i}.txt", $"text {i}");
        }

        await corpus.ReconcileAsync();
        for (var i = 0; i < 8; i++)
        {
            corpus.Delete($"{i}.txt");
        }

        var refused = await Assert.ThrowsAsync<RemovalsRefusedException>(corpus.ReconcileAsync);
        Assert.Contains("8 of 8 documents", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-removals", refused.Message, StringComparison.Ordinal);
        Assert.Equal(8, (await corpus.Store.ListAsync(TestContext.Current.CancellationToken)).Count);

        Assert.Equal(8, (await ReconcileAsync(new ReconcileOptions { AllowRemovals = true })).Removed.Count);
    }

    [Fact]
    public async Task Half_of_the_documents_or_a_handful_may_go_unasked()
    {
        for (var i = 0; i < 12; i++)
        {
            corpus.Write($"{i}.txt", $"text {i}");
        }

        await corpus.ReconcileAsync();
        for (var i = 0; i < 6; i++)
        {
            corpus.Delete($"{i}.txt");
        }

        Assert.Equal(6, (await corpus.ReconcileAsync()).Removed.Count);
        for (var i = 6; i < 11; i++)
        {
            corpus.Delete($"{i}.txt");
        }

        Assert.Equal(5, (await corpus.ReconcileAsync()).Removed.Count);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_listed_fails_and_its_documents_stay()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("No folder can be shut to this user.");
            return;
        }

        corpus.Write("open/a.txt", "alpha");
        corpus.Write("shut/b.txt", "beta");
        await corpus.ReconcileAsync();
        var shut = Path.Combine(corpus.Folder.FullName, "shut");
        File.SetUnixFileMode(shut, UnixFileMode.None);
        try
        {
            var report = await corpus.ReconcileAsync();
            Assert.Equal(["shut/", "shut/b.txt"], report.Failed.Select(failed => failed.DocumentId));
            Assert.All(report.Failed, failed => Assert.Equal("no permission to list the folder", failed.Error));
            Assert.Equal(2, (await corpus.Store.ListAsync(TestContext.Current.CancellationToken)).Count);
        }
        finally
        {
            File.SetUnixFileMode(shut, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task What_another_process_ingests_between_comparing_and_writing_is_not_ingested_again()
    {
        corpus.Write("a.txt", "alpha");
        corpus.BeforeWriting = async () => await corpus.ReconcileAsync();

        var report = await corpus.ReconcileAsync();

        Assert.Equal((0, 1), (report.Added.Count, report.Unchanged));
        Assert.Equal(1, Assert.Single(await corpus.Store.ListAsync(TestContext.Current.CancellationToken)).Version);
    }

    private async Task<IngestionReport> ReconcileAsync(ReconcileOptions options)
    {
        await foreach (var happened in corpus.Reconciler().ReconcileAsync(options, TestContext.Current.CancellationToken))
        {
            if (happened is IngestionCompleted completed)
            {
                return completed.Report;
            }
        }

        throw new InvalidOperationException("There was no report.");
    }
}
