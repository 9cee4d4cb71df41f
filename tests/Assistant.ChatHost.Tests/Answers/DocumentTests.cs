using Assistant.ChatHost.Tests.Support;

namespace Assistant.ChatHost.Tests.Answers;

public sealed class DocumentTests : HostTests
{
    [Fact]
    public async Task All_documents_are_listed()
    {
        var documents = (await Client.GetJsonAsync("/api/documents")).AsArray();
        Assert.Equal([Corpus.Hostile, Corpus.Harbour, Corpus.Talks], documents.Select(document => (string)document!["documentId"]!));
    }

    [Fact]
    public async Task An_id_with_slashes_spaces_and_letters_of_any_kind_is_found_however_it_is_escaped()
    {
        var whole = await Client.GetJsonAsync($"/api/documents/{Uri.EscapeDataString(Corpus.Harbour)}");
        var bySegment = await Client.GetJsonAsync($"/api/documents/{string.Join('/', Corpus.Harbour.Split('/').Select(Uri.EscapeDataString))}");
        Assert.Equal("Harbour of Emden", (string?)whole["title"]);
        Assert.Equal(whole.ToJsonString(), bySegment.ToJsonString());
    }

    [Fact]
    public async Task Sections_and_blocks_are_ranges_of_the_text()
    {
        var document = await Client.GetJsonAsync($"/api/documents/{Corpus.Talks}");
        var text = (string)document["text"]!;
        var section = document["sections"]!.AsArray()[0]!;
        Assert.Equal("European Caution", (string?)section["path"]![0]);
        Assert.StartsWith("European Caution", text[(int)section["span"]!["start"]!..], StringComparison.Ordinal);
        var blocks = document["blocks"]!.AsArray();
        Assert.Equal("heading", (string?)blocks[0]!["kind"]);
        Assert.Equal("Paris Talks", text[(int)blocks[0]!["span"]!["start"]!..(int)blocks[0]!["span"]!["end"]!]);
    }

    [Fact]
    public async Task Old_versions_stay_readable_so_that_old_citations_stay_checkable()
    {
        var before = await Client.PostJsonAsync("/api/chat", new { question = "What did some European states urge?" });
        Host.Corpus.Write(Corpus.Talks, "# Paris Talks\n\nSome European states urged speed and nothing else at all.\n");
        await Host.ReconcileAsync();

        await CitationCheck.HoldsAsync(before, Client);
        var current = await Client.GetJsonAsync($"/api/documents/{Corpus.Talks}");
        var old = await Client.GetJsonAsync($"/api/documents/{Corpus.Talks}?version=1");
        Assert.Equal((2, true), ((int)current["version"]!, (bool)current["isCurrent"]!));
        Assert.Equal((1, false), ((int)old["version"]!, (bool)old["isCurrent"]!));
        Assert.Equal([1, 2], old["versions"]!.AsArray().Select(version => (int)version!["number"]!));
        var after = await Client.PostJsonAsync("/api/chat", new { question = "What did some European states urge?" });
        Assert.Contains("speed", (string?)after["answer"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/documents/nothing.md")]
    [InlineData("/api/documents/talks.md?version=7")]
    [InlineData("/api/documents/talks.md?version=0")]
    [InlineData("/api/documents/talks.md?version=-1")]
    [InlineData("/api/documents/..%2f..%2fetc%2fpasswd")]
    [InlineData("/api/documents/TALKS.MD")]
    public async Task What_is_not_there_is_a_problem_that_says_where_to_look(string path)
    {
        using var response = await Client.GetAsync(path, HttpHelp.Cancellation);
        Assert.Contains("GET /api/documents", (string?)(await response.ProblemAsync(404))["detail"], StringComparison.Ordinal);
    }
}
