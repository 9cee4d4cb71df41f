using Assistant.Core.Documents;
using Assistant.Core.Text;

namespace Assistant.Core.Answering;

/// <summary>
/// Lays a quotation over a text word by word, as well as it goes (Needleman and Wunsch's alignment, 1970, in which the words of the
/// text before and after the quotation cost nothing).
/// </summary>
internal static class QuotationAlignment
{
    private const int Match = 2;
    private const int Mismatch = -1;

    /// <summary>A word that says something counts as much as two that do not.</summary>
    private const int ContentWeight = 2;

    /// <summary>The range of a text that is closest to a quotation.</summary>
    /// <param name="quotation">Words of the quotation.</param>
    /// <param name="words">Words of the text.</param>
    /// <returns>The range and how close it is: the share of words, 0 to 1, that both have in the same order.</returns>
    public static (TextSpan Span, double Similarity) Closest(IReadOnlyList<AnalyzedWord> quotation, IReadOnlyList<AnalyzedWord> words)
    {
        if (quotation.Count == 0 || words.Count == 0)
        {
            return (default, 0);
        }

        var best = BestEnd(quotation, words, out var steps);
        var (row, column) = (quotation.Count, best);
        int common = 0, last = best;
        while (row > 0 && column > 0)
        {
            switch (steps[row, column])
            {
                case Step.Both:
                    row--;
                    column--;
                    common += Same(quotation[row], words[column]) ? Weight(words[column]) : 0;
                    break;
                case Step.QuotationOnly:
                    row--;
                    break;
                default:
                    column--;
                    break;
            }
        }

        if (column == last)
        {
            return (default, 0);
        }

        var total = quotation.Sum(Weight) + words.Skip(column).Take(last - column).Sum(Weight);
        return (new TextSpan(words[column].Span.Start, words[last - 1].Span.End), 2.0 * common / total);
    }

    /// <summary>Fills the table of steps; returns after which word of the text the best alignment ends.</summary>
    private static int BestEnd(IReadOnlyList<AnalyzedWord> quotation, IReadOnlyList<AnalyzedWord> words, out Step[,] steps)
    {
        steps = new Step[quotation.Count + 1, words.Count + 1];
        var above = new int[words.Count + 1];
        var scores = new int[words.Count + 1];
        for (var row = 1; row <= quotation.Count; row++)
        {
            scores[0] = row * Mismatch;
            for (var column = 1; column <= words.Count; column++)
            {
                var both = above[column - 1] + (Same(quotation[row - 1], words[column - 1]) ? Match : Mismatch);
                var quotationOnly = above[column] + Mismatch;
                var textOnly = scores[column - 1] + Mismatch;
                var score = Math.Max(both, Math.Max(quotationOnly, textOnly));
                scores[column] = score;
                steps[row, column] = score == both ? Step.Both : score == quotationOnly ? Step.QuotationOnly : Step.TextOnly;
            }

            (above, scores) = (scores, above);
        }

        return Array.IndexOf(above, above.Max());
    }

    private static bool Same(AnalyzedWord left, AnalyzedWord right) => left.Term == right.Term;

    private static int Weight(AnalyzedWord word) => word.IsStopword ? 1 : ContentWeight;

    private enum Step : byte
    {
        Both,
        QuotationOnly,
        TextOnly,
    }
}
