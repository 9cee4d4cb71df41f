using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>Judges whether sentences answer a question.</summary>
/// <remarks>
/// What a signal is worth depends on the others: a paraphrase has few of the documents'
/// words, and so has a question about something else; a near miss (“What <i>sanctions</i> will be imposed on Russia?”) has all but the
/// one that matters, or the value that it asks for is in no sentence; and of a large corpus most questions that it answers find their
/// words. Fitted by the evaluation program's command <c>train confidence</c>.
/// </remarks>
internal static class AnswerConfidence
{
    /// <summary>Below it a question counts as not answered. Less than even: to be refused an answer that is there costs a reader more than to read a sentence that does not answer.</summary>
    public const double Threshold = 0.19;

    /// <summary>A word of the question that is covered less than this is missing.</summary>
    private const double Enough = 0.3;

    /// <summary>
    /// What is taken from the logarithm of the odds where the question is about a name that stands nowhere: too few questions have one to learn it from,
    /// and what another says of the same is a wrong answer.
    /// </summary>
    private const double UnknownName = 0.5;

    private static readonly int UnknownNameSignal = ConfidenceSignals.Names.Index().Single(name => name.Item == "unknownName").Index;

    private static readonly Lazy<SignalNetwork> Network = new(() => SignalNetwork.Load("confidence-weights.txt", ConfidenceSignals.Names));

    /// <summary>How sure it is that the question is answered, 0 to 1.</summary>
    public static double Of(ConfidenceSignals signals) =>
        SignalNetwork.Chance(Network.Value.Odds(signals.Values) - (UnknownName * signals.Values[UnknownNameSignal]));

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

    /// <summary>Whether the sentences say anything of a term of the question.</summary>
    public static bool IsCovered(IReadOnlyList<RankedSentence> sentences, int term) =>
        sentences.Any(sentence => sentence.Sentence.InContext[term] >= Enough);
}
