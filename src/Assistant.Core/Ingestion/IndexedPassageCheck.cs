using Assistant.Core.Documents;

namespace Assistant.Core.Ingestion;

/// <summary>What every index demands of passages before it writes any of them.</summary>
public static class IndexedPassageCheck
{
    /// <summary>Makes sure that passages are exact ranges of the version they are put with, and that their vectors fit the index.</summary>
    /// <param name="version">The version.</param>
    /// <param name="passages">The passages that are to be put with it.</param>
    /// <param name="dimensions">Length of the vectors in the index; null while it has none.</param>
    /// <returns>Length of the vectors in the index once the passages are in it; null when it still has none.</returns>
    /// <exception cref="ArgumentException">One is of another version or not its text, or has no vector or one of another length.</exception>
    public static int? Check(DocumentVersion version, IReadOnlyList<IndexedPassage> passages, int? dimensions)
    {
        foreach (var (passage, vector) in passages.Select(indexed => (indexed.Passage, indexed.Vector)))
        {
            if (passage.DocumentId != version.DocumentId || passage.Version != version.Number)
            {
                throw new ArgumentException($"Passage {passage.Id} is one of '{passage.DocumentId}' version {passage.Version}, not of '{version.DocumentId}' version {version.Number}.");
            }

            if (passage.Span.End > version.Text.Length || !passage.Span.In(version.Text).SequenceEqual(passage.Text))
            {
                throw new ArgumentException($"Passage {passage.Id} is not the text of '{version.DocumentId}' at {passage.Span}.");
            }

            if (vector.Length == 0)
            {
                throw new ArgumentException($"Passage {passage.Id} has no vector.");
            }

            if (vector.Length != (dimensions ??= vector.Length))
            {
                throw new ArgumentException($"A vector of {vector.Length} dimensions does not fit an index with vectors of {dimensions}.");
            }
        }

        return dimensions;
    }
}
