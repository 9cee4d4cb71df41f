using Assistant.Core.Embeddings;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;
using Assistant.Storage.Tests.Conformance;
using Microsoft.Extensions.AI;

namespace Assistant.Storage.Tests.Ingestion;

/// <summary>Vectors of two models are never compared, whoever switches when.</summary>
public sealed class EmbeddingSpaceTests : IDisposable
{
    private readonly CorpusFixture corpus = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => corpus.Dispose();

    [Theory]
    [InlineData(8)]
    [InlineData(3)]
    public async Task Until_the_index_is_rebuilt_with_a_new_model_words_answer_and_from_then_on_meaning_does_too(int dimensions)
    {
        corpus.Write("a.txt", "The apple is described here.");
        corpus.Write("b.txt", "The banana is described here.");
        await corpus.ReconcileAsync();
        var embedder = new Switched(corpus.Embedder, dimensions);
        var retriever = new Retriever(corpus.Store, embedder);

        var before = await RetrieveAsync(retriever);
        Assert.Equal(["a.txt"], DocumentsOf(before));
        Assert.Contains("another embedding model", before.Notice, StringComparison.Ordinal);
        Assert.Equal(0, embedder.Questions);

        // Half-way through the rebuild the old generation answers.
        corpus.Embedder.Model = "switched";
        Evidence? during = null;
        embedder.WhileEmbeddingPassages = async () => during ??= await RetrieveAsync(retriever);
        await foreach (var _ in corpus.Reconciler(embedder).ReconcileAsync(Cancel))
        {
        }

        Assert.Equal(["a.txt"], DocumentsOf(during!));
        Assert.NotNull(during!.Notice);

        var after = await RetrieveAsync(retriever);
        Assert.Null(after.Notice);
        Assert.Equal(["a.txt", "b.txt"], DocumentsOf(after).Order());
        Assert.Equal(1, embedder.Questions);
    }

    [Fact]
    public async Task A_switch_between_the_look_at_the_index_and_the_search_compares_nothing()
    {
        corpus.Write("a.txt", "The apple is described here.");
        corpus.Write("b.txt", "The banana is described here.");
        await corpus.ReconcileAsync();
        var other = new Switched(corpus.Embedder, 3);
        var retriever = new Retriever(corpus.Store, new Switched(corpus.Embedder, TestDocuments.Dimensions, "counting")
        {
            WhileEmbeddingQuestion = async () => await corpus.Reconciler(other).ReconcileAsync(Cancel).LastAsync(Cancel),
        });

        Assert.Equal(["a.txt"], DocumentsOf(await RetrieveAsync(retriever)));
    }

    [Fact]
    public async Task When_no_embedding_can_be_had_words_answer_and_the_reason_is_told()
    {
        corpus.Write("a.txt", "The apple is described here.");
        await corpus.ReconcileAsync();
        var embedder = new Switched(corpus.Embedder, TestDocuments.Dimensions, "counting")
        {
            WhileEmbeddingQuestion = () => throw new EmbeddingUnavailableException("The service is down."),
        };

        var evidence = await RetrieveAsync(new Retriever(corpus.Store, embedder));

        Assert.Equal(["a.txt"], DocumentsOf(evidence));
        Assert.EndsWith("The service is down.", evidence.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_model_under_the_same_name_is_told_by_the_length_of_its_vectors()
    {
        corpus.Write("a.txt", "The apple is described here.");
        await corpus.ReconcileAsync();
        var embedder = new Switched(corpus.Embedder, 3, "counting", claimed: TestDocuments.Dimensions);

        var evidence = await RetrieveAsync(new Retriever(corpus.Store, embedder));
        Assert.Equal(["a.txt"], DocumentsOf(evidence));
        Assert.Contains("3 values", evidence.Notice, StringComparison.Ordinal);

        corpus.Write("b.txt", "The banana is described here.");
        var error = await Assert.ThrowsAsync<EmbeddingUnavailableException>(
            async () => await corpus.Reconciler(embedder).ReconcileAsync(Cancel).LastAsync(Cancel));
        Assert.Contains("Assistant:Embeddings:Dimensions to 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_embedding_takes_long_it_is_told_how_far_it_is()
    {
        corpus.Write("a.txt", string.Join("\n\n", Enumerable.Range(0, 300).Select(i => string.Join(' ', Enumerable.Repeat($"Sentence {i} is described here.", 30)))));
        var slow = new Switched(corpus.Embedder, 3)
        {
            // The first part is through; the second one waits until that has been told.
            WhileEmbeddingPassages = null,
        };
        var told = new TaskCompletionSource();
        var parts = 0;
        slow.WhileEmbeddingPassages = () => ++parts == 1 ? Task.CompletedTask : told.Task;
        var progress = new List<int>();
        await foreach (var happened in corpus.Reconciler(slow).ReconcileAsync(Cancel))
        {
            if (happened is EmbeddingProgressed embedding)
            {
                progress.Add(embedding.Embedded);
                told.TrySetResult();
            }
        }

        Assert.Equal(256, progress[0]);
    }

    private static Task<Evidence> RetrieveAsync(Retriever retriever) => retriever.RetrieveAsync(new StandaloneQuestion("Where is the apple?"), null, Cancel);

    private static IEnumerable<string> DocumentsOf(Evidence evidence) => evidence.Passages.Select(ranked => ranked.Passage.DocumentId);

    /// <summary>Another model than the one of the fixture.</summary>
    private sealed class Switched(CorpusFixture.CountingEmbedder inner, int dimensions, string model = "switched", int? claimed = null)
        : IEmbeddingGenerator<string, Embedding<float>>
    {
        public int Questions { get; private set; }

        public Func<Task>? WhileEmbeddingPassages { get; set; }

        public Func<Task>? WhileEmbeddingQuestion { get; init; }

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var isQuestion = QuestionEmbedding.IsAsked(options);
            Questions += isQuestion ? 1 : 0;
            if ((isQuestion ? WhileEmbeddingQuestion : WhileEmbeddingPassages) is { } meanwhile)
            {
                await meanwhile();
            }

            var vectors = await inner.GenerateAsync(values, options, cancellationToken);
            return new(vectors.Select(vector => new Embedding<float>(vector.Vector[..dimensions])));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", null, model, claimed ?? dimensions) : null;

        public void Dispose()
        {
        }
    }
}
