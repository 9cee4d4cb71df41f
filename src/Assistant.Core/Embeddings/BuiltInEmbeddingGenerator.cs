using Microsoft.Extensions.AI;

namespace Assistant.Core.Embeddings;

/// <summary>
/// Embeds text without a model, service or download: the weighted sum of static English word vectors. It finds passages that say
/// the same in other words; texts in other languages are near only where their spelling is. Thread-safe.
/// </summary>
/// <remarks>
/// The vector of a text is the sum over its distinct terms of (1 + ln tf) × idf × word vector, minus its projection on the principal
/// component of the table, divided by its length. A text without a word has the zero vector.
/// </remarks>
public sealed class BuiltInEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Name of the table and its rules; part of the index's fingerprint.</summary>
    public const string Model = "lexicon-1";

    private static readonly EmbeddingGeneratorMetadata Metadata = new("built-in", null, Model, Lexicon.Shared.Dimensions);

    /// <summary>The vector of one text: <see cref="EmbeddingGeneratorMetadata.DefaultModelDimensions"/> values, of length 1 or all zero.</summary>
    public static float[] Embed(string text) => Lexicon.Shared.Embed(text);

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.Add(new Embedding<float>(Embed(value)) { ModelId = Model });
        }

        return Task.FromResult(embeddings);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Holds nothing: the table is shared by the whole process.
    }
}
