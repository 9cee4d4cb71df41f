using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Assistant.Core.Text;
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

    /// <summary>Sums shorter than this are rounding errors of texts whose words cancel out.</summary>
    private const double ShortestSum = 1e-9;

    private static readonly EmbeddingGeneratorMetadata Metadata = new("built-in", null, Model, Lexicon.Shared.Dimensions);

    /// <summary>The vector of one text: <see cref="EmbeddingGeneratorMetadata.DefaultModelDimensions"/> values, of length 1 or all zero.</summary>
    public static float[] Embed(string text)
    {
        var lexicon = Lexicon.Shared;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        // The table is English, and every text is read as English: that is what its vectors were counted on.
        foreach (var term in TextAnalyzer.Terms(text, "en"))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _)++;
        }

        Span<double> sum = stackalloc double[lexicon.Dimensions];
        sum.Clear();
        foreach (var (term, count) in counts)
        {
            lexicon.Accumulate(term, 1 + Math.Log(count), sum);
        }

        var common = lexicon.PrincipalComponent.Span;
        double projection = 0;
        for (var i = 0; i < sum.Length; i++)
        {
            projection += sum[i] * common[i];
        }

        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] -= projection * common[i];
        }

        var vector = new float[sum.Length];
        var norm = TensorPrimitives.Norm<double>(sum);
        if (norm > ShortestSum)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                vector[i] = (float)(sum[i] / norm);
            }
        }

        return vector;
    }

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
