using Assistant.Core.Documents;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>A sentence of the evidence with how well it answers.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Features">Values of <see cref="SentenceFeatures.Names"/>.</param>
/// <param name="Score">Larger is better; comparable within one question.</param>
internal sealed record RankedSentence(SentenceInQuestion Sentence, double[] Features, double Score)
{
    public Passage Passage => Sentence.Passage;

    /// <summary>Range of the version's text.</summary>
    public TextSpan Span => Passage.Sentences[Sentence.Index];

    public string Text => Sentence.Text;
}

/// <summary>
/// Ranks the sentences of the best passages by how well they answer the question. The less of the question any sentence has in its
/// own words, the more meaning decides and the less do words: those few that match then match by chance.
/// </summary>
internal static class SentenceRanker
{
    /// <summary>Passages whose sentences are looked at.</summary>
    private const int Passages = 24;

    /// <summary>All sentences of the best passages, best first; ties in reading order.</summary>
    public static IReadOnlyList<RankedSentence> Rank(Evidence evidence, int passages = Passages)
    {
        var question = new QuestionView(evidence);
        var weights = SentenceWeights.Shared;
        var sentences = evidence.Passages.Take(passages).SelectMany(question.Look).ToList();
        var inItsWords = sentences.Select(sentence => question.Share(sentence.Exact)).DefaultIfEmpty().Max();
        return
        [
            .. sentences
                .Select(sentence => (Sentence: sentence, Features: SentenceFeatures.Of(sentence)))
                .Select(scored => new RankedSentence(
                    scored.Sentence,
                    scored.Features,
                    (inItsWords * weights.Score(scored.Features)) + ((1 - inItsWords) * InOtherWords(scored.Sentence))))
                .OrderByDescending(ranked => ranked.Score)
                .ThenBy(ranked => ranked.Passage.DocumentId, StringComparer.Ordinal)
                .ThenBy(ranked => ranked.Span.Start),
        ];
    }

    /// <summary>How well a sentence answers a question that has none of its words.</summary>
    private static double InOtherWords(SentenceInQuestion sentence) =>
        (sentence.Question.Share(sentence.InContext) + sentence.Meaning) / 2;
}
