using System.Diagnostics;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.Ingestion.Tests;

public sealed class OneRunTests : IDisposable
{
    private readonly Workplace workplace = new();

    public void Dispose() => workplace.Dispose();

    [Fact]
    public async Task A_run_tells_of_every_document_and_reports()
    {
        workplace.Write("a.md", "# Apples\n\nApples are red.");
        workplace.Write("notes/b.txt", "Bananas are yellow.");
        workplace.Write("picture.xyz", "no document");

        var run = await workplace.RunAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("Indexed a.md: version 1, 1 passage", run.OutputLines[0]);
        Assert.Equal("Indexed notes/b.txt: version 1, 1 passage", run.OutputLines[1]);
        Assert.StartsWith(
            "Added 2, updated 0, moved 0, removed 0, unchanged 0, failed 0, unsupported 1; 2 passages embedded, 0 reused; ", run.OutputLines[2], StringComparison.Ordinal);
        Assert.Equal("Left out, because no reader is for them: picture.xyz", run.OutputLines[3]);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_listed_and_fails_the_run_until_it_is_repaired()
    {
        workplace.Write("a.md", "Apples are red.");
        workplace.Write("b.pdf", "<!DOCTYPE html><html><body>Not found</body></html>");

        var first = await workplace.RunAsync("--json");
        var second = await workplace.RunAsync("--json");

        foreach (var run in new[] { first, second })
        {
            Assert.Equal(1, run.ExitCode);
            Assert.Equal("1 file could not be read:\nb.pdf: not really a PDF: HTML\n", run.Error);
            Assert.Equal(new FailedDocument("b.pdf", "not really a PDF: HTML"), Assert.Single(run.Report.Failed));
        }

        Assert.Equal(1, (await workplace.RunAsync("--retry")).ExitCode);
        File.Delete(workplace.PathOf("b.pdf"));
        Assert.Equal(0, (await workplace.RunAsync()).ExitCode);
    }

    [Fact]
    public async Task An_input_that_takes_a_library_for_ever_costs_its_time_and_no_more()
    {
        workplace.Settings["Ingestion:ReadingSeconds"] = "1";
        workplace.Write("a.md", string.Concat(Enumerable.Repeat("[a](", 100_000)));
        workplace.Write("b.md", "Bananas are yellow.");

        var run = await workplace.RunAsync("--json");

        Assert.Equal(["b.md"], run.Report.Added);
        Assert.Equal(new FailedDocument("a.md", "too large or too intricate: not read within 1 seconds"), Assert.Single(run.Report.Failed));
    }

    [Fact]
    public async Task An_emptied_or_missing_folder_leaves_the_index_as_it_is()
    {
        for (var i = 0; i < 7; i++)
        {
            workplace.Write($"{i}.md", $"Text {i}.");
        }

        await workplace.RunAsync();
        Directory.Delete(workplace.Corpus, recursive: true);
        var missing = await workplace.RunAsync();
        Directory.CreateDirectory(workplace.Corpus);
        var emptied = await workplace.RunAsync();

        Assert.Equal((1, 1), (missing.ExitCode, emptied.ExitCode));
        Assert.Contains("does not exist", missing.Error, StringComparison.Ordinal);
        Assert.Contains("--allow-removals", emptied.Error, StringComparison.Ordinal);
        Assert.NotEmpty(await workplace.ContentAsync());

        Assert.Equal(7, (await workplace.RunAsync("--allow-removals", "--json")).Report.Removed.Count);
        Assert.Empty(await workplace.ContentAsync());
    }

    [Fact]
    public async Task Wrong_usage_and_wrong_settings_are_told_apart()
    {
        var usage = await workplace.RunAsync("--wacth");
        Assert.Equal(2, usage.ExitCode);
        Assert.Contains("--wacth", usage.Error, StringComparison.Ordinal);

        workplace.Settings["Ingestion:ReadingSeconds"] = "soon";
        var settings = await workplace.RunAsync();
        Assert.Equal(1, settings.ExitCode);
        Assert.Contains("Assistant:Ingestion:ReadingSeconds is 'soon'", settings.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_worker_waits_for_the_first_and_says_who_that_is()
    {
        workplace.Write("a.md", "Apples are red.");
        using var services = workplace.Services();
        var fingerprint = services.Services.GetRequiredService<CorpusReconciler>().Fingerprint;
        workplace.Settings["Ingestion:LeaseWaitSeconds"] = "0";
        RunResult impatient;
        WorkerProcess patient;
        await using (await services.Services.GetRequiredService<IIndexWriterFactory>().OpenWriterAsync(fingerprint, TestContext.Current.CancellationToken))
        {
            impatient = await workplace.RunAsync();
            workplace.Settings.Clear();
            patient = workplace.Start("--json");
            Assert.Contains($"process {Environment.ProcessId}", await patient.ReadErrorLineAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(1, impatient.ExitCode);
        Assert.Contains($"process {Environment.ProcessId}", impatient.Error, StringComparison.Ordinal);
        using (patient)
        {
            Assert.Equal(["a.md"], (await patient.EndAsync()).Report.Added);
        }
    }

    [Fact]
    public async Task A_full_disk_is_named_loses_nothing_and_is_made_good_by_the_next_run()
    {
        var disk = Path.Combine(workplace.Folder, "disk");
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(OperatingSystem.IsLinux() && Mount(disk, "2m"), "This user cannot make a small disk.");
        try
        {
            for (var i = 0; i < 300; i++)
            {
                workplace.Write($"{i:000}.md", string.Join("\n\n", Enumerable.Range(0, 40).Select(j => $"Paragraph {j} of document {i} speaks of {i * j} apples and pears.")));
            }

            var index = Path.Combine(disk, "index.db");
            var full = await workplace.RunAsync("--db", index);

            Assert.Equal(1, full.ExitCode);
            Assert.Contains($"The disk of the index '{index}' is full.", full.Error, StringComparison.Ordinal);
            using (var services = workplace.Services(index))
            {
                Assert.NotEmpty(await services.Services.GetRequiredService<IDocumentStore>().ListAsync(TestContext.Current.CancellationToken));
            }

            Assert.True(Mount(disk, "64m", "remount,"));
            var again = await workplace.RunAsync("--db", index);
            Assert.Equal((0, ""), (again.ExitCode, again.Error));
            Assert.Equal(await workplace.FreshContentAsync(), await workplace.ContentAsync(index));
        }
        finally
        {
            using var unmount = Process.Start("umount", [disk]);
            await unmount.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static bool Mount(string folder, string size, string options = "")
    {
        using var mount = Process.Start(new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", $"{options}size={size}", "tmpfs", folder]) { RedirectStandardError = true })!;
        mount.WaitForExit();
        return mount.ExitCode == 0;
    }
}
