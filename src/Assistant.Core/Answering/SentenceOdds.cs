namespace Assistant.Core.Answering;

/// <summary>
/// How likely a sentence answers that <see cref="AnswerNetwork"/> has read: what the network says is worth the more, the more of the question is in
/// the words of the documents; of a paraphrase the features tell more, and how alike sentence and question are, and so they do in languages
/// whose words the network does not understand. Fitted by the evaluation program's command <c>train odds</c>.
/// </summary>
internal static class SentenceOdds
{
    /// <summary>What is looked at.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SentenceFeatures.Names, "logit", "likeness", "inItsWords", "english"];

    private static readonly Lazy<SignalNetwork> Network = new(() => SignalNetwork.Load("sentence-odds-weights.txt", Names));

    /// <summary>Values of <see cref="Names"/>.</summary>
    public static double[] Signals(RankedSentence sentence, SentenceJudgement judgement) =>
        [.. sentence.Features, judgement.Logit, judgement.Likeness, sentence.InItsWords, sentence.Sentence.Question.IsEnglish ? 1 : 0];

    /// <summary>How likely a sentence answers, 0 to 1.</summary>
    public static double Chance(RankedSentence sentence, SentenceJudgement judgement) =>
        SignalNetwork.Chance(Network.Value.Odds(Signals(sentence, judgement)));
}
