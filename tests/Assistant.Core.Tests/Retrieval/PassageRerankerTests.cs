using Assistant.Core.Embeddings;
using Assistant.Core.Retrieval;
using Assistant.Core.Tests.Answering;

namespace Assistant.Core.Tests.Retrieval;

public sealed class PassageRerankerTests
{
    private const string Question = "Which engineer built the lighthouse?";

    private static readonly MemoryCorpus Corpus = new(
    [
        "Visitors of the lighthouse museum learn how a lighthouse is built. Who likes may climb the lighthouse, and a model built of matches stands at its foot.",
        "The lighthouse was designed by John Smeaton, an engineer, and finished in 1759.",
        "Trams run every ten minutes.",
    ]);

    [Fact]
    public async Task What_answers_stands_before_what_only_has_the_words()
    {
        var evidence = await FindAsync();

        Assert.Equal(["1.md", "0.md"], evidence.Passages.Select(ranked => ranked.Passage.DocumentId));
        Assert.Equal("0.md", evidence.Passages.MaxBy(ranked => ranked.FoundWith)!.Passage.DocumentId);
        Assert.All(evidence.Passages, ranked => Assert.InRange(ranked.Score, 0, 1));
    }

    [Fact]
    public async Task Ranked_once_more_everything_stays_as_it_is()
    {
        var evidence = await FindAsync();
        var again = PassageReranker.Rerank(evidence with { Sentences = null });

        Assert.Equal(evidence.Passages, again.Passages);
        Assert.Equal(evidence.Sentences?.Select(sentence => (sentence.Text, sentence.Score)), again.Sentences?.Select(sentence => (sentence.Text, sentence.Score)));
    }

    private static Task<Evidence> FindAsync() =>
        new Retriever(Corpus, new BuiltInEmbeddingGenerator()).RetrieveAsync(new StandaloneQuestion(Question), null, TestContext.Current.CancellationToken);
}
