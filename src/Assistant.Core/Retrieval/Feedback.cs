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
    /// <param name="affinity">What numbered their words.</param>
    public static double[] Scores(NumberedTerms[] passages, double[] scores, TermAffinity affinity)
    {
        var told = Told(passages, scores, affinity);
        var averageLength = NumberedTerms.AverageLength(passages);
        var matches = new double[passages.Length];
        for (var i = 0; i < matches.Length; i++)
        {
            var (numbers, counts) = (passages[i].Numbers, passages[i].Terms.Counts);
            for (var w = 0; w < numbers.Length; w++)
            {
                if (told[numbers[w]] > 0)
                {
                    matches[i] += told[numbers[w]] * KeywordScore.Saturated(counts[w], passages[i].Terms.Length, averageLength);
                }
            }
        }

        return matches;
    }

    /// <summary>What the best passages have in common: for every word by its number what it weighs, 0 for all but the heaviest few.</summary>
    private static double[] Told(NumberedTerms[] passages, double[] scores, TermAffinity affinity)
    {
        var frequencies = new int[affinity.Count];
        for (var i = 0; i < passages.Length; i++)
        {
            foreach (var number in passages[i].Numbers)
            {
                frequencies[number]++;
            }
        }

        var shares = new double[affinity.Count];
        for (var i = 0; i < Math.Min(Believed, passages.Length); i++)
        {
            var (numbers, counts) = (passages[i].Numbers, passages[i].Terms.Counts);
            for (var w = 0; w < numbers.Length; w++)
            {
                shares[numbers[w]] += scores[i] * counts[w] / passages[i].Terms.Length;
            }
        }

        var told = new double[affinity.Count];
        foreach (var (number, weight) in Enumerable.Range(0, shares.Length)
            .Where(number => shares[number] > 0)
            .Select(number => (Number: number, Weight: shares[number] * KeywordScore.Rarity(frequencies[number], passages.Length)))
            .OrderByDescending(word => word.Weight).ThenBy(word => affinity.WordAt(word.Number).Term, StringComparer.Ordinal)
            .Take(MostTerms))
        {
            told[number] = weight;
        }

        return told;
    }
}
