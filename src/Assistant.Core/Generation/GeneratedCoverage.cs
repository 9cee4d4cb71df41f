using Assistant.Core.Answering;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Generation;

/// <summary>What of a question a written answer leaves open.</summary>
internal static class GeneratedCoverage
{
    /// <summary>Words of the question that the cited sentences do not cover; without citations, that the nearest sentence does not.</summary>
    public static IReadOnlyList<string> Missing(Evidence evidence, IReadOnlyList<Citation> citations)
    {
        var ranked = SentenceRanker.Rank(evidence);
        var read = ranked.Where(sentence => citations.Any(citation =>
            citation.DocumentId == sentence.Passage.DocumentId && citation.Version == sentence.Passage.Version && citation.Span == sentence.Span)).ToList();
        return AnswerConfidence.Missing(evidence, citations.Count > 0 ? read : [.. ranked.Take(1)]);
    }
}
