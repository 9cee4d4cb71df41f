using System.Diagnostics;
using System.Globalization;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.Console.Tests.Processes;

public sealed class TwoProcessesTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task While_another_process_writes_what_is_indexed_answers()
    {
        workspace.Write("harbour.md", Articles.Harbour);
        await workspace.RunHereAsync("ingest");
        workspace.Write("harbour.md", Articles.Harbour.Replace("nine sailors", "ten sailors", StringComparison.Ordinal));

        using var services = workspace.Services();
        await using (await HoldLeaseAsync(services.Services))
        {
            var stale = await workspace.RunAsync("ask", "Who rescued the sailors?");
            Assert.Equal(ExitCode.Done, stale.ExitCode);
            Assert.Contains("nine sailors", stale.Output, StringComparison.Ordinal);
            Assert.Equal("Another process is updating the index; going on with what is indexed so far.", Assert.Single(stale.ErrorLines));
        }

        Assert.Contains("ten sailors", (await workspace.RunHereAsync("ask", "Who rescued the sailors?")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_another_process_writes_the_first_index_one_waits_for_it()
    {
        workspace.Write("harbour.md", Articles.Harbour);
        using var services = workspace.Services();
        Process asking;
        string? waiting;
        await using (await HoldLeaseAsync(services.Services))
        {
            asking = workspace.Start("ask", "Who rescued the sailors?");
            waiting = await asking.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        }

        using (asking)
        {
            var run = await Workspace.FinishAsync(asking);
            Assert.Equal("Another process is updating the index; waiting for it to finish.", waiting);
            Assert.Equal(ExitCode.Done, run.ExitCode);
            Assert.Contains("Astrid Holm", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Control_c_ends_the_waiting()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no signal to send to one process on Windows.");
        workspace.Write("harbour.md", Articles.Harbour);
        using var services = workspace.Services();
        await using var lease = await HoldLeaseAsync(services.Services);
        using var asking = workspace.Start("ask", "Who rescued the sailors?");
        Assert.NotNull(await asking.StandardError.ReadLineAsync(TestContext.Current.CancellationToken));

        using (var signal = Process.Start("kill", ["-INT", asking.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var run = await Workspace.FinishAsync(asking);
        Assert.Equal((ExitCode.Failed, "", "Cancelled."), (run.ExitCode, run.Output, Assert.Single(run.ErrorLines)));
    }

    [Fact]
    public async Task Ingesting_twice_at_once_ends_with_one_whole_index()
    {
        for (var i = 0; i < 40; i++)
        {
            workspace.Write($"{i}.md", Articles.Harbour.Replace("Lindvik", $"Lindvik {i}", StringComparison.Ordinal));
        }

        var runs = await Task.WhenAll(workspace.RunAsync("ingest"), workspace.RunAsync("ingest"), workspace.RunAsync("ask", "Who rescued the sailors?"));

        Assert.All(runs, run => Assert.Equal(ExitCode.Done, run.ExitCode));
        Assert.Contains("Astrid Holm", runs[2].Output, StringComparison.Ordinal);
        using var services = workspace.Services();
        var documents = await services.Services.GetRequiredService<IDocumentStore>().ListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(40, documents.Count);
        Assert.All(documents, document => Assert.Equal(1, document.Version));
    }

    private static Task<IIndexWriter> HoldLeaseAsync(IServiceProvider services) =>
        services.GetRequiredService<IIndexWriterFactory>().OpenWriterAsync(
            services.GetRequiredService<CorpusReconciler>().Fingerprint, TestContext.Current.CancellationToken);
}
