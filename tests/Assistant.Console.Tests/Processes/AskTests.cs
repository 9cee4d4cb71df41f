using System.Text.Json;
using Assistant.Core;
using Assistant.Core.Answering;
using Assistant.Core.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.Console.Tests.Processes;

public sealed class AskTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task A_question_is_answered_from_an_index_that_is_made_first()
    {
        workspace.Write("harbour.md", Articles.Harbour);

        var run = await workspace.RunAsync("ask", "Who rescued the sailors during the storm?");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Astrid Holm rescued nine sailors", SafeText.Collapse(run.Output), StringComparison.Ordinal);
        Assert.Contains("[1] The harbour of Lindvik › Light — harbour.md, v1, characters ", SafeText.Collapse(run.Output), StringComparison.Ordinal);
        Assert.Matches(@"^(\d+ passages? embedded so far\n)*Indexed 1 document \(\d+ passages\) in \d+\.\d s\n$", run.Error);
        Assert.DoesNotContain('\x1b', run.Output + run.Error);

        Assert.Empty((await workspace.RunAsync("ask", "Why did the railway close?")).Error);
    }

    [Fact]
    public async Task When_nothing_can_be_embedded_the_question_is_answered_from_the_index_as_it_is()
    {
        workspace.Write("harbour.md", Articles.Harbour);
        string[] question = ["ask", "Who rescued the sailors during the storm?", "--embeddings", $"onnx:{Path.Combine(workspace.Folder, "broken")}"];
        Directory.CreateDirectory(Path.Combine(workspace.Folder, "broken"));
        await File.WriteAllTextAsync(Path.Combine(workspace.Folder, "broken", "model.onnx"), "no model", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(workspace.Folder, "broken", "vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n", TestContext.Current.CancellationToken);
        var first = await workspace.RunHereAsync(question);
        Assert.Equal(ExitCode.Failed, first.ExitCode);
        Assert.Contains("not an ONNX model", first.Error, StringComparison.Ordinal);
        await workspace.RunHereAsync("documents");

        var run = await workspace.RunHereAsync(question);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Astrid Holm rescued nine sailors", SafeText.Collapse(run.Output), StringComparison.Ordinal);
        Assert.Contains("Going on with what is indexed so far.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_json_answer_has_every_member_of_the_contract_and_nothing_else_is_printed()
    {
        workspace.Write("harbour.md", Articles.Harbour);

        var run = await workspace.RunAsync("ask", "Who rescued the sailors during the storm?", "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        using var json = JsonDocument.Parse(Assert.Single(run.OutputLines));
        AssertMembers(
            json.RootElement,
            ("outcome", JsonValueKind.String), ("answer", JsonValueKind.String), ("citations", JsonValueKind.Array), ("missing", JsonValueKind.Array),
            ("related", JsonValueKind.Array), ("question", JsonValueKind.String), ("answeredBy", JsonValueKind.String), ("elapsedMilliseconds", JsonValueKind.Number));
        Assert.Matches("^(partly-)?answered$", json.RootElement.GetProperty("outcome").GetString());
        Assert.Equal("extractive", json.RootElement.GetProperty("answeredBy").GetString());
        var citations = json.RootElement.GetProperty("citations").EnumerateArray().ToList();
        Assert.NotEmpty(citations);
        Assert.All(citations, citation => AssertMembers(
            citation,
            ("number", JsonValueKind.Number), ("documentId", JsonValueKind.String), ("version", JsonValueKind.Number), ("title", JsonValueKind.String),
            ("headings", JsonValueKind.Array), ("quote", JsonValueKind.String), ("start", JsonValueKind.Number), ("end", JsonValueKind.Number)));
        Assert.Equal(Enumerable.Range(1, citations.Count), citations.Select(citation => citation.GetProperty("number").GetInt32()));
    }

    [Fact]
    public async Task Every_citation_is_an_exact_range_of_the_stored_version()
    {
        workspace.Write("harbour.md", Articles.Harbour);
        workspace.Write("farm/orchard.md", Articles.Orchard);

        var citations = new List<Citation>();
        foreach (var question in new[] { "Who rescued the sailors?", "Where did the herring go?", "How many hives does the beekeeper bring?" })
        {
            var run = await workspace.RunHereAsync("ask", question, "--json");
            var answer = JsonSerializer.Deserialize(run.Output, AssistantJson.Readable.Answer)!;
            Assert.NotEmpty(answer.Citations);
            citations.AddRange(answer.Citations);
        }

        using var services = workspace.Services();
        var store = services.Services.GetRequiredService<IDocumentStore>();
        foreach (var citation in citations)
        {
            var version = await store.GetAsync(citation.DocumentId, citation.Version, TestContext.Current.CancellationToken);
            Assert.Equal(citation.Quote, version!.Text[citation.Start..citation.End]);
            var file = await File.ReadAllTextAsync(Path.Combine(workspace.Corpus, citation.DocumentId), TestContext.Current.CancellationToken);
            Assert.Contains(SafeText.Collapse(citation.Quote), SafeText.Collapse(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_the_documents_do_not_say_is_done_too_with_what_is_missing()
    {
        workspace.Write("harbour.md", Articles.Harbour);

        var run = await workspace.RunHereAsync("ask", "Which quantum processor did Microsoft announce?", "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("not-in-documents", json.RootElement.GetProperty("outcome").GetString());
        Assert.NotEmpty(json.RootElement.GetProperty("missing").EnumerateArray());
        Assert.Empty(json.RootElement.GetProperty("citations").EnumerateArray());
        Assert.All(json.RootElement.GetProperty("related").EnumerateArray(), related => AssertMembers(
            related,
            ("documentId", JsonValueKind.String), ("version", JsonValueKind.Number), ("title", JsonValueKind.String), ("headings", JsonValueKind.Array),
            ("quote", JsonValueKind.String), ("start", JsonValueKind.Number), ("end", JsonValueKind.Number)));
    }

    [Fact]
    public async Task A_folder_without_documents_says_so()
    {
        var run = await workspace.RunHereAsync("ask", "Who?", "--json");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("no-documents", json.RootElement.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_bad_file_is_reported_and_the_others_answer()
    {
        workspace.Write("harbour.md", Articles.Harbour);
        workspace.WriteTooLarge("bad.txt");

        var run = await workspace.RunHereAsync("ask", "Who rescued the sailors?");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Astrid Holm", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("Could not read bad.txt: too large", run.ErrorLines[0], StringComparison.Ordinal);
        Assert.Equal(2, run.ErrorLines.Length);
    }

    [Fact]
    public async Task A_deleted_file_is_gone_from_every_answer()
    {
        workspace.Write("harbour.md", Articles.Harbour);
        workspace.Write("orchard.md", Articles.Orchard);
        Assert.Contains("orchard.md", (await workspace.RunHereAsync("ask", "How many hives does the beekeeper bring?", "--json")).Output, StringComparison.Ordinal);

        File.Delete(Path.Combine(workspace.Corpus, "orchard.md"));
        var run = await workspace.RunHereAsync("ask", "How many hives does the beekeeper bring?", "--json");

        Assert.DoesNotContain("orchard.md", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("Removed 1 document in ", run.Error, StringComparison.Ordinal);
    }

    private static void AssertMembers(JsonElement element, params (string Name, JsonValueKind Kind)[] members) =>
        Assert.Equal(members.Order(), element.EnumerateObject().Select(property => (property.Name, property.Value.ValueKind)).Order());
}
