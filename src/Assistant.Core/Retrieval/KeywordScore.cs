namespace Assistant.Core.Retrieval;

/// <summary>
/// How well passages match a question by words: BM25 over title, headings and text, in which a related word counts a little, and
/// how near the question's words stand to each other.
/// </summary>
/// <remarks>
/// Computed here from the candidates alone, so that every store gives the same ranking. Constants were chosen on plateaus over four
/// classic collections and XQuAD in three languages together, never for one set (README, “How good is it?”).
/// </remarks>
internal sealed class KeywordScore
{
    /// <summary>How soon further occurrences of a term add no more (k1 of BM25).</summary>
    private const double Saturation = 1.4;

    /// <summary>How far long passages are held back, 0 to 1 (b of BM25).</summary>
    private const double LengthShare = 0.75;

    /// <summary>How soon a term that the question repeats counts no more (k3 of BM25).</summary>
    private const double QuestionSaturation = 2;

    /// <summary>What the best stand-in for a word counts beside the word.</summary>
    private const double RelatedFactor = 0.1;

    /// <summary>Terms between two that are near each other.</summary>
    private const int Window = 8;

    /// <summary>Terms before a term that are looked back at.</summary>
    private const int MostBefore = 12;

    private readonly TermAffinity affinity;
    private readonly NumberedTerms[] passages;
    private readonly double[] weights;
    private readonly double averageLength;

    /// <summary>Prepares to score candidates.</summary>
    /// <param name="question">The question.</param>
    /// <param name="candidates">What the index found.</param>
    /// <param name="passages">The candidates' terms, in their order.</param>
    public KeywordScore(QuestionAnalysis question, PassageCandidates candidates, NumberedTerms[] passages)
    {
        affinity = question.Affinity;
        this.passages = passages;
        averageLength = NumberedTerms.AverageLength(passages);
        // What only the conversation brings weighs no less here: it says where the answer stands; what is quoted is chosen by the question.
        weights = [.. question.Terms.Select(term =>
            term.Count * (QuestionSaturation + 1) / (term.Count + QuestionSaturation)
            * Rarity(candidates.DocumentFrequencies.GetValueOrDefault(term.Term), candidates.PassageCount))];
    }

    /// <summary>Inverse document frequency, positive.</summary>
    public static double Rarity(int frequency, int count) => Math.Log(1 + ((Math.Max(count, frequency) - frequency + 0.5) / (frequency + 0.5)));

    /// <summary>What an occurrence is worth in a passage of this length, in the limit <see cref="Saturation"/> + 1.</summary>
    public static double Saturated(double frequency, double length, double averageLength) =>
        frequency * (Saturation + 1) / (frequency + (Saturation * (1 - LengthShare + (LengthShare * length / averageLength))));

    /// <summary>BM25 of every candidate, in their order.</summary>
    public double[] Matches()
    {
        var scores = new double[passages.Length];
        var frequencies = new double[weights.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            Array.Clear(frequencies);
            var (numbers, counts) = (passages[i].Numbers, passages[i].Terms.Counts);
            for (var w = 0; w < numbers.Length; w++)
            {
                if (affinity.StandIns(numbers[w]) is { } worth)
                {
                    for (var t = 0; t < worth.Length; t++)
                    {
                        frequencies[t] += (worth[t] == 1 ? 1 : RelatedFactor * worth[t]) * counts[w];
                    }
                }
            }

            for (var t = 0; t < weights.Length; t++)
            {
                scores[i] += frequencies[t] > 0 ? weights[t] * Saturated(frequencies[t], passages[i].Terms.Length, averageLength) : 0;
            }
        }

        return scores;
    }

    /// <summary>How near to each other the question's words stand, for every candidate: a pair counts by its more common word and the square of its distance.</summary>
    public double[] Nearness()
    {
        var scores = new double[passages.Length];
        var before = new List<(int Term, int Position)>();
        var pairs = new double[weights.Length * weights.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            before.Clear();
            Array.Clear(pairs);
            var (numbers, inOrder) = (passages[i].Numbers, passages[i].Terms.InOrder);
            for (var position = 0; position < inOrder.Length; position++)
            {
                if (inOrder[position] == PassageTerms.Boundary)
                {
                    before.Clear();
                }
                else if (numbers[inOrder[position]] is var term && term < weights.Length)
                {
                    foreach (var (other, otherPosition) in before)
                    {
                        var distance = position - otherPosition;
                        if (other != term && distance <= Window)
                        {
                            pairs[(Math.Min(other, term) * weights.Length) + Math.Max(other, term)] += 1.0 / (distance * distance);
                        }
                    }

                    before.Add((term, position));
                    if (before.Count > MostBefore)
                    {
                        before.RemoveAt(0);
                    }
                }
            }

            for (var pair = 0; pair < pairs.Length; pair++)
            {
                scores[i] += pairs[pair] == 0 ? 0
                    : Math.Min(weights[pair / weights.Length], weights[pair % weights.Length]) * Saturated(pairs[pair], averageLength, averageLength);
            }
        }

        return scores;
    }
}
