using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;

namespace Assistant.Storage.Tests.Ingestion;

/// <summary>What ingestion promises, with whatever store it writes to.</summary>
public abstract class CorpusReconcilerTests : IDisposable
{
    private readonly CorpusFixture corpus;

    private protected CorpusReconcilerTests(CorpusFixture corpus) => this.corpus = corpus;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        corpus.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A paragraph that fills a passage of its own.</summary>
    private static string Long(string word) => string.Join(' ', Enumerable.Repeat($"The {word} is described in this sentence at some length.", 12));

    [Fact]
    public async Task A_first_run_takes_in_every_file_and_tells_of_each()
    {
        corpus.Write("b.txt", Long("beta"));
        corpus.Write("a/x.txt", Long("alpha"), Long("omega"));
        corpus.Write("empty.txt");
        corpus.Write("picture.png", "no reader");

        var events = await corpus.EventsAsync();

        Assert.Equal(new IngestionPlanned(3, false), events[0]);
        Assert.Equal(
            [new DocumentIngested("a/x.txt", 1, 2), new DocumentIngested("b.txt", 1, 1), new DocumentIngested("empty.txt", 1, 0)],
            events.Skip(1).SkipLast(1));
        var report = Assert.IsType<IngestionCompleted>(events[^1]).Report;
        Assert.Equal(["a/x.txt", "b.txt", "empty.txt"], report.Added);
        Assert.Equal(["picture.png"], report.Unsupported);
        Assert.Equal((3, 0, 0), (report.PassagesEmbedded, report.PassagesReused, report.Unchanged));
        Assert.Equal(["a/x.txt"], await DocumentsWithAsync("omega"));
        Assert.Equal("en", Assert.Single((await corpus.Store.GetStateAsync(Cancel)).Languages));
    }

    [Fact]
    public async Task A_second_run_reads_embeds_and_opens_nothing()
    {
        corpus.Write("a.txt", Long("alpha"));
        corpus.Write("b.txt", Long("beta"));
        await corpus.ReconcileAsync();
        var before = (corpus.Reader.Reads, corpus.Embedder.Texts, corpus.WritersOpened);

        var events = await corpus.EventsAsync();

        Assert.Equal(before, (corpus.Reader.Reads, corpus.Embedder.Texts, corpus.WritersOpened));
        Assert.Equal(2, events.Count);
        Assert.Equal(new IngestionPlanned(0, false), events[0]);
        var report = Assert.IsType<IngestionCompleted>(events[1]).Report;
        Assert.False(report.ChangedAnything);
        Assert.Equal(2, report.Unchanged);
    }

