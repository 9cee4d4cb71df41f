using System.Text.Json;
using Assistant.Core;
using Assistant.Core.Ingestion;

namespace Assistant.Console.Tests.Processes;

public sealed class IngestTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Events_are_lines_and_the_report_is_the_last()
    {
        workspace.Write("a.md", Articles.Harbour);
        workspace.Write("b.md", Articles.Orchard);
        workspace.WriteTooLarge("c.txt");
        workspace.Write("picture.xyz", "no document");

        var run = await workspace.RunAsync("ingest", "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(
            ["planned", "ingested", "ingested", "failed"],
            run.OutputLines[..^1].Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()));
        using var json = JsonDocument.Parse(run.OutputLines[^1]);
        Assert.Equal(
            ["added", "elapsedMilliseconds", "failed", "moved", "passagesEmbedded", "passagesReused", "removed", "unchanged", "unsupported", "updated"],
            json.RootElement.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        var report = Report(run);
        Assert.Equal(["a.md", "b.md"], report.Added);
        Assert.Equal("c.txt", Assert.Single(report.Failed).DocumentId);
        Assert.Equal(["picture.xyz"], report.Unsupported);
        Assert.True(report.PassagesEmbedded >= 4);
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        workspace.Write("a.md", Articles.Harbour);
        await workspace.RunHereAsync("ingest");
        var before = await File.ReadAllBytesAsync(workspace.Index, TestContext.Current.CancellationToken);

        var report = Report(await workspace.RunAsync("ingest", "--json"));

        Assert.False(report.ChangedAnything);
        Assert.Equal((1, 0), (report.Unchanged, report.PassagesEmbedded));
        Assert.Equal(before, await File.ReadAllBytesAsync(workspace.Index, TestContext.Current.CancellationToken));
        Assert.Equal("Nothing to do: 1 document up to date.\n", (await workspace.RunHereAsync("ingest")).Output);
    }

    [Fact]
    public async Task Of_an_edited_file_only_the_edited_paragraph_is_embedded()
    {
        workspace.Write("a.md", Articles.Harbour);
        var first = Report(await workspace.RunHereAsync("ingest", "--json"));
        workspace.Write("a.md", Articles.Harbour.Replace("1956", "1957", StringComparison.Ordinal));

        var second = Report(await workspace.RunHereAsync("ingest", "--json"));

        Assert.Equal(["a.md"], second.Updated);
        Assert.Equal((1, first.PassagesEmbedded - 1), (second.PassagesEmbedded, second.PassagesReused));
        var answer = await workspace.RunHereAsync("ask", "When did the narrow railway close?");
        Assert.Contains("1957", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("1956", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_are_listed_for_people_and_programs()
    {
        workspace.Write("a.md", Articles.Harbour);

        Assert.Contains("The harbour of Lindvik\n    a.md, v1, ", (await workspace.RunHereAsync("documents")).Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await workspace.RunHereAsync("documents", "--json")).Output);
        Assert.Equal("a.md", Assert.Single(json.RootElement.EnumerateArray()).GetProperty("documentId").GetString());
    }

    private static IngestionReport Report(RunResult run) =>
        JsonSerializer.Deserialize(run.OutputLines[^1], AssistantJson.Readable.IngestionReport)!;
}
