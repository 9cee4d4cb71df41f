using System.Numerics.Tensors;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>Judges whether sentences answer a question.</summary>
/// <remarks>
/// A logistic model over signals that a person can check, one for questions in the language of the table of related words and one
/// for the others. Every signal has two weights, mixed by how far the question is in the documents' words: a paraphrase has few of
/// them, and so has a question about something else; a near miss (“What <i>sanctions</i> will be imposed on Russia?”) has all but the
/// one that matters, or the value that it asks for is in no sentence. Fitted by the evaluation program's command <c>train confidence</c>.
/// </remarks>
internal static class AnswerConfidence
{
    /// <summary>Below it a question counts as not answered. Less than even: to be refused an answer that is there costs a reader more than to read a sentence that does not answer.</summary>
    public const double Threshold = 0.28;

    /// <summary>A word of the question that is covered less than this is missing.</summary>
    private const double Enough = 0.3;

    private static readonly Lazy<double[]> WithRelatedWords = new(() => Load("confidence-weights.txt"));

    private static readonly Lazy<double[]> OtherLanguages = new(() => Load("confidence-weights-other-languages.txt"));

    /// <summary>How sure it is that the question is answered, 0 to 1.</summary>
    public static double Of(ConfidenceSignals signals)
    {
        var weights = (signals.HasRelatedWords ? WithRelatedWords : OtherLanguages).Value;
        return 1 / (1 + Math.Exp(-TensorPrimitives.Dot<double>(weights, signals.Mixed)));
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

    /// <summary>The weights of <see cref="ConfidenceSignals.Mixed"/>.</summary>
    private static double[] Load(string file) => [.. WeightsFile.Load(file, ConfidenceSignals.Names).SelectMany(column => column)];

    /// <summary>Whether the sentences say anything of a term of the question.</summary>
    public static bool IsCovered(IReadOnlyList<RankedSentence> sentences, int term) =>
        sentences.Any(sentence => sentence.Sentence.InContext[term] >= Enough);
}
