using Microsoft.Data.Sqlite;

namespace Assistant.Console.Tests.Processes;

public sealed class MistakeTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("ask")]
    [InlineData("ask", "   ")]
    [InlineData("ask", "--jsn")]
    [InlineData("ask", "Who?", "--jsn")]
    [InlineData("ask", "Who", "hosted?")]
    [InlineData("sing")]
    [InlineData("--loud")]
    [InlineData("ingest", "--corpus")]
    public async Task Wrong_usage_is_explained(params string[] arguments)
    {
        var run = await workspace.RunAsync(arguments);

        Assert.Equal(ExitCode.WrongUsage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("--help", run.ErrorLines[^1], StringComparison.Ordinal);
        Assert.InRange(run.ErrorLines.Length, 2, 3);
    }

    [Fact]
    public async Task Help_and_version_are_no_mistakes()
    {
        var help = await workspace.RunAsync("--help");
        Assert.Equal(ExitCode.Done, help.ExitCode);
        Assert.All(["ask", "ingest", "documents", "changes", "--corpus", "--db", "Examples:"], text => Assert.Contains(text, help.Output, StringComparison.Ordinal));
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", (await workspace.RunAsync("--version")).Output);
    }

    [Fact]
    public async Task A_missing_corpus_is_named()
    {
        var run = await workspace.RunAsync("ask", "Who?", "--corpus", "nowhere");

        AssertFailed(run, Path.Combine(workspace.Folder, "nowhere"));
    }

    [Fact]
    public async Task A_wrong_setting_is_named_with_what_is_allowed()
    {
        workspace.Environment["Assistant__Storage__Provider"] = "Postgres";

        AssertFailed(await workspace.RunAsync("ask", "Who?"), "Assistant:Storage:Provider is 'Postgres'; allowed is Sqlite, Qdrant.");
    }

    [Fact]
    public async Task A_settings_file_that_is_no_json_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(workspace.Folder, "appsettings.json"), "{ oops", TestContext.Current.CancellationToken);

        AssertFailed(await workspace.RunAsync("ask", "Who?"), "appsettings.json");
    }

    [Fact]
    public async Task Settings_come_from_the_file_then_the_environment_then_the_command_line()
    {
        await File.WriteAllTextAsync(
            Path.Combine(workspace.Folder, "appsettings.json"), """{ "Assistant": { "Corpus": { "Path": "one" } } }""", TestContext.Current.CancellationToken);
        AssertFailed(await workspace.RunAsync("documents"), Path.Combine(workspace.Folder, "one"));
        workspace.Environment["Assistant__Corpus__Path"] = "two";
        AssertFailed(await workspace.RunAsync("documents"), Path.Combine(workspace.Folder, "two"));
        AssertFailed(await workspace.RunAsync("documents", "--corpus", "three"), Path.Combine(workspace.Folder, "three"));
    }

    [Fact]
    public async Task An_index_that_is_none_is_named()
    {
        workspace.Write("a.md", Articles.Harbour);
        Directory.CreateDirectory(Path.GetDirectoryName(workspace.Index)!);
        await File.WriteAllTextAsync(workspace.Index, string.Concat(Enumerable.Repeat("not a database ", 1000)), TestContext.Current.CancellationToken);

        AssertFailed(await workspace.RunAsync("ask", "Who?", "--json"), workspace.Index);
    }

    [Fact]
    public async Task An_index_of_another_schema_is_named()
    {
        workspace.Write("a.md", Articles.Harbour);
        await workspace.RunHereAsync("ingest");
        await using (var connection = new SqliteConnection($"Data Source={workspace.Index};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        AssertFailed(await workspace.RunAsync("ask", "Who?"), workspace.Index);
    }

    private static void AssertFailed(RunResult run, string named)
    {
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(named, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }
}