    [Fact]
    public async Task An_edited_paragraph_is_all_that_is_embedded()
    {
        corpus.Write("a.txt", Long("alpha"), Long("beta"), Long("gamma"));
        corpus.Write("b.txt", Long("other"));
        await corpus.ReconcileAsync();
        corpus.Write("a.txt", Long("alpha"), Long("delta"), Long("gamma"));

        var report = await corpus.ReconcileAsync();

        Assert.Equal(["a.txt"], report.Updated);
        Assert.Equal((1, 2, 1), (report.PassagesEmbedded, report.PassagesReused, report.Unchanged));
        Assert.Empty(await DocumentsWithAsync("beta"));
        Assert.Equal(["a.txt"], await DocumentsWithAsync("delta"));
        Assert.Equal(2, (await corpus.Store.GetAsync("a.txt", null, Cancel))!.Number);
        Assert.Contains("beta", (await corpus.Store.GetAsync("a.txt", 1, Cancel))!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_file_is_gone_and_its_version_numbers_go_on_when_it_returns()
    {
        corpus.Write("a.txt", Long("alpha"));
        corpus.Write("b.txt", Long("beta"));
        await corpus.ReconcileAsync();
        corpus.Delete("a.txt");

        var events = await corpus.EventsAsync();
        Assert.Equal(new DocumentRemoved("a.txt"), events[1]);
        Assert.Equal(["a.txt"], Assert.IsType<IngestionCompleted>(events[^1]).Report.Removed);
        Assert.Empty(await DocumentsWithAsync("alpha"));

        corpus.Write("a.txt", Long("alpha"));
        Assert.Equal(["a.txt"], (await corpus.ReconcileAsync()).Added);
        Assert.Equal(2, (await corpus.Store.GetAsync("a.txt", null, Cancel))!.Number);
    }

    [Fact]
    public async Task A_moved_file_is_embedded_not_again()
    {
        corpus.Write("old.txt", Long("alpha"), Long("alpha"), Long("beta"));
        await corpus.ReconcileAsync();
        var embedded = corpus.Embedder.Texts;
        corpus.Move("old.txt", "folder/new.txt");

        var events = await corpus.EventsAsync();

        Assert.Equal(new IngestionPlanned(1, false), events[0]);
        var report = Assert.IsType<IngestionCompleted>(events[^1]).Report;
        Assert.Equal([new MovedDocument("old.txt", "folder/new.txt")], report.Moved);
        Assert.Equal((0, 3), (report.PassagesEmbedded, report.PassagesReused));
        Assert.Equal((0, 0), (report.Added.Count, report.Removed.Count));
        Assert.Equal(embedded, corpus.Embedder.Texts);
        Assert.Equal(["folder/new.txt"], await DocumentsWithAsync("beta"));
        Assert.NotNull(await corpus.Store.GetAsync("old.txt", 1, Cancel));
    }

    [Fact]
    public async Task Of_identical_files_each_is_moved_at_most_once_and_by_its_name()
    {
        corpus.Write("x/one.txt", Long("twin"));
        corpus.Write("x/two.txt", Long("twin"));
        await corpus.ReconcileAsync();
        corpus.Move("x/one.txt", "y/one.txt");
        corpus.Move("x/two.txt", "y/two.txt");
        corpus.Write("y/a-third.txt", Long("twin"));

        var report = await corpus.ReconcileAsync();

        Assert.Equal([new MovedDocument("x/one.txt", "y/one.txt"), new MovedDocument("x/two.txt", "y/two.txt")], report.Moved);
        Assert.Equal(["y/a-third.txt"], report.Added);
        Assert.Equal(["y/a-third.txt", "y/one.txt", "y/two.txt"], await DocumentsWithAsync("twin"));
        Assert.Empty(report.Removed);
    }

    [Fact]
    public async Task A_copy_is_a_document_of_its_own()
    {
        corpus.Write("a.txt", Long("alpha"));
        await corpus.ReconcileAsync();
        corpus.Write("copy.txt", Long("alpha"));

        Assert.Equal(["copy.txt"], (await corpus.ReconcileAsync()).Added);
        Assert.Equal(["a.txt", "copy.txt"], await DocumentsWithAsync("alpha"));
    }

    [Theory]
    [InlineData("UNREADABLE", "password-protected")]
    [InlineData("BUG", "the file cannot be read: the reader fell over")]
    public async Task A_file_that_cannot_be_read_is_told_and_what_was_stored_stays(string content, string reason)
    {
        corpus.Write("a.txt", Long("alpha"));
        corpus.Write("b.txt", Long("beta"));
        await corpus.ReconcileAsync();
        corpus.Write("a.txt", content);
        corpus.Write("b.txt", Long("gamma"));

        var events = await corpus.EventsAsync();

        Assert.Equal(new DocumentFailed("a.txt", reason), events[1]);
        var report = Assert.IsType<IngestionCompleted>(events[^1]).Report;
        Assert.Equal([new FailedDocument("a.txt", reason)], report.Failed);
        Assert.Equal(["b.txt"], report.Updated);
        Assert.Equal(["a.txt"], await DocumentsWithAsync("alpha"));
        Assert.Equal(["b.txt"], await DocumentsWithAsync("gamma"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_told_without_opening_the_index()
    {
        corpus.Write("a.txt", Long("alpha"));
        await corpus.ReconcileAsync();
        // A link to nowhere is a file that vanished, on every user's rights.
        File.CreateSymbolicLink(Path.Combine(corpus.Folder.FullName, "b.txt"), "nowhere");

        var report = await corpus.ReconcileAsync();

        Assert.Equal("b.txt", Assert.Single(report.Failed).DocumentId);
        Assert.Contains("deleted", report.Failed[0].Error, StringComparison.Ordinal);
        Assert.Equal((1, 1), (report.Unchanged, corpus.WritersOpened));
    }

    [Fact]
    public async Task A_missing_folder_is_an_error_and_removes_nothing()
    {
        corpus.Write("a.txt", Long("alpha"));
        await corpus.ReconcileAsync();
        corpus.Folder.Delete(recursive: true);

        var error = await Assert.ThrowsAsync<DirectoryNotFoundException>(corpus.EventsAsync);

        Assert.Contains(corpus.Folder.FullName, error.Message, StringComparison.Ordinal);
        Assert.Contains("Assistant:Corpus:Path", error.Message, StringComparison.Ordinal);
        Assert.Equal(["a.txt"], await DocumentsWithAsync("alpha"));
        corpus.Folder.Create();
    }

    [Fact]
    public async Task Another_embedding_model_rebuilds_everything_and_keeps_the_versions()
    {
        corpus.Write("a.txt", Long("alpha"));
        corpus.Write("b.txt", Long("beta"), Long("gamma"));
        await corpus.ReconcileAsync();
        corpus.Embedder.Model = "another";
        corpus.Write("c.txt", Long("delta"));

        var events = await corpus.EventsAsync();

        Assert.Equal(new IngestionPlanned(3, true), events[0]);
        var report = Assert.IsType<IngestionCompleted>(events[^1]).Report;
        Assert.Equal((4, 0, 2), (report.PassagesEmbedded, report.PassagesReused, report.Unchanged));
        Assert.Equal(["c.txt"], report.Added);
        Assert.Single(await corpus.Store.GetVersionsAsync("a.txt", Cancel));
        Assert.Equal(corpus.Reconciler().Fingerprint, (await corpus.Store.GetStateAsync(Cancel)).Fingerprint);
        Assert.Equal(new IngestionPlanned(0, false), (await corpus.EventsAsync())[0]);
    }

    [Fact]
    public async Task Another_rule_of_a_format_makes_new_versions_where_the_text_differs()
    {
        corpus.Write("a.txt", Long("alpha"));
        await corpus.ReconcileAsync();
        corpus.Reader.Fingerprint = "paragraphs/2";
        corpus.Reader.Prefix = "Preface. ";

        Assert.Equal(["a.txt"], (await corpus.ReconcileAsync()).Updated);
        Assert.StartsWith("Preface. ", (await corpus.Store.GetAsync("a.txt", 2, Cancel))!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_fails_in_a_rebuild_is_still_answered_from_its_stored_version()
    {
        corpus.Write("a.txt", Long("alpha"));
        corpus.Write("b.txt", Long("beta"));
        corpus.Write("c.txt", Long("gamma"));
        await corpus.ReconcileAsync();
        corpus.Embedder.Model = "another";
        corpus.Write("a.txt", "UNREADABLE");
        corpus.Delete("b.txt");
        File.CreateSymbolicLink(Path.Combine(corpus.Folder.FullName, "b.txt"), "nowhere");
        corpus.Delete("c.txt");

        var report = await corpus.ReconcileAsync();

        Assert.Equal(["a.txt", "b.txt"], report.Failed.Select(failed => failed.DocumentId));
        Assert.Equal(["c.txt"], report.Removed);
        Assert.Equal(["a.txt"], await DocumentsWithAsync("alpha"));
        Assert.Equal(["b.txt"], await DocumentsWithAsync("beta"));
        Assert.Empty(await DocumentsWithAsync("gamma"));
    }

    [Fact]
    public async Task A_run_that_is_left_half_way_keeps_what_it_had_and_the_next_one_completes_it()
    {
        for (var i = 0; i < 20; i++)
        {
            corpus.Write($"{i:00}.txt", Long($"word{i}"));
        }

        await foreach (var happened in corpus.Reconciler().ReconcileAsync(Cancel))
        {
            if (happened is DocumentIngested { DocumentId: "04.txt" })
            {
                break;
            }
        }

        Assert.Equal(5, (await corpus.Store.ListAsync(Cancel)).Count);
        var report = await corpus.ReconcileAsync();
        Assert.Equal((15, 5), (report.Added.Count, report.Unchanged));
        corpus.AssertSound();
    }

    [Fact]
    public async Task A_cancelled_run_ends_and_gives_the_lease_back()
    {
        for (var i = 0; i < 20; i++)
        {
            corpus.Write($"{i:00}.txt", Long($"word{i}"));
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var happened in corpus.Reconciler().ReconcileAsync(stop.Token))
            {
                if (happened is DocumentIngested)
                {
                    await stop.CancelAsync();
                }
            }
        });

        Assert.Equal(20, (await corpus.ReconcileAsync()).Added.Count + 1);
    }

    [Fact]
    public async Task Passages_are_ranges_of_the_stored_version()
    {
        corpus.Write("a.txt", Long("alpha") + " 😀", Long("béta\u0301"), "short");
        await corpus.ReconcileAsync();

        var version = (await corpus.Store.GetAsync("a.txt", null, Cancel))!;
        var passages = await corpus.Store.GetPassagesAsync("a.txt", 1, new TextSpan(0, version.Text.Length), 100, Cancel);
        Assert.NotEmpty(passages);
        Assert.All(passages, passage => Assert.Equal(passage.Span.Of(version.Text), passage.Text));
    }

    private async Task<string[]> DocumentsWithAsync(string word)
    {
        var terms = Core.Text.TextAnalyzer.Terms(word, "en");
        var found = await corpus.Store.SearchAsync(new PassageQuery { Terms = terms }, Cancel);
        return [.. found.Hits.Select(hit => hit.Passage.DocumentId).Distinct().Order(StringComparer.Ordinal)];
    }
}
