using System.Globalization;
using Microsoft.Extensions.AI;

namespace Assistant.Core.Embeddings;

/// <summary>
/// Names the space that an embedder's vectors lie in: its model and their length. Only vectors of one space can be compared.
/// The fingerprint of an index ends with the space of its vectors.
/// </summary>
public static class EmbeddingSpace
{
    private const char Separator = '|';

    /// <summary>The space of <paramref name="embedder"/>.</summary>
    public static string Of(IEmbeddingGenerator<string, Embedding<float>> embedder)
    {
        var metadata = embedder.GetService<EmbeddingGeneratorMetadata>();
        var model = (metadata?.DefaultModelId ?? "unnamed model").Replace(Separator, '/');
        return $"{model}{Separator}{metadata?.DefaultModelDimensions?.ToString(CultureInfo.InvariantCulture) ?? "any"}";
    }

    /// <summary>Whether an index with this fingerprint holds vectors of <paramref name="space"/>; an index that nothing has built yet is of every space.</summary>
    public static bool IsThatOf(string space, string? fingerprint) =>
        fingerprint is null
        || (fingerprint.EndsWith(space, StringComparison.Ordinal)
            && (fingerprint.Length == space.Length || fingerprint[^(space.Length + 1)] == Separator));
}
