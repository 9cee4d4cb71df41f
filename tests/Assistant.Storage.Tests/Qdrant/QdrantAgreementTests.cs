using System.Text.Json;
using Assistant.Core.Embeddings;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;
using Assistant.QdrantStandIn;
using Assistant.Storage.Tests.Ingestion;
using Assistant.Storage.Tests.Sqlite;

namespace Assistant.Storage.Tests.Qdrant;

public sealed class QdrantAgreementTests
{
    private const int Questions = 100;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_stores_rank_the_same_passages_first()
    {
        var path = SharedFiles.Need("eval", "xquad-en");
        await using var server = await StandInServer.StartAsync();
        await using var qdrantIndex = QdrantIndex.On(server);
        using var sqliteIndex = new TemporaryIndex();
        using var embeddings = new BuiltInEmbeddingGenerator();
        var inQdrant = AnyStore.Of(qdrantIndex.Open());
        var inSqlite = AnyStore.Of(sqliteIndex.Open());
        var qdrant = await FillAsync(inQdrant, path, embeddings);
        var sqlite = await FillAsync(inSqlite, path, embeddings);

        var shared = 0;
        var best = 0;
        foreach (var line in File.ReadLines(Path.Combine(path, "queries.jsonl")).Take(Questions))
        {
            var question = new StandaloneQuestion(JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!);
            var (left, right) = (await qdrant.RetrieveAsync(question, null, Cancel), await sqlite.RetrieveAsync(question, null, Cancel));
            var words = new PassageQuery { Terms = [.. TextAnalyzer.Terms(question.Text, "en").Distinct()], Limit = 1 };
            Assert.Equal(
                (await inSqlite.SearchAsync(words, Cancel)).DocumentFrequencies, (await inQdrant.SearchAsync(words, Cancel)).DocumentFrequencies);
            var expected = Top(right);
            shared += Top(left).Intersect(expected).Count();
            best += expected.Count;
        }

        var overlap = (double)shared / best;
        TestContext.Current.TestOutputHelper?.WriteLine($"Top 5 overlap {overlap:p2} over {Questions} questions.");
        Assert.True(overlap >= 0.95, $"{overlap:p2}");

        static List<Guid> Top(Evidence evidence) => [.. evidence.Passages.Take(5).Select(ranked => ranked.Passage.Id)];
    }

    private static async Task<Retriever> FillAsync(AnyStore store, string path, BuiltInEmbeddingGenerator embeddings)
    {
        using var corpus = new CorpusFixture(_ => store, embeddings);
        foreach (var line in File.ReadLines(Path.Combine(path, "docs.jsonl")))
        {
            var document = JsonDocument.Parse(line).RootElement;
            corpus.Write(document.GetProperty("id").GetString() + ".txt", document.GetProperty("text").GetString()!);
        }

        await corpus.ReconcileAsync();
        return new Retriever(store, embeddings);
    }
}
