using Assistant.ChatHost.Tests.Support;

namespace Assistant.ChatHost.Tests.Answers;

public sealed class VerifyTests(SharedHost shared) : SharedHostTests(shared)
{
    [Fact]
    public async Task Real_changed_and_invented_quotations_are_told_apart()
    {
        var report = await Client.PostJsonAsync("/api/verify", new
        {
            text = "It says “Some European states urged prudence, emphasizing legal clarity and domestic constraints.” and "
                + "“Repairs of the lock take two weeks.” but also “The moon is a harsh mistress to sailors.”",
        });
        var quotations = report["quotations"]!.AsArray();
        Assert.Equal(["exact", "altered", "not-found"], quotations.Select(quotation => (string)quotation!["status"]!));
        Assert.Equal(Corpus.Harbour, (string?)quotations[1]!["source"]!["documentId"]);
        Assert.Equal("Repairs of the lock take six weeks.", (string?)quotations[1]!["source"]!["quote"]);
        Assert.Equal(
            "same:Repairs of the lock take |left-out:six|put-in:two|same: weeks.",
            string.Join('|', quotations[1]!["differences"]!.AsArray().Select(change => $"{change!["kind"]}:{change["text"]}")));
        await CitationCheck.IsExactAsync(quotations[0]!["source"]!, Client);
        await CitationCheck.IsExactAsync(quotations[1]!["source"]!, Client);
    }

    [Fact]
    public async Task An_answer_of_this_host_is_found_exact_sentence_by_sentence()
    {
        var answer = await Client.PostJsonAsync("/api/chat", new { question = "Why was the northern lock closed?" });
        var report = await Client.PostJsonAsync("/api/verify", new { text = (string)answer["answer"]! });
        Assert.True((bool)report["wholeText"]!);
        Assert.NotEmpty(report["quotations"]!.AsArray());
        Assert.All(report["quotations"]!.AsArray(), quotation => Assert.Equal("exact", (string?)quotation!["status"]));
    }
}
