using System.Text.Json;
using Assistant.ChatHost.Tests.Support;
using Assistant.Core;
using Assistant.Core.Changes;

namespace Assistant.ChatHost.Tests.Answers;

public sealed class ChangesTests() : HostTests(("Assistant:Retention:Versions", "2"))
{
    [Fact]
    public async Task Changes_are_the_typed_result_with_exact_ranges_of_both_versions()
    {
        await WriteAsync(Corpus.Talks, "# Paris Talks\n\nA budget of nine billion euros was named by the chair.\n");
        await WriteAsync(Corpus.Talks, "# Paris Talks\n\nA budget of ten billion euros was named by the chair.\n");

        var json = await Client.GetJsonAsync($"/api/documents/{Corpus.Talks}/changes");

        var changes = json.Deserialize(AssistantJson.Default.DocumentChanges)!;
        Assert.Equal((Corpus.Talks, 2, 3), (changes.DocumentId, changes.From, changes.To));
        var change = Assert.Single(changes.Changes);
        var value = Assert.Single(change.Values);
        Assert.Equal((SentenceChangeKind.Reworded, "nine billion euros", "ten billion euros"), (change.Kind, value.Before!.Text, value.After!.Text));
        var before = (string)(await Client.GetJsonAsync($"/api/documents/{Corpus.Talks}?version=2"))["text"]!;
        Assert.Equal(change.Before!.Quote, before[change.Before.Start..change.Before.End]);
        Assert.Equal(value.Before.Text, before[value.Before.Start..value.Before.End]);
        var back = await Client.GetJsonAsync($"/api/documents/{Corpus.Talks}/changes?from=3&to=2");
        Assert.Equal("ten billion euros", (string?)back["changes"]![0]!["values"]![0]!["before"]!["text"]);
    }

    [Fact]
    public async Task An_id_with_slashes_is_found_however_it_is_escaped()
    {
        await WriteAsync(Corpus.Harbour, "# Harbour of Emden\n\nThe lock is open again.\n");

        var whole = await Client.GetJsonAsync($"/api/documents/{Uri.EscapeDataString(Corpus.Harbour)}/changes");
        var bySegment = await Client.GetJsonAsync($"/api/documents/{string.Join('/', Corpus.Harbour.Split('/').Select(Uri.EscapeDataString))}/changes");

        Assert.Equal(Corpus.Harbour, (string?)whole["documentId"]);
        Assert.Equal(whole.ToJsonString(), bySegment.ToJsonString());
    }

    [Theory]
    [InlineData("nothing.md/changes", "There is no document 'nothing.md'.")]
    [InlineData("deep/nothing.md/changes", "There is no document 'deep/nothing.md'.")]
    [InlineData("talks.md/changes?to=7", "'talks.md' has no version 7. It has version 1.")]
    [InlineData("talks.md/changes", "'talks.md' has no version before version 1")]
    public async Task What_is_not_there_is_a_problem_that_names_what_is(string path, string reason)
    {
        using var response = await Client.GetAsync($"/api/documents/{path}", HttpHelp.Cancellation);
        Assert.StartsWith(reason, (string?)(await response.ProblemAsync(404))["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("talks.md/changes?from=1&to=3")]
    [InlineData("talks.md?version=1")]
    public async Task A_version_that_retention_dropped_is_told_so(string path)
    {
        await WriteAsync(Corpus.Talks, "# Paris Talks\n\nSecond.\n");
        await WriteAsync(Corpus.Talks, "# Paris Talks\n\nThird.\n");

        using var response = await Client.GetAsync($"/api/documents/{path}", HttpHelp.Cancellation);
        Assert.Matches(
            @"^Version 1 of 'talks\.md' was dropped by retention on \d{4}-\d\d-\d\d\. It has versions 2, 3\.", (string?)(await response.ProblemAsync(404))["detail"]);
    }

    private async Task WriteAsync(string id, string text)
    {
        Host.Corpus.Write(id, text);
        await Host.ReconcileAsync();
    }
}
