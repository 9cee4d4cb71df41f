using Assistant.Core.Embeddings;
using Assistant.Core.Passages;
using Microsoft.Extensions.AI;

namespace Assistant.Core.Ingestion;

/// <summary>Gives passages their vectors: those that are known, and new ones for the rest.</summary>
internal static class PassageVectors
{
    /// <summary>Passages of one document that are embedded at once; between them it can be told how far it is.</summary>
    private const int Part = 256;

    /// <summary>Fills in the vectors and says how many had to be computed.</summary>
    /// <param name="passages">The passages.</param>
    /// <param name="known">Vectors by passage id.</param>
    /// <param name="knownUnder">Id of the document that the known ones belong to.</param>
    /// <param name="embedder">Computes the others.</param>
    /// <param name="dimensions">Length of the vectors in the index; null when it has none.</param>
    /// <param name="onEmbedded">Told of every number of passages that has been embedded.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EmbeddingUnavailableException">There is no vector to be had, or it does not fit the index.</exception>
    public static async Task<(IReadOnlyList<IndexedPassage> Passages, int Computed)> FillAsync(
        IReadOnlyList<IndexedPassage> passages,
        IReadOnlyDictionary<Guid, ReadOnlyMemory<float>> known,
        string knownUnder,
        IEmbeddingGenerator<string, Embedding<float>> embedder,
        int? dimensions,
        Action<int> onEmbedded,
        CancellationToken cancellationToken)
    {
        var filled = passages.ToArray();
        var missing = new List<int>();
        var occurrences = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < filled.Length; i++)
        {
            // Not the passage's own id: the document may have had another name.
            var text = filled[i].Passage.IndexedText;
            var occurrence = occurrences.GetValueOrDefault(text);
            occurrences[text] = occurrence + 1;
            if (known.TryGetValue(PassageId.Create(knownUnder, text, occurrence), out var vector))
            {
                filled[i] = filled[i] with { Vector = vector };
            }
            else
            {
                missing.Add(i);
            }
        }

        foreach (var part in missing.Chunk(Part))
        {
            var vectors = await embedder.GenerateAsync(part.Select(i => filled[i].Passage.IndexedText), cancellationToken: cancellationToken);
            for (var i = 0; i < part.Length; i++)
            {
                var vector = vectors[i].Vector;
                if (dimensions is { } expected && vector.Length != expected)
                {
                    throw new EmbeddingUnavailableException(
                        $"The embedding model gives vectors of {vector.Length} values and the index holds vectors of {expected}: another model answers to the same name. "
                        + $"Set Assistant:Embeddings:Dimensions to {vector.Length}, and the index is rebuilt with it.");
                }

                filled[part[i]] = filled[part[i]] with { Vector = vector };
            }

            onEmbedded(part.Length);
        }

        return (filled, missing.Count);
    }
}
