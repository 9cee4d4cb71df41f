using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;

namespace Assistant.Storage.Tests.Conformance;

/// <summary>
/// What every store promises, tested through the ports alone. A store derives this once; <see cref="OpenStore"/> opens
/// one more view of the same, initially empty, index, as another process would.
/// </summary>
public abstract partial class StoreConformance
{
    private const string Fingerprint = "builder/1";

    /// <summary>The ports of one store.</summary>
    public sealed record Ports(IDocumentStore Documents, IPassageIndex Index, IIndexWriterFactory Writers);

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens the index of this test.</summary>
    protected abstract Ports OpenStore();

    [Fact]
    public async Task An_index_that_was_never_written_is_empty()
    {
        var store = OpenStore();

        Assert.Empty(await store.Documents.ListAsync(Cancel));
        Assert.Null(await store.Documents.GetAsync("a.md", null, Cancel));
        Assert.Null(await store.Documents.GetAsync("a.md", 1, Cancel));
        Assert.Empty(await store.Documents.GetVersionsAsync("a.md", Cancel));
        Assert.Empty(await store.Index.GetPassagesAsync("a.md", 1, new TextSpan(0, 10), 10, Cancel));
        var state = await store.Index.GetStateAsync(Cancel);
        Assert.Equal((null, 0, 0), (state.Fingerprint, state.Documents, state.Passages));
        Assert.Empty(state.Languages);
        var found = await SearchAsync(store, "word");
        Assert.Empty(found.Hits);
        Assert.Equal(0, found.PassageCount);
        Assert.Equal(0, found.DocumentFrequencies["word"]);
    }

    [Fact]
    public async Task A_version_comes_back_as_it_was_put()
    {
        var store = OpenStore();
        var version = TestDocuments.Version("folder/a b.md", 1, "One two.", "Three") with
        {
            Sections = [new Section(["Findings", "Deep"], 2, new TextSpan(0, 8))],
            Blocks = [new TextBlock(BlockKind.Paragraph, new TextSpan(0, 8)), new TextBlock(BlockKind.Code, new TextSpan(10, 15))],
            PageStarts = [0, 10],
            Metadata = new DocumentMetadata { Language = "de", Date = new DateOnly(2026, 1, 6), Author = "Ä \"B\"", Source = "S", Url = "https://x/?y=1&z" },
        };

        await WriteAsync(store, writer => writer.PutTextAsync(version));

        Equal(version, await store.Documents.GetAsync(version.DocumentId, null, Cancel));
        Equal(version, await store.Documents.GetAsync(version.DocumentId, 1, Cancel));
        var summary = Assert.Single(await store.Documents.ListAsync(Cancel));
        Assert.Equal(
            new DocumentSummary(version.DocumentId, 1, "Report", version.ContentHash, version.IngestedAt, 2, version.Metadata), summary);
        Assert.Equal([new VersionSummary(1, version.ContentHash, version.IngestedAt)], await store.Documents.GetVersionsAsync(version.DocumentId, Cancel));
    }

