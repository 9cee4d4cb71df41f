using Assistant.Core.Documents;
using Assistant.Core.Ingestion;

namespace Assistant.Storage.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task An_update_is_found_and_the_old_text_is_not_but_stays_readable()
    {
        var store = OpenStore();
        var first = TestDocuments.Version("a.md", 1, "apple", "kept");
        var second = TestDocuments.Version("a.md", 2, "new banana", "kept") with { IngestedAt = TestDocuments.Ingested.AddDays(1) };
        await WriteAsync(store, writer => writer.PutTextAsync(first));
        await WriteAsync(store, writer => writer.PutTextAsync(second));

        Assert.Empty(await TextsOfAsync(store, "apple"));
        Assert.Equal(["new banana"], await TextsOfAsync(store, "banana"));
        Assert.Equal(2, (await FindOneAsync(store, "kept")).Version);
        Assert.Equal("kept", (await FindOneAsync(store, "kept")).Span.Of(second.Text));
        Equal(second, await store.Documents.GetAsync("a.md", null, Cancel));
        Equal(first, await store.Documents.GetAsync("a.md", 1, Cancel));
        Assert.Null(await store.Documents.GetAsync("a.md", 3, Cancel));
        Assert.Equal([1, 2], (await store.Documents.GetVersionsAsync("a.md", Cancel)).Select(version => version.Number));
        Assert.Empty(await store.Index.GetPassagesAsync("a.md", 1, new TextSpan(0, 5), 10, Cancel));
        Assert.Equal(2, (await store.Index.GetStateAsync(Cancel)).Passages);
    }

    [Fact]
    public async Task A_kept_passage_keeps_its_id_and_vector_and_new_ones_come_with_theirs()
    {
        var store = OpenStore();
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("a.md", 1, "one", "two", "two")));

        await WriteAsync(store, async writer =>
        {
            var before = await writer.GetVectorsAsync("a.md", Cancel);
            Assert.Equal(3, before.Count);
            var next = TestDocuments.Version("a.md", 2, "zero", "two", "one");
            await writer.PutTextAsync(next);

            var after = await writer.GetVectorsAsync("a.md", Cancel);
            Assert.Equal(TestDocuments.Passages(next).Select(passage => passage.Passage.Id).Order(), after.Keys.Order());
            Assert.Equal(2, after.Keys.Intersect(before.Keys).Count());
            Assert.All(TestDocuments.Passages(next), passage => Assert.Equal(passage.Vector.ToArray(), after[passage.Passage.Id].ToArray()));
            Assert.Empty(await writer.GetVectorsAsync("b.md", Cancel));
        });

        var found = await store.Index.GetPassagesAsync("a.md", 2, new TextSpan(0, 100), 10, Cancel);
        Assert.Equal(["zero", "two", "one"], found.Select(passage => passage.Text));
        Assert.Equal([0, 1, 2], found.Select(passage => passage.Ordinal));
    }

    [Fact]
    public async Task A_passage_whose_terms_changed_is_found_by_the_new_ones()
    {
        var store = OpenStore();
        var version = TestDocuments.Version("a.md", 1, "houses");
        await WriteAsync(store, writer => writer.PutTextAsync(version));
        var next = TestDocuments.Version("a.md", 2, "houses") with { Metadata = new DocumentMetadata { Language = "fr" } };
        await WriteAsync(store, writer => writer.PutAsync(
            next, [TestDocuments.Passages(next)[0] with { TextTerms = ["hous"] }], null, Cancel));

        Assert.Empty(await TextsOfAsync(store, "houses"));
        Assert.Equal("fr", (await FindOneAsync(store, "hous")).Language);
    }

    [Fact]
    public async Task A_passage_may_come_back_with_another_vector()
    {
        var store = await WithParagraphsAsync("apple", "banana");
        var version = (await store.Documents.GetAsync("a.md", null, Cancel))!;
        var passages = TestDocuments.Passages(version).ToArray();
        await SearchAsync(store, [], passages[0].Vector);
        passages[0] = passages[0] with { Vector = TestDocuments.Vector("elsewhere") };
        await WriteAsync(store, writer => writer.PutAsync(version, passages, null, Cancel));

        var hit = (await SearchAsync(store, [], TestDocuments.Vector("elsewhere"))).Hits.MaxBy(found => found.DenseScore)!;
        Assert.Equal(("apple", 2), (hit.Passage.Text, (await store.Index.GetStateAsync(Cancel)).Passages));
        Assert.Equal(1, hit.DenseScore, 1e-6);
    }

    [Fact]
    public async Task A_removed_document_is_gone_from_everything_but_its_versions()
    {
        var store = OpenStore();
        var version = TestDocuments.Version("a.md", 1, "apple");
        await WriteAsync(store, async writer =>
        {
            await writer.PutTextAsync(version);
            await writer.PutTextAsync(TestDocuments.Version("b.md", 1, "banana"));
        });
        await WriteAsync(store, async writer =>
        {
            await writer.RemoveAsync("a.md", Cancel);
            await writer.RemoveAsync("never-there.md", Cancel);
        });

        Assert.Equal(["b.md"], (await store.Documents.ListAsync(Cancel)).Select(document => document.DocumentId));
        Assert.Equal(["banana"], (await SearchAsync(store, ["apple", "banana"], TestDocuments.Vector("apple"))).Hits.Select(hit => hit.Passage.Text));
        Assert.Null(await store.Documents.GetAsync("a.md", null, Cancel));
        Equal(version, await store.Documents.GetAsync("a.md", 1, Cancel));
        Assert.Single(await store.Documents.GetVersionsAsync("a.md", Cancel));
        Assert.Empty(await store.Index.GetPassagesAsync("a.md", 1, new TextSpan(0, 5), 10, Cancel));
    }

    [Fact]
    public async Task A_document_that_comes_back_goes_on_counting_its_versions()
    {
        var store = OpenStore();
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple")));
        await WriteAsync(store, writer => writer.RemoveAsync("a.md", Cancel));
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("a.md", 2, "apple again")));

        Assert.Equal(2, (await FindOneAsync(store, "again")).Version);
        Assert.Equal([1, 2], (await store.Documents.GetVersionsAsync("a.md", Cancel)).Select(version => version.Number));
        Assert.Equal("apple", (await store.Documents.GetAsync("a.md", 1, Cancel))!.Text);
    }

    [Fact]
    public async Task A_moved_document_is_found_under_its_new_id_only()
    {
        var store = OpenStore();
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("old.md", 1, "apple")));
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("new.md", 1, "apple"), movedFrom: "old.md"));

        Assert.Equal("new.md", (await FindOneAsync(store, "apple")).DocumentId);
        Assert.Equal("new.md", Assert.Single(await store.Documents.ListAsync(Cancel)).DocumentId);
        Assert.Null(await store.Documents.GetAsync("old.md", null, Cancel));
        Assert.Equal("apple", (await store.Documents.GetAsync("old.md", 1, Cancel))!.Text);
    }

    [Fact]
    public async Task A_version_that_is_there_is_only_indexed_anew()
    {
        var store = OpenStore();
        var version = TestDocuments.Version("a.md", 1, "apple", "banana");
        await WriteAsync(store, writer => writer.PutTextAsync(version));
        await WriteAsync(store, writer => writer.PutAsync(version, [TestDocuments.Passages(version)[0]], null, Cancel));

        Assert.Single(await store.Documents.GetVersionsAsync("a.md", Cancel));
        Assert.Equal(1, (await store.Index.GetStateAsync(Cancel)).Passages);
        await WriteAsync(store, writer =>
            Assert.ThrowsAsync<ArgumentException>(() => writer.PutTextAsync(TestDocuments.Version("a.md", 1, "another text"))));
        Equal(version, await store.Documents.GetAsync("a.md", null, Cancel));
    }

    [Fact]
    public async Task A_change_that_is_refused_leaves_no_trace()
    {
        var store = await WithParagraphsAsync("apple");
        var next = TestDocuments.Version("a.md", 2, "banana", "cherry");
        var passages = TestDocuments.Passages(next);
        IReadOnlyList<IndexedPassage>[] refused =
        [
            [passages[0], passages[1] with { Vector = new float[] { 1 } }],
            [passages[0], passages[1] with { Passage = passages[1].Passage with { Version = 1 } }],
            [passages[0], passages[1] with { Passage = passages[1].Passage with { DocumentId = "b.md" } }],
            [passages[0], passages[1] with { Passage = passages[1].Passage with { Text = "cherrY" } }],
        ];

        await WriteAsync(store, async writer =>
        {
            foreach (var wrong in refused)
            {
                await Assert.ThrowsAsync<ArgumentException>(() => writer.PutAsync(next, wrong, null, Cancel));
            }
        });

        Assert.Equal(["apple"], await TextsOfAsync(store, "report"));
        Assert.Single(await store.Documents.GetVersionsAsync("a.md", Cancel));
    }

    [Fact]
    public async Task What_another_view_of_the_index_wrote_is_seen_by_the_next_call()
    {
        var reader = OpenStore();
        var writing = OpenStore();
        Assert.Empty((await SearchAsync(reader, "apple")).Hits);
        await using var writer = await writing.Writers.OpenWriterAsync(Fingerprint, Cancel);
        for (var version = 1; version <= 20; version++)
        {
            // Growing and shrinking, so that memory is extended, shared and compacted.
            var paragraphs = Enumerable.Range(0, version * 7 % 20).Select(i => $"apple v{version} p{i}").ToArray();
            await writer.PutTextAsync(TestDocuments.Version("a.md", version, paragraphs));

            var found = await SearchAsync(reader, ["apple"], TestDocuments.Vector($"apple v{version} p0"));
            Assert.Equal(paragraphs.Order(StringComparer.Ordinal), found.Hits.Select(hit => hit.Passage.Text).Order(StringComparer.Ordinal));
            Assert.Equal($"apple v{version} p0", found.Hits.MaxBy(hit => hit.DenseScore)?.Passage.Text ?? $"apple v{version} p0");
        }
    }

    [Fact]
    public async Task A_reader_sees_whole_versions_while_a_writer_flips_them()
    {
        var reader = OpenStore();
        await using var writer = await OpenStore().Writers.OpenWriterAsync(Fingerprint, Cancel);
        await writer.PutTextAsync(Flip(1));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var seen = new HashSet<int>();

        var reading = Task.Run(
            async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    var hits = (await SearchAsync(reader, ["apple"], TestDocuments.Vector("apple"))).Hits;
                    Assert.Equal(3, hits.Count);
                    var version = Assert.Single(hits.Select(hit => hit.Passage.Version).Distinct());
                    Assert.All(hits, hit => Assert.StartsWith(version % 2 == 0 ? "even apple" : "odd apple", hit.Passage.Text, StringComparison.Ordinal));
                    var text = (await reader.Documents.GetAsync("a.md", version, Cancel))!.Text;
                    Assert.All(hits, hit => Assert.Equal(hit.Passage.Text, hit.Passage.Span.Of(text)));
                    seen.Add(version);
                }
            },
            Cancel);
        var version = 1;
        // As many flips as it takes for the reader to have seen several.
        while (!reading.IsCompleted && (version < 100 || seen.Count < 5))
        {
            await writer.PutTextAsync(Flip(++version));
        }

        await done.CancelAsync();
        await reading;
        Assert.True(seen.Count >= 5);

        static DocumentVersion Flip(int version)
        {
            var kind = version % 2 == 0 ? "even" : "odd";
            return TestDocuments.Version("a.md", version, $"{kind} apple one", $"{kind} apple two", $"{kind} apple three");
        }
    }

    [Fact]
    public async Task Documents_of_a_first_ingestion_are_found_one_by_one_and_kept_when_it_breaks_off()
    {
        var store = OpenStore();
        await using (var writer = await store.Writers.OpenWriterAsync(Fingerprint, Cancel))
        {
            Assert.True(writer.IsRebuild);
            await writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple"));
            Assert.Equal(["apple"], await TextsOfAsync(OpenStore(), "apple"));
        }

        Assert.Equal(Fingerprint, (await store.Index.GetStateAsync(Cancel)).Fingerprint);
        await WriteAsync(store, async writer =>
        {
            Assert.False(writer.IsRebuild);
            Assert.Single(await writer.GetVectorsAsync("a.md", Cancel));
        });
    }

    [Fact]
    public async Task A_rebuild_is_seen_when_it_is_complete_and_not_before()
    {
        var store = OpenStore();
        await WriteAsync(store, async writer =>
        {
            await writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple"));
            await writer.PutTextAsync(TestDocuments.Version("b.md", 1, "banana"));
        });

        await using (var writer = await store.Writers.OpenWriterAsync("builder/2", Cancel))
        {
            Assert.True(writer.IsRebuild);
            Assert.Empty(await writer.GetVectorsAsync("a.md", Cancel));
            // Another embedding space: vectors of another length.
            var version = TestDocuments.Version("a.md", 1, "apple");
            await writer.PutAsync(version, [TestDocuments.Passages(version)[0] with { Vector = new float[] { 1, 0 }, TextTerms = ["anew"] }], null, Cancel);
            Assert.Single(await writer.GetVectorsAsync("a.md", Cancel));
            var state = await store.Index.GetStateAsync(Cancel);
            Assert.Equal((Fingerprint, 2, 2), (state.Fingerprint, state.Documents, state.Passages));
            Assert.Equal(["apple"], await TextsOfAsync(store, "apple"));
            Assert.Empty(await TextsOfAsync(store, "anew"));
            await writer.CompleteAsync(Cancel);
        }

        var rebuilt = await store.Index.GetStateAsync(Cancel);
        Assert.Equal(("builder/2", 1, 1), (rebuilt.Fingerprint, rebuilt.Documents, rebuilt.Passages));
        Assert.Empty(await TextsOfAsync(store, "apple"));
        Assert.Equal(["apple"], await TextsOfAsync(store, "anew"));
        Assert.Equal(1, Assert.Single((await SearchAsync(store, [], new float[] { 1, 0 })).Hits).DenseScore);
        Assert.Null(await store.Documents.GetAsync("b.md", null, Cancel));
        Assert.Equal("banana", (await store.Documents.GetAsync("b.md", 1, Cancel))!.Text);
        Assert.Equal([1], (await store.Documents.GetVersionsAsync("a.md", Cancel)).Select(version => version.Number));
    }

    [Fact]
    public async Task A_rebuild_that_is_not_completed_is_dropped()
    {
        var store = await WithParagraphsAsync("apple");
        await using (var writer = await store.Writers.OpenWriterAsync("builder/2", Cancel))
        {
            await writer.PutTextAsync(TestDocuments.Version("a.md", 2, "banana"));
            await writer.PutTextAsync(TestDocuments.Version("c.md", 1, "cherry"));
            await Assert.ThrowsAsync<ArgumentException>(() => writer.PutTextAsync(TestDocuments.Version("a.md", 1, "another text")));
        }

        var state = await store.Index.GetStateAsync(Cancel);
        Assert.Equal((Fingerprint, 1, 1), (state.Fingerprint, state.Documents, state.Passages));
        Assert.Equal(["apple"], (await SearchAsync(store, ["apple", "banana", "cherry"], TestDocuments.Vector("banana"))).Hits.Select(hit => hit.Passage.Text));
        Assert.Equal([1], (await store.Documents.GetVersionsAsync("a.md", Cancel)).Select(version => version.Number));
        Assert.Empty(await store.Documents.GetVersionsAsync("c.md", Cancel));
    }

    [Fact]
    public async Task There_is_one_writer_at_a_time_and_a_second_one_is_told_who_it_is()
    {
        var store = OpenStore();
        var other = OpenStore();
        await using (await store.Writers.OpenWriterAsync(Fingerprint, Cancel))
        {
            var held = await Assert.ThrowsAsync<IndexLeaseHeldException>(() => other.Writers.OpenWriterAsync(Fingerprint, Cancel));
            Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", held.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<IndexLeaseHeldException>(() => store.Writers.OpenWriterAsync(Fingerprint, Cancel));
        }

        await WriteAsync(other, writer => writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple")));
        Assert.Equal(["apple"], await TextsOfAsync(store, "apple"));
    }

    [Fact]
    public async Task A_writer_that_has_ended_writes_no_more()
    {
        var store = OpenStore();
        await using var writer = await store.Writers.OpenWriterAsync(Fingerprint, Cancel);
        await writer.CompleteAsync(Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.RemoveAsync("a.md", Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.DropVersionsAsync("a.md", [1], Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.CompleteAsync(Cancel));
        Assert.Equal(Fingerprint, (await store.Index.GetStateAsync(Cancel)).Fingerprint);
    }

    [Fact]
    public async Task A_writer_that_was_disposed_of_leaves_nothing_to_repair()
    {
        var store = OpenStore();
        Assert.False(await store.Writers.NeedsRepairAsync(Cancel));
        await WriteAsync(store, writer => writer.PutTextAsync(TestDocuments.Version("a.md", 1, "apple")));
        await using (var writer = await store.Writers.OpenWriterAsync(Fingerprint, Cancel))
        {
            await writer.PutTextAsync(TestDocuments.Version("b.md", 1, "banana"));
        }

        Assert.False(await store.Writers.NeedsRepairAsync(Cancel));
    }
}
