namespace Assistant.Console.Tests.Processes;

public sealed class PipedChatTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Piped_lines_are_answered_one_by_one_in_one_conversation()
    {
        workspace.Write("harbour.md", Articles.Harbour);

        var run = await workspace.RunWithInputAsync("Who rescued the sailors?\n\n  \n/open 1\n/documents\n/sauces\n/quit\nWhy did the railway close?\n");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.DoesNotContain('\x1b', run.Output + run.Error);
        Assert.Equal(
            ["> Who rescued the sailors?", "> /open 1", "> /documents", "> /sauces", "> /quit"],
            run.OutputLines.Where(line => line.StartsWith('>')));
        var text = SafeText.Collapse(run.Output);
        Assert.Contains("The lighthouse keeper Astrid Holm rescued nine sailors during the storm of 1923. [1]", text, StringComparison.Ordinal);
        Assert.Contains("⟦The lighthouse keeper Astrid Holm rescued nine sailors during the storm of 1923.⟧ She received", text, StringComparison.Ordinal);
        Assert.Contains("harbour.md, v1, ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("lorries", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_in_any_script_arrive_as_they_were_typed()
    {
        workspace.Write("harbour.md", Articles.Harbour);

        var run = await workspace.RunWithInputAsync("Où est 東京 😀?");

        Assert.StartsWith("> Où est 東京 😀?\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, run.ExitCode);
    }
}
