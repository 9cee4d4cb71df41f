using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Assistant.Core.Text;

namespace Assistant.Core.Embeddings;

/// <summary>Static word vectors of which the vector of a text is made. Thread-safe.</summary>
internal interface IWordTable
{
    /// <summary>Length of a vector.</summary>
    int Dimensions { get; }

    /// <summary>The direction that all texts share and that is taken out of every sum, of length 1; empty when there is none.</summary>
    ReadOnlyMemory<float> PrincipalComponent { get; }

    /// <summary>Adds <paramref name="weight"/> × idf × the term's vector to <paramref name="sum"/>.</summary>
    void Accumulate(string term, double weight, Span<double> sum);
}

/// <summary>How the vector of a text is made of those of its words.</summary>
internal static class WordTableExtensions
{
    /// <summary>Sums shorter than this are rounding errors of texts whose words cancel out.</summary>
    private const double ShortestSum = 1e-9;

    /// <summary>
    /// The sum over the distinct terms of a text of (1 + ln tf) × idf × word vector, less its projection on the principal component,
    /// of length 1; all zero for a text without a word.
    /// </summary>
    public static float[] Embed(this IWordTable table, string text)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        // The tables are English, and every text is read as English: that is what their vectors were counted on.
        foreach (var term in TextAnalyzer.Terms(text, "en"))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _)++;
        }

        return table.Embed(counts);
    }

    /// <summary>The same of a text whose terms are counted already.</summary>
    public static float[] Embed(this IWordTable table, IEnumerable<KeyValuePair<string, int>> counts)
    {
        Span<double> sum = stackalloc double[table.Dimensions];
        sum.Clear();
        foreach (var (term, count) in counts)
        {
            table.Accumulate(term, 1 + Math.Log(count), sum);
        }

        var common = table.PrincipalComponent.Span;
        double projection = 0;
        for (var i = 0; i < common.Length; i++)
        {
            projection += sum[i] * common[i];
        }

        for (var i = 0; i < common.Length; i++)
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
}
