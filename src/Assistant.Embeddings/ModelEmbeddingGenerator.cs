using System.Globalization;
using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using Assistant.Core.Embeddings;
using Assistant.Embeddings.Caching;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Assistant.Embeddings;

/// <summary>
/// Embeds with a model: looks into the cache first, asks for the rest, and sees to it that every vector has the one length and,
/// as a vector, length 1. Questions are given up after a time and never stored. Thread-safe.
/// </summary>
internal sealed class ModelEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>After a question waited in vain, the next ones do not wait for so long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private readonly IVectorSource source;
    private readonly EmbeddingRules rules;
    private readonly VectorCache? cache;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly EmbeddingGeneratorMetadata metadata;
    private readonly string model;
    private int dimensions;
    private volatile Trouble? trouble;

    public ModelEmbeddingGenerator(IVectorSource source, EmbeddingRules rules, VectorCache? cache, TimeProvider time, ILogger logger)
    {
        this.source = source;
        this.rules = rules;
        this.cache = cache;
        this.time = time;
        this.logger = logger;
        model = source.Identity + Marks(rules);
        dimensions = rules.Dimensions ?? source.Dimensions ?? 0;
        metadata = new EmbeddingGeneratorMetadata(source.Name, null, model, dimensions > 0 ? dimensions : null);
    }

    /// <inheritdoc/>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        float[][] vectors = QuestionEmbedding.IsAsked(options)
            ? await EmbedQuestionsAsync([.. values.Select(text => rules.QuestionPrefix + text)], cancellationToken)
            : await EmbedPassagesAsync([.. values.Select(text => rules.PassagePrefix + text)], cancellationToken);
        return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector) { ModelId = model }));
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        cache?.Dispose();
    }

    /// <summary>Text in front of texts makes other vectors of them.</summary>
    private static string Marks(EmbeddingRules rules) => rules is { QuestionPrefix: "", PassagePrefix: "" }
        ? ""
        : "+" + Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes($"{rules.QuestionPrefix}\0{rules.PassagePrefix}")), 0, 4);

    private async Task<float[][]> EmbedQuestionsAsync(string[] texts, CancellationToken cancellationToken)
    {
        if (trouble is { } last && time.GetElapsedTime(last.Since) < Pause)
        {
            throw new EmbeddingUnavailableException(last.Message);
        }

        using var limit = new CancellationTokenSource(rules.QuestionTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var vectors = new float[texts.Length][];
            await source.EmbedAsync(texts, isQuestion: true, (index, vector) => vectors[index] = Fit(vector), either.Token);
            trouble = null;
            return vectors;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var error = new EmbeddingUnavailableException(string.Create(
                CultureInfo.InvariantCulture,
                $"{source.Name} did not answer within {rules.QuestionTime.TotalSeconds:0.#} seconds (setting Assistant:Embeddings:QuestionSeconds)."));
            Note(error);
            throw error;
        }
        catch (EmbeddingUnavailableException error)
        {
            Note(error);
            throw;
        }
    }

    private void Note(EmbeddingUnavailableException error)
    {
        Log.QuestionNotEmbedded(logger, error.Message);
        trouble = new Trouble(time.GetTimestamp(), error.Message);
    }

    private async Task<float[][]> EmbedPassagesAsync(string[] texts, CancellationToken cancellationToken)
    {
        var vectors = new float[texts.Length][];
        // Passages that repeat each other are paid for once.
        var places = texts.Select((text, index) => (Key: VectorCache.KeyOf(text), index)).ToLookup(place => place.Key, place => place.index);
        var missing = new List<(VectorCacheKey Key, string Text)>();
        foreach (var place in places)
        {
            if (cache?.Find(model, place.Key) is { } known && HasTheLength(known))
            {
                Fill(place.Key, known);
            }
            else
            {
                missing.Add((place.Key, texts[place.First()]));
            }
        }

        if (missing.Count > 0)
        {
            await source.EmbedAsync(
                [.. missing.Select(text => text.Text)],
                isQuestion: false,
                (index, vector) =>
                {
                    var fitting = Fit(vector);
                    Fill(missing[index].Key, fitting);
                    // A text that was refused is tried again the next time.
                    if (fitting.AsSpan().ContainsAnyExcept(0f))
                    {
                        cache?.Put(model, missing[index].Key, fitting);
                    }
                },
                cancellationToken);
        }

        return vectors;

        void Fill(VectorCacheKey key, float[] vector)
        {
            foreach (var index in places[key])
            {
                vectors[index] = vector;
            }
        }
    }

    /// <summary>The vector as it is stored: of length 1, or all zeros for a text that the model refused.</summary>
    private float[] Fit(float[] vector)
    {
        if (!HasTheLength(vector))
        {
            throw new EmbeddingUnavailableException(
                $"{source.Name} gives vectors of {vector.Length} values where {dimensions} are expected. " + (rules.Dimensions is null
                    ? "Did the model behind the name change? Start again, and rebuild the index."
                    : $"Set Assistant:Embeddings:Dimensions to {vector.Length} or leave it out, or choose another Assistant:Embeddings:Model."));
        }

        var norm = TensorPrimitives.Norm<float>(vector);
        if (!float.IsFinite(norm))
        {
            throw new EmbeddingUnavailableException($"{source.Name} gives vectors with values that are no numbers. Choose another Assistant:Embeddings:Model.");
        }

        var fitting = new float[vector.Length];
        if (norm > 0)
        {
            TensorPrimitives.Divide(vector, norm, fitting);
        }

        return fitting;
    }

    /// <summary>Whether a vector is as long as all others; the first one sets the length where nothing else does.</summary>
    private bool HasTheLength(float[] vector)
    {
        var expected = Interlocked.CompareExchange(ref dimensions, vector.Length, 0);
        return expected == 0 || expected == vector.Length;
    }

    private sealed record Trouble(long Since, string Message);
}
