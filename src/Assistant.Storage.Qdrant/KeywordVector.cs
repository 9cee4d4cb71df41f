using System.IO.Hashing;
using System.Runtime.InteropServices;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;
using Assistant.Storage.Qdrant.Rest;

namespace Assistant.Storage.Qdrant;

/// <summary>
/// Terms as a sparse vector: the dot product of a question's and a passage's, each term of the question weighted by the server
/// with its inverse document frequency, is the passage's BM25.
/// </summary>
internal static class KeywordVector
{
    /// <summary>
    /// The length, in terms, of a passage that is neither long nor short. BM25 wants the average of the index, which every change
    /// moves while stored vectors stand; with this round figure both stores put the same passages first (QdrantAgreementTests).
    /// </summary>
    public const double AverageLength = 90;

    /// <summary>
    /// The dimension of a term. Two terms share one about once in 2³² pairs; they are then taken for each other.
    /// </summary>
    public static uint IndexOf(string term) => XxHash32.HashToUInt32(MemoryMarshal.AsBytes(term.AsSpan()));

    /// <summary>The terms of a question, each once, with weight 1.</summary>
    public static SparseVector OfQuestion(IEnumerable<string> terms)
    {
        uint[] indices = [.. terms.Select(IndexOf).Distinct()];
        return new SparseVector(indices, [.. indices.Select(_ => 1f)]);
    }

    /// <summary>BM25 of a passage's terms without their inverse document frequencies.</summary>
    public static SparseVector OfPassage(IndexedPassage passage)
    {
        var frequencies = new SortedDictionary<uint, double>();
        var length = Add(passage.TitleTerms, KeywordWeights.Title) + Add(passage.HeadingTerms, KeywordWeights.Headings) + Add(passage.TextTerms, KeywordWeights.Text);
        var saturation = KeywordWeights.K1 * (1 - KeywordWeights.B + (KeywordWeights.B * length / AverageLength));
        return new SparseVector(
            [.. frequencies.Keys],
            [.. frequencies.Values.Select(frequency => (float)(frequency * (KeywordWeights.K1 + 1) / (frequency + saturation)))]);

        int Add(IReadOnlyList<string> terms, double weight)
        {
            var count = 0;
            foreach (var term in terms.Where(term => term.Length > 0))
            {
                var index = IndexOf(term);
                frequencies[index] = frequencies.GetValueOrDefault(index) + weight;
                count++;
            }

            return count;
        }
    }

    /// <summary>The share of a stored vector that a term has; 0 when it has none.</summary>
    public static float ValueOf(SparseVector vector, uint index)
    {
        var at = Array.IndexOf(vector.Indices, index);
        return at < 0 ? 0 : vector.Values[at];
    }
}
