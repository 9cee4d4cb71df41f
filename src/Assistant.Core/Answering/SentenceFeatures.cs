using System.Numerics.Tensors;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>What is known of a sentence for one question, as numbers from 0 to 1 that a linear ranker weighs.</summary>
internal static class SentenceFeatures
{
    /// <summary>Terms of a question that fit on the stack.</summary>
    private const int ShortQuestion = 128;

    /// <summary>Names of the features, in the order of their values.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "exact", "related", "context", "heading", "meaning", "meaningInContext", "passage", "pairs", "sequence",
        "expectedType", "newName", "opening", "density", "length",
    ];

    public static double[] Of(SentenceInQuestion sentence)
    {
        var question = sentence.Question;
        return
        [
            question.Share(sentence.Exact),
            question.Share(sentence.Own),
            question.Share(sentence.InContext),
            question.Share(sentence.Heading),
            Math.Max(0, TensorPrimitives.Dot<float>(question.Vector, sentence.Analyzed.Vector)),
            sentence.Meaning,
            sentence.PassageScore,
            Pairs(question, sentence.WordNumbers),
            Sequence(question, sentence.WordNumbers),
            question.AnswerType is AnswerType.Quantity or AnswerType.Time or AnswerType.Reason && AnswerTypes.Holds(question.AnswerType, sentence.Analyzed.AsRead) ? 1 : 0,
            question.AnswerType is AnswerType.Name && sentence.HoldsNewName ? 1 : 0,
            sentence.IsOpening ? 1 : 0,
            Density(question, sentence),
            Math.Min(1, sentence.WordNumbers.Length / 40.0),
        ];
    }

    /// <summary>Share of the question's neighbouring terms that stand near each other, in the same order, in the sentence too.</summary>
    private static double Pairs(QuestionView question, int[] words)
    {
        var terms = question.Terms.Count;
        if (terms < 2)
        {
            return 0;
        }

        Span<bool> found = terms < ShortQuestion ? stackalloc bool[terms] : new bool[terms];
        found.Clear();
        for (var w = 0; w + 1 < words.Length; w++)
        {
            var next = words[w] + 1;
            if (next < terms && (words[w + 1] == next || (w + 2 < words.Length && words[w + 2] == next)))
            {
                found[words[w]] = true;
            }
        }

        return (double)found.Count(true) / (terms - 1);
    }

    /// <summary>Length of the longest common subsequence of terms, as a share of the question's.</summary>
    private static double Sequence(QuestionView question, int[] words)
    {
        var terms = question.Terms.Count;
        Span<int> lengths = terms < ShortQuestion ? stackalloc int[terms + 1] : new int[terms + 1];
        lengths.Clear();
        foreach (var word in words)
        {
            if (word >= terms)
            {
                // A word that the question has not makes no sequence longer.
                continue;
            }

            var diagonal = 0;
            for (var t = 1; t <= terms; t++)
            {
                var above = lengths[t];
                lengths[t] = word == t - 1 ? diagonal + 1 : Math.Max(above, lengths[t - 1]);
                diagonal = above;
            }
        }

        return terms == 0 ? 0 : (double)lengths[^1] / terms;
    }

    /// <summary>How much of the sentence is about the question: matched terms as a share of its own.</summary>
    private static double Density(QuestionView question, SentenceInQuestion sentence) =>
        sentence.WordNumbers.Length == 0 ? 0 : Math.Min(1, sentence.Exact.Sum() / Math.Sqrt(sentence.WordNumbers.Length) / Math.Sqrt(Math.Max(1, question.Terms.Count)));
}
