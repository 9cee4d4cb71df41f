using Assistant.Core.Passages;
using Microsoft.Extensions.AI;

namespace Assistant.Core.Ingestion;

/// <summary>Gives passages their vectors: those that are known, and new ones for the rest.</summary>
internal static class PassageVectors
{
    /// <summary>Fills in the vectors and says how many had to be computed.</summary>
    /// <param name="passages">The passages.</param>
    /// <param name="known">Vectors by passage id.</param>
    /// <param name="knownUnder">Id of the document that the known ones belong to.</param>
    /// <param name="embedder">Computes the others.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<(IReadOnlyList<IndexedPassage> Passages, int Computed)> FillAsync(
        IReadOnlyList<IndexedPassage> passages,
        IReadOnlyDictionary<Guid, ReadOnlyMemory<float>> known,
        string knownUnder,
        IEmbeddingGenerator<string, Embedding<float>> embedder,
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

        if (missing.Count > 0)
        {
            var vectors = await embedder.GenerateAsync(missing.Select(i => filled[i].Passage.IndexedText), cancellationToken: cancellationToken);
            for (var i = 0; i < missing.Count; i++)
            {
                filled[missing[i]] = filled[missing[i]] with { Vector = vectors[i].Vector };
            }
        }

        return (filled, missing.Count);
    }
}
