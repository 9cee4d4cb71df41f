using Assistant.Core.Answering;

namespace Assistant.Core.Retrieval;

/// <summary>
/// Ranks the passages that were found once more, by how likely the best of their sentences answers: a passage can have all words of a
/// question in sentences that say something else.
/// </summary>
internal static class PassageReranker
{
    /// <summary>Share of the best sentence's chance in a passage's score.</summary>
    private const double SentenceShare = 0.3;

    /// <summary>The same evidence with its passages in their new order, and with the sentences that were read for it.</summary>
    public static Evidence Rerank(Evidence evidence)
    {
        var sentences = SentenceRanker.Rank(evidence);
        var chances = sentences
            .Where(sentence => sentence.Judgement is not null)
            .GroupBy(sentence => sentence.Passage.Id, (id, read) => (id, Best: read.Max(sentence => sentence.Score)))
            .ToDictionary(passage => passage.id, passage => passage.Best);
        return evidence with
        {
            Passages =
            [
                .. evidence.Passages
                    .Select(ranked => ranked with { Score = ((1 - SentenceShare) * ranked.FoundWith) + (SentenceShare * chances.GetValueOrDefault(ranked.Passage.Id)) })
                    .OrderByDescending(ranked => ranked.Score),
            ],
            Sentences = sentences,
        };
    }
}
