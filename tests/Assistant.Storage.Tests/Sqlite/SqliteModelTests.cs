using Assistant.Core.Retrieval;
using Assistant.Storage.Tests.Conformance;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Storage.Tests.Sqlite;

/// <summary>Random sequences of changes, each compared with a dictionary that had the same done to it.</summary>
public sealed class SqliteModelTests
{
    private static readonly string[] Ids = ["a.md", "b.md", "c/\uD83D.md"];
    private static readonly string[] Words = ["apple", "banana", "cherry", "date", "elder", "fig"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private enum Kind
    {
        Put,
        Move,
        Remove,
        Rebuild,
        BrokenRebuild,
    }

    private sealed record Step(Kind Kind, string Id, string Other, string[] Paragraphs);

    [Fact]
    public void Any_sequence_of_changes_leaves_the_index_a_dictionary_would_be()
    {
        var paragraph = Gen.Elements(Words).NonEmptyListOf().Select(words => string.Join(' ', words.Take(4)));
        var step =
            from kind in Gen.Frequency(
                (6, Gen.Constant(Kind.Put)), (2, Gen.Constant(Kind.Move)), (2, Gen.Constant(Kind.Remove)),
                (1, Gen.Constant(Kind.Rebuild)), (1, Gen.Constant(Kind.BrokenRebuild)))
            from id in Gen.Elements(Ids)
            from other in Gen.Elements(Ids)
            from paragraphs in paragraph.ListOf()
            select new Step(kind, id, other, [.. paragraphs.Take(6)]);

        Prop.ForAll(step.NonEmptyListOf().ToArbitrary(), steps => RunAsync(steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    private static async Task RunAsync(IEnumerable<Step> steps)
    {
        using var index = new TemporaryIndex();
        // One that writes, and one that only reads and so must notice what the other did.
        var store = index.Open();
        var reader = index.Open();
        var current = new Dictionary<string, (int Number, string[] Paragraphs)>();
        var versions = new Dictionary<string, List<string>>();
        var generation = 1;
        foreach (var step in steps)
        {
            var rebuild = step.Kind is Kind.Rebuild or Kind.BrokenRebuild;
            await using (var writer = await store.OpenWriterAsync($"builder/{(rebuild ? generation + 1 : generation)}", Cancel))
            {
                switch (step.Kind)
                {
                    case Kind.Put:
                        await writer.PutTextAsync(Next(step.Id, step.Paragraphs));
                        break;
                    case Kind.Move when step.Id != step.Other && current.Remove(step.Other, out var moved):
                        await writer.PutTextAsync(Next(step.Id, moved.Paragraphs), movedFrom: step.Other);
                        break;
                    case Kind.Remove:
                        current.Remove(step.Id);
                        await writer.RemoveAsync(step.Id, Cancel);
                        break;
                    case Kind.Rebuild:
                        // The document of this step is not part of the new generation.
                        current.Remove(step.Id);
                        foreach (var (id, version) in current)
                        {
                            await writer.PutTextAsync(TestDocuments.Version(id, version.Number, version.Paragraphs));
                        }

                        generation++;
                        break;
                    case Kind.BrokenRebuild when current.Count > 0:
                        await writer.PutTextAsync(TestDocuments.Version(step.Id, 1000, step.Paragraphs));
                        break;
                }

                if (step.Kind != Kind.BrokenRebuild)
                {
                    await writer.CompleteAsync(Cancel);
                }
            }

            await AssertSameAsync(reader);
            await AssertSameAsync(store);
        }

        index.AssertSound();

        Core.Documents.DocumentVersion Next(string id, string[] paragraphs)
        {
            if (!versions.TryGetValue(id, out var history))
            {
                versions.Add(id, history = []);
            }

            var version = TestDocuments.Version(id, history.Count + 1, paragraphs);
            history.Add(version.Text);
            current[id] = (version.Number, paragraphs);
            return version;
        }

        async Task AssertSameAsync(Storage.Sqlite.SqliteStore seen)
        {
            var expected = current
                .SelectMany(pair => TestDocuments.Passages(TestDocuments.Version(pair.Key, pair.Value.Number, pair.Value.Paragraphs)))
                .ToDictionary(passage => passage.Passage.Id);
            var query = TestDocuments.Vector("a question");
            var found = await seen.SearchAsync(new PassageQuery { Terms = [.. Words, "report"], Vector = query, Limit = 1000 }, Cancel);
            Assert.Equal(expected.Keys.Order(), found.Hits.Select(hit => hit.Passage.Id).Order());
            foreach (var hit in found.Hits)
            {
                var passage = expected[hit.Passage.Id];
                Assert.Equal(
                    passage.Passage with { Headings = [], Sentences = [] }, hit.Passage with { Headings = [], Sentences = [] });
                Assert.True(hit.KeywordScore > 0);
                Assert.Equal(System.Numerics.Tensors.TensorPrimitives.Dot(query, passage.Vector.Span), hit.DenseScore, 1e-6);
            }

            Assert.All(Words, word => Assert.Equal(
                expected.Values.Count(passage => passage.TextTerms.Contains(word)), found.DocumentFrequencies[word]));
            Assert.Equal(expected.Count, found.PassageCount);
            Assert.Equal(
                current.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Number)),
                (await seen.ListAsync(Cancel)).Select(document => (document.DocumentId, document.Version)));
            foreach (var (id, history) in versions)
            {
                for (var number = 1; number <= history.Count; number++)
                {
                    Assert.Equal(history[number - 1], (await seen.GetAsync(id, number, Cancel))?.Text);
                }

                Assert.Equal(history.Count, (await seen.GetVersionsAsync(id, Cancel)).Count);
            }
        }
    }
}
