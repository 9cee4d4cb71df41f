using Assistant.Core.Answering;
using Assistant.Core.Documents;

namespace Assistant.Core.Tests.Answering;

public sealed class CitationVerifierTests
{
    private static readonly DocumentVersion Version = new()
    {
        DocumentId = "talks.md",
        Number = 2,
        OwnTitle = "Talks",
        Text = "Talks\n\nViews\n\nCaution\n\nSome urged “prudence”. 🙂 Others did not.",
        Sections =
        [
            new Section(["Views"], 1, new TextSpan(7, 66)),
            new Section(["Views", "Caution"], 2, new TextSpan(14, 66)),
        ],
        PageStarts = [0, 14, 47],
        ContentHash = new string('0', 64),
        IngestedAt = DateTimeOffset.UnixEpoch,
    };

    private readonly CitationVerifier verifier = new(new OneVersion());

    [Fact]
    public async Task A_citation_is_copied_out_of_the_stored_version()
    {
        var citation = await verifier.CiteAsync(new SourceRange("talks.md", 2, new TextSpan(23, 46)), 1, TestContext.Current.CancellationToken);

        Assert.NotNull(citation);
        Assert.Equal("Some urged “prudence”.", citation.Quote.Trim());
        Assert.Equal(["Views", "Caution"], citation.Headings);
        Assert.Equal("Talks", citation.Title);
        Assert.Equal(2, citation.Page);
        Assert.True(await verifier.VerifyAsync(citation, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("talks.md", 2, 23, 1000)]
    [InlineData("talks.md", 2, 23, 23)]
    [InlineData("talks.md", 1, 23, 46)]
    [InlineData("other.md", 2, 23, 46)]
    public async Task A_range_that_no_stored_version_has_gives_no_citation(string document, int version, int start, int end) =>
        Assert.Null(await verifier.CiteAsync(new SourceRange(document, version, new TextSpan(start, end)), 1, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("Some urged “prudence”,", 23, 45)]
    [InlineData("Some urged \"prudence\".", 23, 45)]
    [InlineData("Some urged “prudence”.", 24, 46)]
    [InlineData("", 23, 23)]
    [InlineData("x", -1, 0)]
    [InlineData("x", 65, 99)]
    public async Task A_quote_that_differs_in_one_character_or_place_is_not_verified(string quote, int start, int end) =>
        Assert.False(await verifier.VerifyAsync(new Citation(1, "talks.md", 2, "Talks", [], quote, start, end), TestContext.Current.CancellationToken));

    private sealed class OneVersion : IDocumentStore
    {
        public Task<DocumentVersion?> GetAsync(string documentId, int? version, CancellationToken cancellationToken) =>
            Task.FromResult(documentId == Version.DocumentId && version == Version.Number ? Version : null);

        public Task<IReadOnlyList<DocumentSummary>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<RemovedDocument>> ListRemovedAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<RemovedDocument>>([]);

        public Task<IReadOnlyList<VersionSummary>> GetVersionsAsync(string documentId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
