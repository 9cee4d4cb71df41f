using Assistant.Core.Embeddings;
using Assistant.Embeddings.Caching;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Assistant.Embeddings.Tests;

public sealed class ModelEmbeddingGeneratorTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("assistant-vectors-");
    private readonly FakeTimeProvider time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Vectors_have_length_one_and_a_text_that_was_refused_has_zeros_and_is_tried_again()
    {
        var source = new ScriptedSource(text => text == "refused" ? [0, 0] : [3, 4]);
        using var embedder = Open(source, Cache());

        var vectors = await embedder.GenerateAsync(["a", "refused"], cancellationToken: Cancel);

        VectorAssert.Equal([0.6f, 0.8f], vectors[0].Vector);
        VectorAssert.Equal([0, 0], vectors[1].Vector);
        await embedder.GenerateAsync(["a", "refused"], cancellationToken: Cancel);
        Assert.Equal(3, source.Texts);
    }

    [Fact]
    public async Task A_rebuild_embeds_nothing_that_was_embedded_before()
    {
        var source = new ScriptedSource(text => [text.Length, 1]);
        using (var embedder = Open(source, Cache()))
        {
            await embedder.GenerateAsync(["a", "bb", "a"], cancellationToken: Cancel);
            Assert.Equal(2, source.Texts);
        }

        var again = new ScriptedSource(_ => throw new InvalidOperationException("This was paid for already."));
        using (var embedder = Open(again, Cache()))
        {
            var vectors = await embedder.GenerateAsync(["bb", "a"], cancellationToken: Cancel);
            Assert.Equal(2 / Math.Sqrt(5), vectors[0].Vector.Span[0], 1e-6);
            Assert.Equal(1 / Math.Sqrt(2), vectors[1].Vector.Span[0], 1e-6);
        }
    }

    [Fact]
    public async Task Another_model_or_another_prefix_embeds_anew()
    {
        var source = new ScriptedSource(_ => [1, 0]);
        using var cache = Cache();
        await Open(source, cache).GenerateAsync(["a"], cancellationToken: Cancel);
        await Open(source, cache, new EmbeddingRules { PassagePrefix = "passage: " }).GenerateAsync(["a"], cancellationToken: Cancel);
        Assert.Equal(2, source.Texts);

        var other = new ScriptedSource(_ => [0, 1]) { Identity = "other" };
        VectorAssert.Equal([0, 1], await Open(other, cache).GenerateVectorAsync("a", cancellationToken: Cancel));
    }

    [Fact]
    public async Task What_was_embedded_before_a_failure_is_kept()
    {
        var source = new ScriptedSource(_ => [1, 0])
        {
            Before = (text, _) => text == "c" ? throw new EmbeddingUnavailableException("down") : Task.CompletedTask,
        };
        using var cache = Cache();
        using var embedder = Open(source, cache);
        await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => embedder.GenerateAsync(["a", "b", "c"], cancellationToken: Cancel));
        source.Before = (_, _) => Task.CompletedTask;

        await embedder.GenerateAsync(["a", "b", "c"], cancellationToken: Cancel);

        Assert.Equal(3, source.Texts);
    }

    [Fact]
    public async Task A_question_is_not_kept()
    {
        var source = new ScriptedSource(_ => [1, 0]);
        using var embedder = Open(source, Cache());
        await embedder.GenerateVectorAsync("why", QuestionEmbedding.CreateOptions(), Cancel);
        await embedder.GenerateVectorAsync("why", QuestionEmbedding.CreateOptions(), Cancel);
        Assert.Equal(2, source.Texts);
    }

    [Fact]
    public async Task A_question_waits_for_so_long_and_the_next_ones_do_not_wait_for_a_service_that_is_down()
    {
        var waiting = new TaskCompletionSource();
        var source = new ScriptedSource(_ => [1, 0])
        {
            Before = (_, token) =>
            {
                waiting.TrySetResult();
                return Task.Delay(Timeout.Infinite, token);
            },
        };
        using var embedder = Open(source);

        var question = embedder.GenerateVectorAsync("why", QuestionEmbedding.CreateOptions(), Cancel);
        await waiting.Task;
        time.Advance(TimeSpan.FromSeconds(10));
        var error = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => question);
        Assert.Contains("Assistant:Embeddings:QuestionSeconds", error.Message, StringComparison.Ordinal);

        await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => embedder.GenerateVectorAsync("why", QuestionEmbedding.CreateOptions(), Cancel));
        source.Before = (_, _) => Task.CompletedTask;
        time.Advance(TimeSpan.FromSeconds(15));
        VectorAssert.Equal([1, 0], await embedder.GenerateVectorAsync("why", QuestionEmbedding.CreateOptions(), Cancel));
    }

    [Fact]
    public async Task A_cancelled_question_is_cancelled_and_no_trouble()
    {
        var source = new ScriptedSource(_ => [1, 0]) { Before = (_, token) => Task.Delay(Timeout.Infinite, token) };
        using var embedder = Open(source);
        using var stop = new CancellationTokenSource();

        var question = embedder.GenerateVectorAsync("why", QuestionEmbedding.CreateOptions(), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => question);

        source.Before = (_, _) => Task.CompletedTask;
        VectorAssert.Equal([1, 0], await embedder.GenerateVectorAsync("why", QuestionEmbedding.CreateOptions(), Cancel));
    }

    [Theory]
    [InlineData(3, "Assistant:Embeddings:Dimensions to 2")]
    [InlineData(null, "rebuild the index")]
    public async Task A_vector_of_another_length_is_refused(int? configured, string advice)
    {
        using var embedder = Open(
            new ScriptedSource(_ => [1, 0]) { Dimensions = 3 }, rules: new EmbeddingRules { Dimensions = configured });
        var error = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => embedder.GenerateAsync(["a"], cancellationToken: Cancel));
        Assert.Contains("vectors of 2 values where 3 are expected", error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_vector_sets_the_length_and_values_that_are_no_numbers_are_refused()
    {
        using var embedder = Open(new ScriptedSource(text => text switch { "long" => [1, 0, 0], "nan" => [float.NaN, 1], _ => [1, 0] }));
        await embedder.GenerateAsync(["a"], cancellationToken: Cancel);
        await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => embedder.GenerateAsync(["long"], cancellationToken: Cancel));
        await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => embedder.GenerateAsync(["nan"], cancellationToken: Cancel));
    }

    private VectorCache Cache() => new(Path.Combine(folder.FullName, "embeddings.db"), 1_000_000, time, NullLogger.Instance);

    private ModelEmbeddingGenerator Open(IVectorSource source, VectorCache? cache = null, EmbeddingRules? rules = null) =>
        new(source, rules ?? new EmbeddingRules(), cache, time, NullLogger.Instance);
}
