using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>What tells whether sentences answer a question; shares are of the question's weight, 0 to 1.</summary>
internal sealed record ConfidenceSignals
{
    /// <summary>The most that one sentence covers with its neighbours, headings and title, in the same or related words.</summary>
    public required double Covered { get; init; }

    /// <summary>The most that one sentence covers in the same words.</summary>
    public required double Exact { get; init; }

    /// <summary>The most of the question's words, each counting the same, that one sentence has.</summary>
    public required double WordsInCommon { get; init; }

    /// <summary>Share of the question's words that carry meaning, stand in no document and have no stand-in.</summary>
    public required double Unknown { get; init; }

    /// <summary>Whether the question names somebody or something that no document does.</summary>
    public required bool HasUnknownName { get; init; }

    /// <summary>Whether the question asks who or where and no sentence has a name that it has not.</summary>
    public required bool LacksName { get; init; }

    /// <summary>Whether the question asks for a number or a time and no sentence has one.</summary>
    public required bool LacksNumberOrTime { get; init; }

    /// <summary>Whether the question is in a language that has no table of related words.</summary>
    public required bool WithoutRelatedWords { get; init; }
}

/// <summary>Judges whether sentences answer a question.</summary>
/// <remarks>
/// A logistic model over signals that a person can check, fitted on the public abstention sets in three languages and on golden
/// questions (README, “How good is it?”). Two kinds of questions have little of their weight in the words of a sentence: a
/// paraphrase, which has none of the documents' words, and a near miss, which has their common words and not the one that matters
/// (“What <i>sanctions</i> will be imposed on Russia?”). <see cref="ConfidenceSignals.WordsInCommon"/> tells them apart.
/// </remarks>
internal static class AnswerConfidence
{
    /// <summary>Below it a question counts as not answered.</summary>
    public const double Threshold = 0.5;

    /// <summary>A word of the question that is covered less than this is missing.</summary>
    private const double Enough = 0.3;

    /// <summary>Share of exact words from which a question is no paraphrase.</summary>
    private const double ParaphraseEnds = 0.3;

    /// <summary>How sure it is that the question is answered, 0 to 1.</summary>
    public static double Of(ConfidenceSignals signals)
    {
        if (signals.LacksNumberOrTime)
        {
            return 0;
        }

        var paraphrase = Math.Max(0, 1 - (signals.Exact / ParaphraseEnds));
        var logit = -2.08
            + (3.79 * signals.Covered)
            + (1.81 * signals.Exact)
            + (paraphrase * (2.39 - (3.06 * signals.WordsInCommon) - (0.43 * signals.Unknown)))
            - (signals.HasUnknownName ? 1.99 : 0)
            - (signals.LacksName ? 1.36 : 0)
            + (signals.WithoutRelatedWords ? 0.36 : 0);
        return 1 / (1 + Math.Exp(-logit));
    }

    /// <summary>The signals of sentences; null when there is none.</summary>
    public static ConfidenceSignals? Signals(Evidence evidence, IReadOnlyList<RankedSentence> sentences)
    {
        if (sentences.Count == 0)
        {
            return null;
        }

        var question = sentences[0].Sentence.Question;
        var (terms, type, language) = (evidence.Analysis.Terms, evidence.Analysis.AnswerType, evidence.Analysis.Language);
        int[] unknown = [.. Enumerable.Range(0, terms.Count).Where(t => evidence.DocumentFrequencies[t] == 0 && !IsCovered(sentences, t))];
        return new ConfidenceSignals
        {
            Covered = sentences.Max(sentence => question.Share(sentence.Sentence.InContext)),
            Exact = sentences.Max(sentence => question.Share(sentence.Sentence.Exact)),
            WordsInCommon = sentences.Max(sentence => sentence.Sentence.Exact.Sum()) / Math.Max(1, terms.Count),
            Unknown = (double)unknown.Count(t => LightWords.Weight(terms[t].Term, language) == 1) / Math.Max(1, terms.Count),
            HasUnknownName = unknown.Any(t => terms[t].IsName),
            LacksName = type == AnswerType.Name && !sentences.Any(sentence => sentence.Sentence.HoldsNewName),
            LacksNumberOrTime = type is AnswerType.Quantity or AnswerType.Time
                && !sentences.Any(sentence => AnswerTypes.Holds(type, sentence.Text)),
            WithoutRelatedWords = (language ?? "en") != "en",
        };
    }

    /// <summary>
    /// Words of the question, as asked, that the sentences do not cover. Light words are not missed, unless there are no others.
    /// </summary>
    public static IReadOnlyList<string> Missing(Evidence evidence, IReadOnlyList<RankedSentence> sentences)
    {
        var uncovered = evidence.Analysis.Terms.Where((term, t) => term.Focus == 1 && !IsCovered(sentences, t)).ToList();
        var heavy = uncovered.Where(term => LightWords.Weight(term.Term, evidence.Analysis.Language) == 1).ToList();
        var onlyLight = evidence.Analysis.Terms.All(term => LightWords.Weight(term.Term, evidence.Analysis.Language) < 1);
        return [.. (onlyLight ? uncovered : heavy).Select(term => term.Surface)];
    }

    private static bool IsCovered(IReadOnlyList<RankedSentence> sentences, int term) =>
        sentences.Any(sentence => sentence.Sentence.InContext[term] >= Enough);
}
