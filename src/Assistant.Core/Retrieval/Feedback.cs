using System.Runtime.InteropServices;

namespace Assistant.Core.Retrieval;

/// <summary>
/// Lets the best passages speak for others: what is told in the words that they share, and few other candidates have, is about the
/// same thing even where the question's words are missing (pseudo-relevance feedback, after RM3). Nothing outside the candidates is looked at.
/// </summary>
internal static class Feedback
{
    /// <summary>Passages that are believed.</summary>
    private const int Believed = 10;

    /// <summary>Words that are taken from them.</summary>
    private const int MostTerms = 10;

    /// <summary>How well every passage matches what the best have in common; in the order of the passages.</summary>
    /// <param name="passages">The candidates' passages, best first.</param>
    /// <param name="scores">Their scores.</param>
    public static double[] Scores(IReadOnlyList<PassageTerms> passages, IReadOnlyList<double> scores)
    {
        var frequencies = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (term, _) in passages.SelectMany(passage => passage.Frequencies))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(frequencies, term, out _)++;
        }

        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(Believed, passages.Count); i++)
        {
            foreach (var (term, count) in passages[i].Frequencies)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(shares, term, out _) += scores[i] * count / passages[i].Length;
            }
        }

        var told = shares
            .Select(share => (Term: share.Key, Weight: share.Value * KeywordScore.Rarity(frequencies[share.Key], passages.Count)))
            .OrderByDescending(term => term.Weight).ThenBy(term => term.Term, StringComparer.Ordinal)
            .Take(MostTerms)
            .ToDictionary(term => term.Term, term => term.Weight, StringComparer.Ordinal);
        var averageLength = passages.Select(passage => (double)passage.Length).DefaultIfEmpty(1).Average();
        return
        [
            .. passages.Select(passage => passage.Frequencies.Sum(term =>
                told.TryGetValue(term.Key, out var weight) ? weight * KeywordScore.Saturated(term.Value, passage.Length, averageLength) : 0)),
        ];
    }
}
