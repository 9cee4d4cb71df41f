using Assistant.Core.Documents;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;
using Assistant.Storage.Tests.Qdrant;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Storage.Tests.Ingestion;

public sealed class CorpusReconcilerPropertyTests
{
    private static readonly string[] Ids = ["a.txt", "b.txt", "d/a.txt", "d/e/c.txt"];
    private static readonly string[] Words = ["alpha", "beta", "gamma", "delta", "UNREADABLE"];

    private enum Kind
    {
        Write,
        Append,
        Delete,
        Rename,
        Duplicate,
    }

    private sealed record Operation(Kind Kind, string Id, string Other, string[] Words);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_sequence_of_file_operations_ends_like_a_fresh_ingestion(bool inQdrant)
    {
        var operation =
            from kind in Gen.Elements(Kind.Write, Kind.Append, Kind.Delete, Kind.Rename, Kind.Duplicate)
            from id in Gen.Elements(Ids)
            from other in Gen.Elements(Ids)
            from words in Gen.Frequency(Words.Select(word => (word == "UNREADABLE" ? 1 : 4, Gen.Constant(word))).ToArray()).NonEmptyListOf()
            select new Operation(kind, id, other, [.. words.Take(3)]);
        // Several operations between two runs.
        var rounds = operation.NonEmptyListOf().Select(list => list.Take(4).ToList()).NonEmptyListOf().Select(list => list.Take(6).ToList());

        Prop.ForAll(rounds.ToArbitrary(), list => (inQdrant ? InQdrantAsync(list) : InSqliteAsync(list)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    private static async Task InSqliteAsync(List<List<Operation>> rounds)
    {
        using var corpus = new CorpusFixture();
        await RunAsync(corpus, rounds);
        corpus.AssertSound();
    }

    private static async Task InQdrantAsync(List<List<Operation>> rounds)
    {
        await using var index = await QdrantIndex.OnAnyServerAsync();
        using var corpus = new CorpusFixture(time => AnyStore.Of(index.Open(time)));
        await RunAsync(corpus, rounds);
    }

    private static async Task RunAsync(CorpusFixture corpus, List<List<Operation>> rounds)
    {
        foreach (var round in rounds)
        {
            round.ForEach(operation => Apply(corpus, operation));
            var failed = (await corpus.ReconcileAsync()).Failed.Select(failure => failure.DocumentId).ToHashSet();
            await AssertLikeFreshAsync(corpus, failed);

            var embedded = corpus.Embedder.Texts;
            var again = await corpus.ReconcileAsync();
            Assert.False(again.ChangedAnything);
            Assert.Equal(failed, again.Failed.Select(failure => failure.DocumentId).ToHashSet());
            Assert.Equal(embedded, corpus.Embedder.Texts);
        }
    }

    private static void Apply(CorpusFixture corpus, Operation operation)
    {
        var path = Path.Combine(corpus.Folder.FullName, operation.Id);
        string[] paragraphs = [.. operation.Words.Select(word => string.Join(' ', Enumerable.Repeat($"The {word} is in this sentence.", 25)))];
        switch (operation.Kind)
        {
            case Kind.Write:
                corpus.Write(operation.Id, paragraphs);
                break;
            case Kind.Append when File.Exists(path):
                File.AppendAllText(path, "\n\n" + string.Join("\n\n", paragraphs));
                break;
            case Kind.Delete when File.Exists(path):
                corpus.Delete(operation.Id);
                break;
            case Kind.Rename when File.Exists(path):
                corpus.Move(operation.Id, operation.Other);
                break;
            case Kind.Duplicate when File.Exists(path) && operation.Id != operation.Other:
                corpus.Write(operation.Other, File.ReadAllText(path));
                break;
        }
    }

    /// <summary>Documents, passages and vectors are those of a new index of the same folder, in SQLite; of files that cannot be read, what was known stays.</summary>
    private static async Task AssertLikeFreshAsync(CorpusFixture corpus, HashSet<string> failed)
    {
        using var fresh = new CorpusFixture();
        foreach (var file in Directory.EnumerateFiles(corpus.Folder.FullName, "*", SearchOption.AllDirectories))
        {
            fresh.Write(Path.GetRelativePath(corpus.Folder.FullName, file), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }

        await fresh.ReconcileAsync();
        // What is found, too, unless the old text of a file that cannot be read is among it.
        var expected = await ContentAsync(fresh, [], searched: failed.Count == 0);
        Assert.Equal(expected, await ContentAsync(corpus, failed, searched: failed.Count == 0));
    }

    private static async Task<List<string>> ContentAsync(CorpusFixture corpus, HashSet<string> except, bool searched)
    {
        var content = new List<string>();
        if ((await corpus.Store.GetStateAsync(TestContext.Current.CancellationToken)).Fingerprint is null)
        {
            return content;
        }

        await using var writer = await corpus.Store.OpenWriterAsync(corpus.Reconciler().Fingerprint, TestContext.Current.CancellationToken);
        foreach (var document in await corpus.Store.ListAsync(TestContext.Current.CancellationToken))
        {
            if (except.Contains(document.DocumentId))
            {
                continue;
            }

            var version = (await corpus.Store.GetAsync(document.DocumentId, null, TestContext.Current.CancellationToken))!;
            content.Add($"{document.DocumentId} {document.ContentHash} {document.Title} {document.Metadata.Language} {version.Text}");
            var vectors = await writer.GetVectorsAsync(document.DocumentId, TestContext.Current.CancellationToken);
            foreach (var passage in await corpus.Store.GetPassagesAsync(
                document.DocumentId, version.Number, new TextSpan(0, int.MaxValue), int.MaxValue, TestContext.Current.CancellationToken))
            {
                content.Add($"{passage.Id} {passage.Ordinal} {passage.Span} {passage.Language} {string.Join(' ', passage.Sentences)} {string.Join(' ', vectors[passage.Id].ToArray())}");
            }
        }

        if (searched && content.Count > 0)
        {
            var found = await corpus.Store.SearchAsync(
                new PassageQuery { Terms = [.. Words.SelectMany(word => TextAnalyzer.Terms(word, "en"))], Limit = 1000 }, TestContext.Current.CancellationToken);
            content.AddRange(found.DocumentFrequencies.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair}"));
            content.AddRange(found.Hits.Select(hit => $"{hit.Passage.Id}").Order(StringComparer.Ordinal));
        }

        return content;
    }
}
