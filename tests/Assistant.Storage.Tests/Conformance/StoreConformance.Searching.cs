using System.Numerics.Tensors;
using Assistant.Core.Retrieval;

namespace Assistant.Storage.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Words_are_found_in_title_headings_and_text()
    {
        var store = await WithParagraphsAsync("apple", "banana");

        Assert.Equal(["apple"], await TextsOfAsync(store, "apple"));
        Assert.Equal(["apple", "banana"], await TextsOfAsync(store, "report"));
        Assert.Equal(["apple", "banana"], await TextsOfAsync(store, "findings"));
        Assert.Empty(await TextsOfAsync(store, "appl"));
        Assert.Empty(await TextsOfAsync(store, "apples"));
    }

    [Fact]
    public async Task Any_of_several_words_is_enough_and_more_of_them_score_higher()
    {
        var store = await WithParagraphsAsync("apple banana", "apple cherry", "date elder", "fig grape");

        var hits = (await SearchAsync(store, "apple", "cherry", "unheard")).Hits;
        Assert.Equal(2, hits.Count);
        Assert.All(hits, hit => Assert.True(hit.KeywordScore > 0));
        Assert.Equal("apple cherry", hits.MaxBy(hit => hit.KeywordScore)!.Passage.Text);
        Assert.All(hits, hit => Assert.Equal(0, hit.DenseScore));
    }

    [Fact]
    public async Task A_rarer_word_and_a_shorter_passage_score_higher()
    {
        var store = await WithParagraphsAsync("common rare", "common plain", "common plain words make this one long", "other", "another", "yet");

        var rare = (await SearchAsync(store, "common", "rare")).Hits;
        Assert.Equal("common rare", rare.MaxBy(hit => hit.KeywordScore)!.Passage.Text);
        var plain = (await SearchAsync(store, "plain")).Hits;
        Assert.Equal("common plain", plain.MaxBy(hit => hit.KeywordScore)!.Passage.Text);
    }

    [Fact]
    public async Task Document_frequencies_count_passages_and_survive_changes()
    {
        var store = await WithParagraphsAsync("apple apple", "apple", "banana", "report");

        Assert.Equal((2, 1, 4, 0), await FrequenciesAsync());

        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("a.md", 2, "apple apple", "banana")));
        Assert.Equal((1, 1, 2, 0), await FrequenciesAsync());

        await WriteAsync(store, writer => writer.RemoveAsync("a.md", Cancel));
        Assert.Equal((0, 0, 0, 0), await FrequenciesAsync());

        async Task<(int, int, int, int)> FrequenciesAsync()
        {
            var found = (await SearchAsync(store, "apple", "banana", "report", "unheard")).DocumentFrequencies;
            Assert.Equal(4, found.Count);
            return (found["apple"], found["banana"], found["report"], found["unheard"]);
        }
    }

    [Fact]
    public async Task Meaning_is_the_cosine_for_every_hit()
    {
        var store = await WithParagraphsAsync("apple", "banana", "cherry", "apple cherry");
        var query = TestDocuments.Vector("a question");

        var hits = (await SearchAsync(store, ["cherry"], query)).Hits;

        Assert.Equal(4, hits.Count);
        Assert.All(hits, hit => Assert.Equal(
            TensorPrimitives.CosineSimilarity<float>(query, TestDocuments.Vector(hit.Passage.Text)), hit.DenseScore, 1e-6));
        Assert.Equal(["apple cherry", "cherry"], hits.Where(hit => hit.KeywordScore > 0).Select(hit => hit.Passage.Text).Order());
    }

    [Fact]
    public async Task The_best_of_each_kind_are_found_once_each()
    {
        var texts = Enumerable.Range(0, 40).Select(i => $"word{i} shared").ToArray();
        var store = await WithParagraphsAsync(texts);
        var query = TestDocuments.Vector("a question");

        var found = await SearchAsync(store, ["word7", "word31"], query, limit: 5);

        Assert.Equal(40, found.PassageCount);
        Assert.Equal(found.Hits.Count, found.Hits.DistinctBy(hit => hit.Passage.Id).Count());
        var nearest = texts.OrderByDescending(text => TensorPrimitives.Dot<float>(query, TestDocuments.Vector(text))).Take(5);
        Assert.Equal(
            nearest.Union(["word7 shared", "word31 shared"]).Order(StringComparer.Ordinal),
            found.Hits.Select(hit => hit.Passage.Text).Order(StringComparer.Ordinal));
        Assert.Empty((await SearchAsync(store, ["shared"], query, limit: 0)).Hits);
    }

    [Fact]
    public async Task A_vector_of_another_embedding_space_is_left_aside()
    {
        var store = OpenStore();
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple", "banana")), "reader/1|model a|8");
        var query = new PassageQuery { Terms = ["apple"], Vector = TestDocuments.Vector("banana"), Space = "model a|8" };

        Assert.Equal(2, (await store.Index.SearchAsync(query, Cancel)).Hits.Count);
        // Of the same length, of another length, and with a name that only ends like the index's.
        foreach (var (space, vector) in new[] { ("model b|8", query.Vector), ("model c|3", new float[] { 1, 0, 0 }), ("a|8", query.Vector) })
        {
            var hit = Assert.Single((await store.Index.SearchAsync(query with { Space = space, Vector = vector }, Cancel)).Hits);
            Assert.Equal(("apple", 0), (hit.Passage.Text, hit.DenseScore));
            Assert.True(hit.KeywordScore > 0);
        }
    }

    [Fact]
    public async Task Equal_scores_are_cut_by_passage_id()
    {
        var store = OpenStore();
        await WriteAsync(store, async writer =>
        {
            foreach (var id in Enumerable.Range(0, 12))
            {
                await writer.PutTextAsync(TestDocuments.Version($"{id}.md", 1, "same words"));
            }
        });

        var all = (await SearchAsync(store, ["same"], default)).Hits.Select(hit => hit.Passage.Id).Order().ToList();
        Assert.Equal(12, all.Count);
        Assert.Equal(all.Take(4), (await SearchAsync(store, ["same"], default, limit: 4)).Hits.Select(hit => hit.Passage.Id).Order());
        Assert.Equal(all.Take(4), (await SearchAsync(store, [], TestDocuments.Vector("same words"), limit: 4)).Hits.Select(hit => hit.Passage.Id).Order());
    }

    [Fact]
    public async Task Only_the_documents_asked_for_are_searched()
    {
        var store = OpenStore();
        await WriteAsync(store, async writer =>
        {
            await writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple in a"));
            await writer.PutTextAsync(TestDocuments.Version("b.md", 1, "apple in b", "banana"));
        });
        var vector = TestDocuments.Vector("a question");

        var found = await SearchAsync(store, ["apple"], vector, documents: ["b.md", "missing.md"]);

        Assert.Equal(["apple in b", "banana"], found.Hits.Select(hit => hit.Passage.Text).Order());
        Assert.Equal((3, 2), (found.PassageCount, found.DocumentFrequencies["apple"]));
        Assert.Empty((await SearchAsync(store, ["apple"], vector, documents: ["missing.md"])).Hits);
        Assert.Empty((await SearchAsync(store, ["apple"], vector, documents: [])).Hits);
        // The best of the document asked for, also when others are better.
        Assert.Single((await SearchAsync(store, ["apple"], default, limit: 1, documents: ["b.md"])).Hits);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("a\"b")]
    [InlineData("apple OR banana")]
    [InlineData("NEAR")]
    [InlineData("AND")]
    [InlineData("title:apple")]
    [InlineData("appl*")]
    [InlineData("^apple")]
    [InlineData("(")]
    [InlineData("'")]
    [InlineData("-")]
    [InlineData("\0")]
    [InlineData("\uD83D")]
    [InlineData("😀")]
    public async Task A_word_is_never_read_as_a_query(string term)
    {
        var store = await WithParagraphsAsync("apple", "banana");
        var odd = TestDocuments.Version("odd.md", 1, "odd");
        await WriteAsync(store, writer => writer.PutAsync(
            odd, [TestDocuments.Passages(odd)[0] with { TextTerms = ["before", term, "after"] }], null, Cancel));

        var found = await SearchAsync(store, term);

        Assert.Equal("odd", Assert.Single(found.Hits).Passage.Text);
        Assert.Equal(1, found.DocumentFrequencies[term]);
    }

    [Fact]
    public async Task A_question_may_be_very_long()
    {
        var store = await WithParagraphsAsync("apple", "banana");
        string[] terms = [.. Enumerable.Range(0, 2000).Select(i => $"w{i}"), "apple"];

        Assert.Equal("apple", Assert.Single((await SearchAsync(store, terms)).Hits).Passage.Text);
    }

    [Fact]
    public async Task A_vector_of_another_model_is_refused()
    {
        var store = await WithParagraphsAsync("apple");

        await Assert.ThrowsAsync<ArgumentException>(() => SearchAsync(store, [], new float[] { 1, 0 }));
    }

    [Fact]
    public async Task What_is_cancelled_does_not_begin()
    {
        var store = await WithParagraphsAsync("apple");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Documents.ListAsync(cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Index.GetStateAsync(cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Index.SearchAsync(new PassageQuery { Terms = ["apple"] }, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Writers.OpenWriterAsync(Fingerprint, cancelled.Token));
        await WriteAsync(store, async writer =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => writer.PutAsync(TestDocuments.Version("b.md", 1, "banana"), [], null, cancelled.Token));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.RemoveAsync("a.md", cancelled.Token));
        });
        Assert.Equal("a.md", Assert.Single(await store.Documents.ListAsync(Cancel)).DocumentId);
    }

    private async Task<Ports> WithParagraphsAsync(params string[] paragraphs)
    {
        var store = OpenStore();
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("a.md", 1, paragraphs)));
        return store;
    }
}
