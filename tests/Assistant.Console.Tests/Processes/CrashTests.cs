using System.Globalization;
using Assistant.Core.Answering;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.Console.Tests.Processes;

/// <summary>A document is whole or not there at all, also when the program is killed in the middle of its work.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Documents = 40;
    private const int KillsOfEachKind = 10;

    // Killing by chance, but by the same chance at every run of the test.
    private readonly Random random = new(20);
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task A_first_ingestion_killed_at_any_moment_leaves_an_empty_or_whole_index_that_the_next_run_completes()
    {
        WriteEdition(1);
        var unbroken = await UnbrokenAsync();
        for (var kills = 0; kills < KillsOfEachKind;)
        {
            Directory.Delete(Path.GetDirectoryName(workspace.Index)!, recursive: true);
            kills += await KillAsync(afterLines: random.Next(0, Documents)) ? 1 : 0;

            await AssertWholeAsync(editions: [1]);
            Assert.Equal(unbroken, await CompleteAsync());
        }
    }

    [Fact]
    public async Task An_update_killed_at_any_moment_leaves_old_and_new_documents_whole_and_the_next_run_completes_it()
    {
        var unbroken = new Dictionary<int, string>();
        foreach (var edition in new[] { 2, 1 })
        {
            WriteEdition(edition);
            unbroken[edition] = await UnbrokenAsync();
        }

        var (old, updated) = (1, 2);
        for (var kills = 0; kills < KillsOfEachKind;)
        {
            WriteEdition(updated);
            await KillAsync(afterLines: random.Next(2, Documents / 2));

            var found = await AssertWholeAsync(editions: [old, updated]);
            // On a busy machine the update may be done before the kill; such a run shows nothing and does not count.
            kills += found.Count == 2 ? 1 : 0;
            Assert.Equal(unbroken[updated], await CompleteAsync());
            (old, updated) = (updated, old);
        }
    }

    /// <summary>Writes all documents, every paragraph of them in one edition.</summary>
    private void WriteEdition(int edition)
    {
        for (var number = 0; number < Documents; number++)
        {
            workspace.Write(
                string.Create(CultureInfo.InvariantCulture, $"report-{number:000}.md"),
                $"# Report {number}\n\n" + string.Join("\n\n", Enumerable.Range(1, 6).Select(section => $"""
                    ## Section {section}

                    In edition {edition} the inspector of station {number} measured pump {section} and found it sound.
                    {string.Concat(Enumerable.Range(0, 8).Select(i => $"Gauge {i} of pump {section} showed {number * section + i} units. "))}
                    """)));
        }
    }

    /// <summary>What an ingestion into a fresh index that nobody interrupts ends with.</summary>
    private async Task<string> UnbrokenAsync()
    {
        if (File.Exists(workspace.Index))
        {
            Directory.Delete(Path.GetDirectoryName(workspace.Index)!, recursive: true);
        }

        return await CompleteAsync();
    }

    /// <summary>Starts an ingestion and kills it as soon as it has told of so many steps; false when it was done before.</summary>
    private async Task<bool> KillAsync(int afterLines)
    {
        using var process = workspace.Start("ingest", "--json");
        for (var line = 0; line < afterLines; line++)
        {
            Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        }

        // Some way into the step after, so that not every kill falls between two of them.
        Thread.SpinWait(random.Next(2_000_000));
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode != ExitCode.Done;
    }

    /// <summary>Checks the index and every document in it, and tells of which editions documents were found.</summary>
    private async Task<HashSet<int>> AssertWholeAsync(int[] editions)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await AssertSoundFileAsync();
        using var host = workspace.Services();
        var store = host.Services.GetRequiredService<IDocumentStore>();
        var index = host.Services.GetRequiredService<IPassageIndex>();
        var found = new HashSet<int>();
        var documents = await store.ListAsync(cancellationToken);
        foreach (var document in documents)
        {
            var version = (await store.GetAsync(document.DocumentId, null, cancellationToken))!;
            var passages = await index.GetPassagesAsync(
                document.DocumentId, version.Number, new TextSpan(0, version.Text.Length), int.MaxValue, cancellationToken);
            var edition = Assert.Single(editions, edition => version.Text.Contains($"In edition {edition} ", StringComparison.Ordinal));
            found.Add(edition);
            Assert.Equal(document.Version, version.Number);
            Assert.Equal(document.Passages, passages.Count);
            Assert.All(Enumerable.Range(1, 6), section => Assert.Contains(passages, passage =>
                passage.Headings[^1] == $"Section {section}" && passage.Text.Contains($"In edition {edition} ", StringComparison.Ordinal)));
            Assert.All(passages, passage => Assert.Equal(passage.Text, passage.Span.Of(version.Text)));
        }

        var answer = await host.Services.GetRequiredService<QuestionService>().AnswerAsync(
            new Question("What did the inspector of station 7 find about pump 3?"), cancellationToken);
        Assert.Equal(documents.Count == 0, answer.Outcome == Outcome.NoDocuments);
        foreach (var citation in answer.Citations)
        {
            Assert.Equal(citation.Quote, citation.Span.Of((await store.GetAsync(citation.DocumentId, citation.Version, cancellationToken))!.Text));
        }

        return found;
    }

    private async Task AssertSoundFileAsync()
    {
        if (!File.Exists(workspace.Index))
        {
            return;
        }

        await using var connection = new SqliteConnection($"Data Source={workspace.Index};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next run, with nobody interrupting; what it ends with, as far as it does not depend on how it got there.</summary>
    private async Task<string> CompleteAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var host = workspace.Services();
        await foreach (var step in host.Services.GetRequiredService<CorpusReconciler>().ReconcileAsync(cancellationToken))
        {
            Assert.IsNotType<DocumentFailed>(step);
        }

        await AssertSoundFileAsync();
        var store = host.Services.GetRequiredService<IDocumentStore>();
        var index = host.Services.GetRequiredService<IPassageIndex>();
        var state = new List<string>();
        foreach (var document in await store.ListAsync(cancellationToken))
        {
            var version = (await store.GetAsync(document.DocumentId, null, cancellationToken))!;
            var passages = await index.GetPassagesAsync(
                document.DocumentId, version.Number, new TextSpan(0, version.Text.Length), int.MaxValue, cancellationToken);
            state.Add($"{document.DocumentId} {document.ContentHash} {string.Join(' ', passages.Select(passage => $"{passage.Id}{passage.Span}"))}");
        }

        Assert.Equal(Documents, state.Count);
        return string.Join('\n', state);
    }
}
