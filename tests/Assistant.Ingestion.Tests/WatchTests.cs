using Assistant.Core.Ingestion;

namespace Assistant.Ingestion.Tests;

/// <summary>
/// The full check is set so far off that only what the operating system tells can bring the index in step, except where a
/// test is about the full check.
/// </summary>
public sealed class WatchTests : IDisposable
{
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public async Task Changes_are_taken_in_as_they_happen_and_a_renamed_file_embeds_nothing()
    {
        workplace.Write("a.md", "Apples are red.");
        using var worker = workplace.Start("--watch", "--json");
        Assert.Equal(["a.md"], (await worker.NextReportAsync()).Added);

        workplace.Write("deep/er/b.md", "Bananas are yellow.");
        Assert.Equal(["deep/er/b.md"], (await worker.NextReportAsync()).Added);

        SaveLikeAnEditor("a.md", "Apples are green.");
        var saved = await worker.NextReportAsync();
        Assert.Equal(["a.md"], saved.Updated);
        Assert.Empty(saved.Removed);

        Directory.Move(workplace.PathOf("deep"), workplace.PathOf("shallow"));
        var moved = await worker.NextReportAsync();
        Assert.Equal([new MovedDocument("deep/er/b.md", "shallow/er/b.md")], moved.Moved);
        Assert.Equal((0, 1), (moved.PassagesEmbedded, moved.PassagesReused));

        File.Delete(workplace.PathOf("a.md"));
        Assert.Equal(["a.md"], (await worker.NextReportAsync()).Removed);

        worker.Terminate();
        Assert.Equal((0, ""), await ExitOfAsync(worker));
        Assert.Equal(await workplace.FreshContentAsync(), await workplace.ContentAsync());
    }

    [Fact]
    public async Task A_change_that_keeps_size_and_time_is_seen()
    {
        workplace.Write("a.md", "Apples are red.");
        var old = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(workplace.PathOf("a.md"), old);
        using var worker = workplace.Start("--watch", "--json");
        await worker.NextReportAsync();

        var beside = Path.Combine(workplace.Folder, "new.md");
        await File.WriteAllTextAsync(beside, "Apples are RED.", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(beside, old);
        File.Move(beside, workplace.PathOf("a.md"), overwrite: true);

        Assert.Equal(["a.md"], (await worker.NextReportAsync()).Updated);
    }

    [Fact]
    public async Task A_folder_that_is_replaced_is_followed_on()
    {
        workplace.Write("a.md", "Apples are red.");
        using var worker = workplace.Start("--watch", "--json");
        await worker.NextReportAsync();

        var other = Path.Combine(workplace.Folder, "other");
        Directory.CreateDirectory(other);
        await File.WriteAllTextAsync(Path.Combine(other, "b.md"), "Bananas are yellow.", TestContext.Current.CancellationToken);
        Directory.Move(workplace.Corpus, Path.Combine(workplace.Folder, "old"));
        Directory.Move(other, workplace.Corpus);
        await InStepAsync(worker);

        Directory.Delete(workplace.Corpus, recursive: true);
        Assert.Contains("does not exist", await worker.ReadErrorLineAsync(), StringComparison.Ordinal);
        workplace.Write("c.md", "Cherries are dark.");
        await InStepAsync(worker);

        workplace.Write("d.md", "Dates are sweet.");
        await InStepAsync(worker);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told_of_once_and_again_when_it_is_readable()
    {
        workplace.Write("b.pdf", "no PDF at all");
        using var worker = workplace.Start("--watch", "--json");
        Assert.Single((await worker.NextReportAsync()).Failed);
        Assert.Equal("1 file could not be read:", await worker.ReadErrorLineAsync());
        Assert.Equal("b.pdf: not really a PDF: plain text", await worker.ReadErrorLineAsync());

        workplace.Write("a.md", "Apples are red.");
        var report = await worker.NextReportAsync();
        Assert.Equal(["a.md"], report.Added);
        Assert.Single(report.Failed);

        File.Delete(workplace.PathOf("b.pdf"));
        Assert.Empty((await worker.NextReportAsync()).Failed);
        worker.Terminate();
        Assert.Equal((0, ""), await ExitOfAsync(worker));
    }

    [Fact]
    public async Task What_nobody_told_of_is_found_by_the_full_check()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        workplace.Settings["Ingestion:FullCheckSeconds"] = "0.5";
        var target = Path.Combine(workplace.Folder, "elsewhere.md");
        await File.WriteAllTextAsync(target, "Apples are red.", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(workplace.PathOf("a.md"), target);
        using var worker = workplace.Start("--watch", "--json");
        Assert.Equal(["a.md"], (await worker.NextReportAsync()).Added);

        // Nothing changes in the folder itself.
        await File.WriteAllTextAsync(target, "Apples are green.", TestContext.Current.CancellationToken);

        Assert.Equal(["a.md"], (await worker.NextReportAsync()).Updated);
    }

    private async Task InStepAsync(WorkerProcess worker)
    {
        var expected = await workplace.FreshContentAsync();
        while (!expected.SequenceEqual(await workplace.ContentAsync()))
        {
            await worker.NextReportAsync();
        }
    }

    private void SaveLikeAnEditor(string documentId, string text)
    {
        workplace.Write($".{documentId}.swp", "swap");
        workplace.Write(documentId + "~", "backup");
        workplace.Write(documentId + ".tmp-1", text);
        File.Move(workplace.PathOf(documentId + ".tmp-1"), workplace.PathOf(documentId), overwrite: true);
        File.Delete(workplace.PathOf($".{documentId}.swp"));
    }

    private static async Task<(int, string)> ExitOfAsync(WorkerProcess worker)
    {
        var run = await worker.EndAsync();
        return (run.ExitCode, run.Error);
    }
}
