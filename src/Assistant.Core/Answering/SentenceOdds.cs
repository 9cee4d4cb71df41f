namespace Assistant.Core.Answering;

/// <summary>
/// How likely a sentence answers that <see cref="AnswerNetwork"/> has read: what the network says is worth the more, the more of the question is in
/// the words of the documents; of a paraphrase the features tell more, and how alike sentence and question are. Fitted on English, by the
/// evaluation program's command <c>train odds</c>; in other languages, whose words the network does not understand, its word and the
/// features' are mixed as far as the question is in the words of the documents.
/// </summary>
internal static class SentenceOdds
{
    /// <summary>What is looked at.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SentenceFeatures.Names, "logit", "likeness", "inItsWords"];

    private static readonly Lazy<SignalNetwork> Network = new(() => SignalNetwork.Load("sentence-odds-weights.txt", Names));

    /// <summary>Values of <see cref="Names"/>.</summary>
    public static double[] Signals(RankedSentence sentence, SentenceJudgement judgement) =>
        [.. sentence.Features, judgement.Logit, judgement.Likeness, sentence.InItsWords];

    /// <summary>How likely a sentence answers, 0 to 1.</summary>
    public static double Chance(RankedSentence sentence, SentenceJudgement judgement) => SignalNetwork.Chance(sentence.Sentence.Question.IsEnglish
        ? Network.Value.Odds(Signals(sentence, judgement))
        : (sentence.InItsWords * judgement.Logit) + ((1 - sentence.InItsWords) * SentenceWeights.Shared.InOtherWords(sentence.Features)));
}
