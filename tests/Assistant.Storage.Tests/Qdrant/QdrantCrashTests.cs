using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.QdrantStandIn;
using Assistant.Storage.Qdrant;
using Assistant.Storage.Tests.Ingestion;

namespace Assistant.Storage.Tests.Qdrant;

/// <summary>
/// Ingestions that are cut off before every single request, which is after the one before it, and in the middle of each; the next one
/// repairs all.
/// </summary>
public sealed class QdrantCrashTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public enum Change
    {
        First,
        Edits,
        Rebuild,
    }

    [Theory]
    [InlineData(Change.First, FaultKind.CutBefore)]
    [InlineData(Change.First, FaultKind.PartialBatch)]
    [InlineData(Change.Edits, FaultKind.CutBefore)]
    [InlineData(Change.Edits, FaultKind.PartialBatch)]
    [InlineData(Change.Rebuild, FaultKind.CutBefore)]
    public async Task Whatever_request_is_the_last_the_next_ingestion_ends_as_if_nothing_had_happened(Change change, FaultKind kind)
    {
        await using var server = await StandInServer.StartAsync();
        await using var index = QdrantIndex.On(server);
        using var folder = new CorpusFixture(time => AnyStore.Of(index.Open(time)));
        if (change != Change.First)
        {
            folder.Write("a.txt", Long("alpha"), Long("beta"));
            folder.Write("b.txt", Long("gamma"));
            folder.Write("c.txt", Long("delta"));
            await folder.ReconcileAsync();
        }

        Apply(change, folder);
        var before = server.Save();
        var expected = await UncutAsync(index, folder);
        var cut = 0;
        for (var completed = false; !completed;)
        {
            server.Restore(before);
            cut++;
            completed = await CutAsync(server, index, folder, cut, kind);
            server.Faults = null;
            using (var reader = index.Open())
            {
                await AssertWholeAsync(reader);
            }

            // Later than the lease of the one that was cut off.
            folder.Time.Later += TimeSpan.FromMinutes(1);
            await ReconcileAsync(index, folder);
            using var repaired = index.Open(folder.Time);
            Assert.Equal(expected, await ContentAsync(repaired));
            // Passages of one generation and one place for each of them: nothing is left over.
            Assert.Equal(2, server.Collections.Count);
            Assert.Equal(expected.Count(line => line.StartsWith("passage", StringComparison.Ordinal)), server.CountOf(index.Options.Collection));
        }

        Assert.True(cut > 10, $"only {cut} requests");
    }

    /// <summary>The ingestion with its <paramref name="cut"/>th request as the last one; whether it needed fewer.</summary>
    private static async Task<bool> CutAsync(StandInServer server, QdrantIndex index, CorpusFixture folder, int cut, FaultKind kind)
    {
        var first = server.Requests + cut;
        server.Faults = (number, _, path) => number < first ? null
            : number > first ? new Fault(FaultKind.CutBefore)
            : kind == FaultKind.PartialBatch
                ? new Fault(path.EndsWith("/batch", StringComparison.Ordinal) ? FaultKind.PartialBatch : FaultKind.CutBefore) { Operations = 1 + (cut % 3) }
                : new Fault(kind);
        try
        {
            await ReconcileAsync(index, folder);
        }
        catch (IndexUnavailableException)
        {
            return false;
        }

        return server.Requests < first;
    }

    private static async Task<List<string>> UncutAsync(QdrantIndex index, CorpusFixture folder)
    {
        await ReconcileAsync(index, folder);
        return await ContentAsync(index.Open(folder.Time));
    }

    private static async Task ReconcileAsync(QdrantIndex index, CorpusFixture folder)
    {
        using var store = index.Open(folder.Time);
        folder.Store = AnyStore.Of(store);
        await folder.ReconcileAsync();
    }

    private static void Apply(Change change, CorpusFixture folder)
    {
        switch (change)
        {
            case Change.First:
                folder.Write("a.txt", Long("alpha"), Long("beta"));
                folder.Write("empty.txt");
                folder.Write("b.txt", Long("UNREADABLE"));
                break;
            case Change.Edits:
                folder.Write("a.txt", Long("alpha"), Long("epsilon"));
                folder.Move("b.txt", "d.txt");
                folder.Delete("c.txt");
                break;
            case Change.Rebuild:
                folder.Reader.Fingerprint = "paragraphs/2";
                folder.Write("a.txt", Long("alpha"), Long("epsilon"));
                folder.Delete("c.txt");
                break;
        }
    }

    private static string Long(string word) => string.Join(' ', Enumerable.Repeat($"The {word} is described in this sentence at some length.", 12));

    /// <summary>Every document that is listed has all its passages, and each is a range of its current version.</summary>
    private static async Task AssertWholeAsync(QdrantStore store)
    {
        foreach (var document in await store.ListAsync(Cancel))
        {
            var version = (await store.GetAsync(document.DocumentId, document.Version, Cancel))!;
            var passages = await store.GetPassagesAsync(document.DocumentId, document.Version, new TextSpan(0, int.MaxValue), int.MaxValue, Cancel);
            Assert.Equal(document.Passages, passages.Count);
            Assert.All(passages, passage => Assert.Equal(passage.Text, passage.Span.Of(version.Text)));
        }
    }

    private static async Task<List<string>> ContentAsync(QdrantStore store)
    {
        var content = new List<string> { $"fingerprint {(await store.GetStateAsync(Cancel)).Fingerprint}" };
        foreach (var document in await store.ListAsync(Cancel))
        {
            var version = (await store.GetAsync(document.DocumentId, null, Cancel))!;
            content.Add($"document {document.DocumentId} {version.Number} {document.ContentHash} {version.Text}");
            foreach (var passage in await store.GetPassagesAsync(
                document.DocumentId, version.Number, new TextSpan(0, int.MaxValue), int.MaxValue, Cancel))
            {
                content.Add($"passage {passage.Id} {passage.Ordinal} {passage.Span} {passage.Language} {string.Join(' ', passage.Sentences)}");
            }

            content.Add($"history {string.Join(' ', (await store.GetVersionsAsync(document.DocumentId, Cancel)).Select(entry => entry.Number))}");
        }

        content.AddRange((await store.ListRemovedAsync(Cancel)).Select(removed => $"removed {removed.DocumentId} {removed.LastVersion} {removed.MovedTo}"));
        content.AddRange((await store.GetFailuresAsync(Cancel)).Select(failure => $"failure {failure}"));
        var found = await store.SearchAsync(
            new() { Terms = ["alpha", "beta", "gamma", "delta", "epsilon", "describ", "note"], Vector = Conformance.TestDocuments.Vector("a question") }, Cancel);
        content.AddRange(found.Hits.OrderBy(hit => hit.Passage.Id).Select(hit => $"hit {hit.Passage.Id} {hit.KeywordScore:f4} {hit.DenseScore:f4}"));
        content.AddRange(found.DocumentFrequencies.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"frequency {pair}"));
        return content;
    }
}