    [Fact]
    public async Task A_document_without_a_title_of_its_own_is_called_by_its_file()
    {
        var store = OpenStore();
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("x/long-name.md", 1, "Text") with { OwnTitle = null }));

        Assert.Equal("Long name", Assert.Single(await store.Documents.ListAsync(Cancel)).Title);
        Assert.Equal("Long name", (await FindOneAsync(store, "text")).Title);
        Assert.Null((await FindOneAsync(store, "text")).OwnTitle);
    }

    [Fact]
    public async Task Documents_are_listed_in_ordinal_order()
    {
        var store = OpenStore();
        string[] ids = ["b", "B", "a/z", "a", "é", "a b", "😀", "\uFFFD"];
        await WriteAsync(store, async writer =>
        {
            foreach (var id in ids)
            {
                await writer.PutTextAsync(TestDocuments.Version(id, 1, "Text " + id));
            }
        });

        Assert.Equal(ids.Order(StringComparer.Ordinal), (await store.Documents.ListAsync(Cancel)).Select(document => document.DocumentId));
    }

    [Fact]
    public async Task A_found_passage_is_the_passage_that_was_put()
    {
        var store = OpenStore();
        var version = TestDocuments.Version("a.md", 1, "First paragraph", "Second, longer paragraph", "Third");
        await WriteAsync(store, writer => writer.PutTextAsync(version));

        foreach (var expected in TestDocuments.Passages(version))
        {
            var found = await SearchAsync(store, [], expected.Vector);
            Equal(expected.Passage, found.Hits.MaxBy(hit => hit.DenseScore)!.Passage);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("it's \"quoted\"; DROP TABLE passages; --")]
    [InlineData("emoji 😀 and combining e\u0301")]
    [InlineData("NUL \0 inside")]
    [InlineData("\0")]
    [InlineData("lone high \uD83D surrogate")]
    [InlineData("lone low \uDE00 surrogate")]
    [InlineData("\uDE00\uD83D swapped")]
    [InlineData("ends with \uD83D")]
    [InlineData("right to left \u05D0\u05D1\u202E")]
    [InlineData("\uFEFF byte order mark, \uFFFD and \uFFFF")]
    public async Task Any_string_of_code_units_is_kept_exactly(string odd)
    {
        var store = OpenStore();
        var version = TestDocuments.Version(odd, 1, odd, "Other") with
        {
            OwnTitle = odd,
            Metadata = new DocumentMetadata { Author = odd, Language = "en" },
            Sections = [new Section([odd], 1, new TextSpan(0, odd.Length))],
        };
        var passages = TestDocuments.Passages(version)
            .Select(indexed => indexed with { Passage = indexed.Passage with { Headings = [odd, "x"] } }).ToList();
        await WriteAsync(store, writer => writer.PutAsync(version, passages, null, Cancel));

        Equal(version, await store.Documents.GetAsync(odd, null, Cancel));
        Assert.Equal(odd, Assert.Single(await store.Documents.ListAsync(Cancel)).DocumentId);
        var within = await store.Index.GetPassagesAsync(odd, 1, new TextSpan(0, version.Text.Length), 10, Cancel);
        Assert.Equal(2, within.Count);
        Assert.All(within.Zip(passages), pair => Equal(pair.Second.Passage, pair.First));
        Assert.All(within, passage => Assert.Equal(version.Text[passage.Span.Start..passage.Span.End], passage.Text));

        await WriteAsync(store, writer => writer.RemoveAsync(odd, Cancel));
        Assert.Empty(await store.Documents.ListAsync(Cancel));
    }

    [Fact]
    public async Task An_empty_document_is_a_document()
    {
        var store = OpenStore();
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("empty.md", 1)));

        Assert.Equal(0, Assert.Single(await store.Documents.ListAsync(Cancel)).Passages);
        Assert.Equal("", (await store.Documents.GetAsync("empty.md", null, Cancel))!.Text);
        Assert.Empty((await SearchAsync(store, ["x"], TestDocuments.Vector("x"))).Hits);
    }

    [Fact]
    public async Task Passages_within_a_range_come_in_reading_order_and_within_the_limit()
    {
        var store = OpenStore();
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("a.md", 1, "0123", "6789", "cdef")));

        Assert.Equal(["0123", "6789"], await TextsAsync(new TextSpan(3, 7), 10));
        Assert.Equal(["0123"], await TextsAsync(new TextSpan(3, 7), 1));
        Assert.Equal(["6789"], await TextsAsync(new TextSpan(4, 12), 10));
        Assert.Empty(await TextsAsync(new TextSpan(4, 6), 10));
        Assert.Empty(await TextsAsync(new TextSpan(0, 16), 0));
        Assert.Equal(3, (await TextsAsync(new TextSpan(0, 1000), 10)).Length);
        Assert.Empty(await store.Index.GetPassagesAsync("a.md", 2, new TextSpan(0, 16), 10, Cancel));
        Assert.Empty(await store.Index.GetPassagesAsync("b.md", 1, new TextSpan(0, 16), 10, Cancel));

        async Task<string[]> TextsAsync(TextSpan within, int limit) =>
            [.. (await store.Index.GetPassagesAsync("a.md", 1, within, limit, Cancel)).Select(passage => passage.Text)];
    }

    [Fact]
    public async Task The_state_counts_documents_passages_and_languages()
    {
        var store = OpenStore();
        await WriteAsync(store, async writer =>
        {
            await writer.PutTextAsync(WithLanguage("a", "fr"));
            await writer.PutTextAsync(WithLanguage("b", "de"));
            await writer.PutTextAsync(WithLanguage("c", "de"));
            await writer.PutTextAsync(WithLanguage("d", null));
            await writer.PutTextAsync(WithLanguage("e", "ar"));
        });

        var state = await store.Index.GetStateAsync(Cancel);
        Assert.Equal((Fingerprint, 5, 10), (state.Fingerprint, state.Documents, state.Passages));
        Assert.Equal(["de", "ar", "fr"], state.Languages);
        Assert.Equal(TestDocuments.Dimensions, state.Dimensions);

        static DocumentVersion WithLanguage(string id, string? language) =>
            TestDocuments.Version(id, 1, "One", "Two") with { Metadata = new DocumentMetadata { Language = language } };
    }

    private protected static async Task WriteAsync(Ports store, Func<IIndexWriter, Task> write, string fingerprint = Fingerprint)
    {
        await using var writer = await store.Writers.OpenWriterAsync(fingerprint, Cancel);
        await write(writer);
        await writer.CompleteAsync(Cancel);
    }

    private protected static Task<PassageCandidates> SearchAsync(Ports store, params string[] terms) =>
        SearchAsync(store, terms, default);

    private protected static Task<PassageCandidates> SearchAsync(
        Ports store, IReadOnlyList<string> terms, ReadOnlyMemory<float> vector, int limit = 50, string[]? documents = null) =>
        store.Index.SearchAsync(new PassageQuery { Terms = terms, Vector = vector, Limit = limit, DocumentIds = documents }, Cancel);

    private protected static async Task<Passage> FindOneAsync(Ports store, string term) =>
        Assert.Single((await SearchAsync(store, term)).Hits).Passage;

    private protected static async Task<string[]> TextsOfAsync(Ports store, string term) =>
        [.. (await SearchAsync(store, term)).Hits.Select(hit => hit.Passage.Text).Order(StringComparer.Ordinal)];

    /// <summary>Records with lists are compared by what the lists hold.</summary>
    private static void Equal(DocumentVersion expected, DocumentVersion? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.PageStarts, actual.PageStarts);
        Assert.Equal(expected.Blocks, actual.Blocks);
        Assert.Equal(expected.Sections.Select(Flat), actual.Sections.Select(Flat));
        Assert.Equal(
            expected with { PageStarts = [], Blocks = [], Sections = [] },
            actual with { PageStarts = [], Blocks = [], Sections = [] });

        static (string, int, TextSpan) Flat(Section section) => (string.Join('\n', section.Path), section.Level, section.Span);
    }

    private static void Equal(Passage expected, Passage actual)
    {
        Assert.Equal(expected.Headings, actual.Headings);
        Assert.Equal(expected.Sentences, actual.Sentences);
        Assert.Equal(expected with { Headings = [], Sentences = [] }, actual with { Headings = [], Sentences = [] });
    }
}
