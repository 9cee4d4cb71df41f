using System.Text;
using System.Threading.Channels;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;
using Assistant.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Assistant.Ingestion.Tests;

/// <summary>The worker over an index on a server that goes and comes.</summary>
public sealed class OutageTests : IDisposable
{
    private const string Away = "The index at http://index.test:6333 cannot be reached. Start its server.";

    private readonly Workplace workplace = new();
    private readonly FakeTimeProvider time = new();
    private readonly Lines output = new();
    private readonly Lines errors = new();

    /// <summary>How many more requests the index answers before it is away; below zero for any number.</summary>
    private volatile int answers = -1;

    public void Dispose()
    {
        workplace.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Following_waits_for_an_index_that_is_away_tells_so_once_and_goes_on_when_it_is_back()
    {
        workplace.Write("a.md", "Apples are red.");
        answers = 0;
        await using var worker = await StartAsync(watch: true);
        Assert.StartsWith(Away, await errors.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("waiting", (await StateAsync(state => state.StartsWith("waiting: " + Away, StringComparison.Ordinal)))[..7]);

        // An hour of it, in other words every time.
        for (var minute = 0; minute < 60; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.False(errors.HasMore);
        answers = -1;
        await AdvanceUntilAsync(output.NextAsync());
        Assert.Equal("The index can be reached again.", await errors.NextAsync());
        Assert.False(errors.HasMore);
        Assert.Equal("in step", await StateAsync(state => state == "in step"));
        Assert.Equal(await workplace.FreshContentAsync(), await workplace.ContentAsync());
    }

    [Fact]
    public async Task Whenever_the_index_goes_away_the_worker_does_the_rest_when_it_is_back()
    {
        workplace.Write("a.md", "Apples are red.");
        workplace.Write("b.md", "Bananas are yellow.");
        var expected = await workplace.FreshContentAsync();
        for (var cut = 1; ; cut++)
        {
            answers = cut;
            await using (var worker = await StartAsync(watch: true))
            {
                // Either it is away in time, or the run was over before.
                var report = AdvanceUntilAsync(output.UntilAsync(line => line.StartsWith("Added ", StringComparison.Ordinal)));
                var away = errors.NextAsync();
                if (await Task.WhenAny(report, away) == away)
                {
                    answers = -1;
                }

                await report;
                if (!away.IsCompleted)
                {
                    Assert.True(cut > 5, "The index was not asked often enough for this test to mean anything.");
                    return;
                }
            }

            Assert.Equal(expected, await workplace.ContentAsync());
            Directory.Delete(Path.GetDirectoryName(workplace.Index)!, recursive: true);
            errors.Clear();
            output.Clear();
        }
    }

    [Fact]
    public async Task A_run_of_its_own_waits_for_the_index_as_long_as_it_is_told_to()
    {
        workplace.Write("a.md", "Apples are red.");
        answers = 0;
        await using (var worker = await StartAsync(watch: false))
        {
            Assert.Equal($"Waiting. {Away}", Bare(await errors.NextAsync()));
            answers = -1;
            await AdvanceUntilAsync(worker.EndAsync());
            Assert.Equal(ExitCode.Done, worker.ExitCode);
            Assert.False(errors.HasMore);
        }

        answers = 0;
        workplace.Write("b.md", "Bananas are yellow.");
        await using (var worker = await StartAsync(watch: false))
        {
            await AdvanceUntilAsync(worker.EndAsync());
            Assert.Equal(ExitCode.Failed, worker.ExitCode);
            Assert.Equal($"Waiting. {Away}", Bare(await errors.NextAsync()));
            Assert.Equal(Away, Bare(await errors.NextAsync()));
            Assert.False(errors.HasMore);
        }
    }

    [Fact]
    public async Task A_worker_is_well_until_it_is_silent_for_too_long()
    {
        workplace.Write("a.md", "Apples are red.");
        Assert.Equal(ExitCode.Failed, await HealthAsync());
        Assert.StartsWith("No worker has noted in ", await errors.NextAsync(), StringComparison.Ordinal);

        await using (var worker = await StartAsync(watch: true))
        {
            await StateAsync(state => state == "in step");
            Assert.Equal(ExitCode.Done, await HealthAsync());
        }

        // It is gone now, and nobody looks at the folder.
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(ExitCode.Done, await HealthAsync());
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(ExitCode.Failed, await HealthAsync());
        Assert.StartsWith("A sign of life was due at ", await errors.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_tells_how_the_worker_is_that_runs()
    {
        workplace.Settings["Ingestion:HealthFile"] = HealthFile;
        workplace.Write("a.md", "Apples are red.");
        var before = await workplace.RunAsync("--health");
        Assert.Equal((1, ""), (before.ExitCode, before.Output));
        using var worker = workplace.Start("--watch", "--json");
        await worker.NextReportAsync();
        var meanwhile = await workplace.RunAsync("--health");
        Assert.Equal((0, ""), (meanwhile.ExitCode, meanwhile.Error));
        Assert.True(Assert.Single(meanwhile.OutputLines) is "at work" or "in step");
    }

    private string HealthFile => Path.Combine(workplace.Folder, "health");

    private async Task<int> HealthAsync()
    {
        using var host = Builder(watch: false).Build();
        return await Task.FromResult(host.Services.GetRequiredService<WorkerHealth>().Tell(new Terminal(TextReader.Null, output, errors)));
    }

    private async Task<string> StateAsync(Func<string, bool> isExpected)
    {
        while (true)
        {
            if (File.Exists(HealthFile) && await File.ReadAllLinesAsync(HealthFile, Cancel) is [_, var state] && isExpected(state))
            {
                return state;
            }

            await Task.Delay(10, Cancel);
        }
    }

    private HostApplicationBuilder Builder(bool watch)
    {
        var builder = WorkerHost.CreateBuilder(
            new WorkerRequest(watch, Json: false, Health: false, ReconcileOptions.Default),
            new Dictionary<string, string?>
            {
                ["Assistant:Corpus:Path"] = workplace.Corpus,
                ["Assistant:Storage:Sqlite:Path"] = workplace.Index,
                ["Assistant:Ingestion:HealthFile"] = HealthFile,
                // Time that the test lets pass is not to end the reading of a file.
                ["Assistant:Ingestion:ReadingSeconds"] = "86400",
            },
            new Terminal(TextReader.Null, output, errors));
        builder.Services.AddSingleton<TimeProvider>(time);
        Cover<IDocumentStore>(inner => new Documents(inner, this));
        Cover<IPassageIndex>(inner => new Passages(inner, this));
        Cover<IIndexWriterFactory>(inner => new Writers(inner, this));
        return builder;

        void Cover<T>(Func<T, T> cover)
            where T : class
        {
            var inner = builder.Services.Last(service => service.ServiceType == typeof(T)).ImplementationFactory!;
            builder.Services.AddSingleton(provider => cover((T)inner(provider)));
        }
    }

    private async Task<RunningWorker> StartAsync(bool watch)
    {
        var host = Builder(watch).Build();
        await host.StartAsync(Cancel);
        return new RunningWorker(host);
    }

    /// <summary>Lets time pass until <paramref name="awaited"/> has happened.</summary>
    private async Task AdvanceUntilAsync(Task awaited)
    {
        while (await Task.WhenAny(awaited, Task.Delay(10, Cancel)) != awaited)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await awaited;
    }

    private void Reach()
    {
        lock (errors)
        {
            if (answers == 0)
            {
                // Servers, proxies and networks say it in their own words.
                throw new IndexUnavailableException($"{Away} ({Guid.NewGuid()})");
            }

            answers -= answers > 0 ? 1 : 0;
        }
    }

    /// <summary>The message without what is another every time.</summary>
    private static string Bare(string line) => line[..line.IndexOf(" (", StringComparison.Ordinal)];

    private sealed class RunningWorker(IHost host) : IAsyncDisposable
    {
        public int ExitCode => host.Services.GetRequiredService<Worker>().ExitCode;

        public Task EndAsync() => host.WaitForShutdownAsync(Cancel);

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync(Cancel);
            host.Dispose();
        }
    }

    /// <summary>What is printed, line by line.</summary>
    private sealed class Lines : TextWriter
    {
        private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

        public override Encoding Encoding => Encoding.UTF8;

        public bool HasMore => lines.Reader.TryPeek(out _);

        public override void WriteLine(string? value) => lines.Writer.TryWrite(value ?? "");

        public async Task<string> NextAsync() => await lines.Reader.ReadAsync(Cancel);

        public async Task UntilAsync(Func<string, bool> isExpected)
        {
            while (!isExpected(await NextAsync()))
            {
            }
        }

        public void Clear()
        {
            while (lines.Reader.TryRead(out _))
            {
            }
        }
    }

    private sealed class Documents(IDocumentStore inner, OutageTests outage) : IDocumentStore
    {
        public Task<IReadOnlyList<DocumentSummary>> ListAsync(CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.ListAsync(cancellationToken);
        }

        public Task<DocumentVersion?> GetAsync(string documentId, int? version, CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.GetAsync(documentId, version, cancellationToken);
        }

        public Task<IReadOnlyList<RemovedDocument>> ListRemovedAsync(CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.ListRemovedAsync(cancellationToken);
        }

        public Task<IReadOnlyList<VersionSummary>> GetVersionsAsync(string documentId, CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.GetVersionsAsync(documentId, cancellationToken);
        }
    }

    private sealed class Passages(IPassageIndex inner, OutageTests outage) : IPassageIndex
    {
        public Task<PassageCandidates> SearchAsync(PassageQuery query, CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.SearchAsync(query, cancellationToken);
        }

        public Task<IReadOnlyList<Passage>> GetPassagesAsync(
            string documentId, int version, TextSpan within, int limit, CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.GetPassagesAsync(documentId, version, within, limit, cancellationToken);
        }

        public Task<IndexState> GetStateAsync(CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.GetStateAsync(cancellationToken);
        }
    }

    private sealed class Writers(IIndexWriterFactory inner, OutageTests outage) : IIndexWriterFactory
    {
        public async Task<IIndexWriter> OpenWriterAsync(string fingerprint, CancellationToken cancellationToken)
        {
            outage.Reach();
            return new Writer(await inner.OpenWriterAsync(fingerprint, cancellationToken), outage);
        }

        public Task<IReadOnlyList<FailedFile>> GetFailuresAsync(CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.GetFailuresAsync(cancellationToken);
        }
    }

    private sealed class Writer(IIndexWriter inner, OutageTests outage) : IIndexWriter
    {
        public bool IsRebuild => inner.IsRebuild;

        public Task<IReadOnlyDictionary<Guid, ReadOnlyMemory<float>>> GetVectorsAsync(string documentId, CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.GetVectorsAsync(documentId, cancellationToken);
        }

        public Task PutAsync(
            DocumentVersion version, IReadOnlyList<IndexedPassage> passages, string? movedFrom, CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.PutAsync(version, passages, movedFrom, cancellationToken);
        }

        public Task RemoveAsync(string documentId, CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.RemoveAsync(documentId, cancellationToken);
        }

        public Task DropVersionsAsync(string documentId, IReadOnlyCollection<int> numbers, CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.DropVersionsAsync(documentId, numbers, cancellationToken);
        }

        public Task PutFailureAsync(FailedFile failure, CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.PutFailureAsync(failure, cancellationToken);
        }

        public Task CompleteAsync(CancellationToken cancellationToken)
        {
            outage.Reach();
            return inner.CompleteAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
