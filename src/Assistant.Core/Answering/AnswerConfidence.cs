using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>Judges whether sentences answer a question by how much of the question's weight they cover.</summary>
internal static class AnswerConfidence
{
    /// <summary>Below it a question counts as not answered. Calibrated on golden questions and public sets (README, “How good is it?”).</summary>
    public const double Threshold = 0.5;

    /// <summary>A word of the question that is covered less than this is missing.</summary>
    private const double Covered = 0.3;

    /// <summary>What is left of the confidence when the sentences hold no number, or no time, though the question asks for one.</summary>
    private const double WithoutExpectedType = 0.5;

    /// <summary>What is left of the confidence when a name of the question is nowhere in the documents.</summary>
    private const double WithoutName = 0.6;

    /// <summary>How well the sentences cover the question, 0 to 1.</summary>
    public static double Of(Evidence evidence, IReadOnlyList<RankedSentence> sentences)
    {
        if (sentences.Count == 0)
        {
            return 0;
        }

        double covered = 0, total = 0;
        var terms = evidence.Analysis.Terms;
        var confidence = 1.0;
        for (var t = 0; t < terms.Count; t++)
        {
            covered += evidence.TermWeights[t] * Coverage(sentences, t);
            total += evidence.TermWeights[t];
            if (terms[t].IsName && evidence.DocumentFrequencies[t] == 0)
            {
                confidence = WithoutName;
            }
        }

        if (!sentences.Any(sentence => AnswerTypes.Holds(evidence.Analysis.AnswerType, sentence.Text)))
        {
            confidence *= WithoutExpectedType;
        }

        return total > 0 ? confidence * covered / total : 0;
    }

    /// <summary>Words of the question, as asked, that the sentences do not cover.</summary>
    public static IReadOnlyList<string> Missing(Evidence evidence, IReadOnlyList<RankedSentence> sentences) =>
    [
        .. evidence.Analysis.Terms
            .Where((term, t) => term.Focus == 1 && Coverage(sentences, t) < Covered)
            .Select(term => term.Surface),
    ];

    private static double Coverage(IReadOnlyList<RankedSentence> sentences, int term) =>
        sentences.Count == 0 ? 0 : sentences.Max(sentence => sentence.InContext[term]);
}
