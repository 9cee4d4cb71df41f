using System.Text.Json;
using Assistant.Core;
using Assistant.Core.Changes;
using Assistant.Core.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.Console.Tests.Processes;

public sealed class ChangesTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Changes_of_a_document_are_shown_without_colours_to_a_pipe()
    {
        await IngestAsync("a.md", Articles.Harbour, Edited);

        var run = await workspace.RunAsync("changes", "a.md");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(
            """
            The harbour of Lindvik — a.md, v1 → v2
            1 reworded, 1 added, 1 removed, 1 moved; 6 unchanged

            Trade
              - Most of the fish went to markets in Hamburg.

            Light
              + A museum is planned.

            Railway
              > She received a silver medal for it.
                moved here from Light
              ~ The narrow railway closed in [-1956-]{+1957+} because lorries had become cheaper.
                1956 → 1957

            """.ReplaceLineEndings("\n"),
            run.Output);
    }

    [Fact]
    public async Task Json_is_the_typed_result_with_exact_ranges_of_both_versions()
    {
        await IngestAsync("a.md", Articles.Harbour, Edited, Articles.Harbour);

        var run = await workspace.RunHereAsync("changes", "a.md", "--from", "2", "--to", "1", "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var changes = JsonSerializer.Deserialize(Assert.Single(run.OutputLines), AssistantJson.Readable.DocumentChanges)!;
        Assert.Equal(("a.md", 2, 1), (changes.DocumentId, changes.From, changes.To));
        Assert.Equal(4, changes.Changes.Count);
        using var services = workspace.Services();
        var store = services.Services.GetRequiredService<IDocumentStore>();
        var before = (await store.GetAsync("a.md", 2, TestContext.Current.CancellationToken))!;
        var after = (await store.GetAsync("a.md", 1, TestContext.Current.CancellationToken))!;
        Assert.All(changes.Changes.Select(change => change.Before).OfType<SentencePlace>(), place => Assert.Equal(place.Quote, before.Text[place.Start..place.End]));
        Assert.All(changes.Changes.Select(change => change.After).OfType<SentencePlace>(), place => Assert.Equal(place.Quote, after.Text[place.Start..place.End]));
        var value = Assert.Single(changes.Changes.SelectMany(change => change.Values));
        Assert.Equal((ValueKind.Date, "1957", "1956"), (value.Kind, value.Before!.Text, value.After!.Text));
        Assert.Equal("1957", before.Text[value.Before.Start..value.Before.End]);
    }

    [Fact]
    public async Task Changes_of_the_corpus_name_what_came_and_went()
    {
        await IngestAsync("a.md", Articles.Harbour);
        await IngestAsync("b.md", Articles.Orchard);
        var since = DateTimeOffset.UtcNow.ToString("O");
        File.Delete(Path.Combine(workspace.Corpus, "b.md"));
        workspace.Write("a.md", Edited);
        workspace.Write("c.md", "# Something new\n\nIt is here.");

        var run = await workspace.RunHereAsync("changes", "--since", since);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains(": 1 added, 1 changed, 0 moved, 1 removed\n\nAdded\n  + Something new — c.md, v1\n\nRemoved\n  - b.md, last v1, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("    1956 → 1957\n", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await workspace.RunHereAsync("changes", "--since", since, "--json")).Output);
        Assert.Equal(
            ["added", "changed", "removed", "since"], json.RootElement.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Contains(": 2 added, 0 changed, ", (await workspace.RunHereAsync("changes", "--since", "2020-01-01")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_there_is_not_is_named_with_what_there_is()
    {
        await IngestAsync("a.md", Articles.Harbour, Edited);
        await IngestAsync("b.md", Articles.Orchard);

        AssertFailed(await workspace.RunHereAsync("changes", "x.md"), "There is no document 'x.md'. Documents are a.md, b.md.");
        AssertFailed(await workspace.RunHereAsync("changes", "a.md", "--to", "9"), "'a.md' has no version 9. It has versions 1, 2.");
        AssertFailed(await workspace.RunHereAsync("changes", "b.md"), "'b.md' has no version before version 1, so there is nothing to compare it with.");
    }

    [Fact]
    public async Task A_version_that_retention_dropped_is_told_so()
    {
        await IngestAsync("a.md", Articles.Harbour, Edited);
        workspace.Environment["Assistant__Retention__Versions"] = "1";

        var run = await workspace.RunAsync("changes", "a.md", "--json");

        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Output));
        Assert.Matches(@"^Version 1 of 'a\.md' was dropped by retention on \d{4}-\d\d-\d\d\. It has version 2\.$", Assert.Single(run.ErrorLines));
    }

    [Theory]
    [InlineData("changes")]
    [InlineData("changes", "a.md", "--since", "2026-11-01")]
    [InlineData("changes", "--since", "2026-11-01", "--from", "1")]
    [InlineData("changes", "--since", "yesterday")]
    [InlineData("changes", "--since")]
    [InlineData("changes", "a.md", "--from", "0")]
    [InlineData("changes", "a.md", "--to", "two")]
    public async Task Wrong_usage_is_explained(params string[] arguments)
    {
        var run = await workspace.RunHereAsync(arguments);

        Assert.Equal((ExitCode.WrongUsage, ""), (run.ExitCode, run.Output));
        Assert.Contains("--help", run.ErrorLines[^1], StringComparison.Ordinal);
        Assert.InRange(run.ErrorLines.Length, 2, 3);
    }

    private static string Edited { get; } = Articles.Harbour
        .Replace(" Most of the fish went to markets in Hamburg.", "", StringComparison.Ordinal)
        .Replace(" She received a silver medal for it.", "\n\nA museum is planned.", StringComparison.Ordinal)
        .Replace("The narrow railway closed in 1956", "She received a silver medal for it. The narrow railway closed in 1957", StringComparison.Ordinal);

    private async Task IngestAsync(string documentId, params string[] versions)
    {
        foreach (var text in versions)
        {
            workspace.Write(documentId, text);
            Assert.Equal(ExitCode.Done, (await workspace.RunHereAsync("ingest")).ExitCode);
        }
    }

    private static void AssertFailed(RunResult run, string message)
    {
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Output));
        Assert.Equal(message, Assert.Single(run.ErrorLines));
    }
}
