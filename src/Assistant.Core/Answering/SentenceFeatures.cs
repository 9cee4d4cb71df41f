using System.Numerics.Tensors;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>What is known of a sentence for one question, as numbers from 0 to 1 that a linear ranker weighs.</summary>
internal static class SentenceFeatures
{
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
            Pairs(question, sentence.Words),
            Sequence(question, sentence.Words),
            question.AnswerType is AnswerType.Quantity or AnswerType.Time or AnswerType.Reason && AnswerTypes.Holds(question.AnswerType, sentence.Text) ? 1 : 0,
            question.AnswerType is AnswerType.Name && sentence.HoldsNewName ? 1 : 0,
            sentence.IsOpening ? 1 : 0,
            Density(question, sentence),
            Math.Min(1, sentence.Words.Count / 40.0),
        ];
    }

    /// <summary>Share of the question's neighbouring terms that stand near each other, in the same order, in the sentence too.</summary>
    private static double Pairs(QuestionView question, IReadOnlyList<string> words)
    {
        var terms = question.Terms;
        if (terms.Count < 2)
        {
            return 0;
        }

        var found = 0;
        for (var i = 0; i + 1 < terms.Count; i++)
        {
            for (var w = 0; w + 1 < words.Count; w++)
            {
                if (words[w] == terms[i].Term && (words[w + 1] == terms[i + 1].Term || (w + 2 < words.Count && words[w + 2] == terms[i + 1].Term)))
                {
                    found++;
                    break;
                }
            }
        }

        return (double)found / (terms.Count - 1);
    }

    /// <summary>Length of the longest common subsequence of terms, as a share of the question's.</summary>
    private static double Sequence(QuestionView question, IReadOnlyList<string> words)
    {
        var terms = question.Terms;
        Span<int> lengths = terms.Count < 128 ? stackalloc int[terms.Count + 1] : new int[terms.Count + 1];
        lengths.Clear();
        foreach (var word in words)
        {
            var diagonal = 0;
            for (var t = 1; t <= terms.Count; t++)
            {
                var above = lengths[t];
                lengths[t] = terms[t - 1].Term == word ? diagonal + 1 : Math.Max(above, lengths[t - 1]);
                diagonal = above;
            }
        }

        return terms.Count == 0 ? 0 : (double)lengths[^1] / terms.Count;
    }

    /// <summary>How much of the sentence is about the question: matched terms as a share of its own.</summary>
    private static double Density(QuestionView question, SentenceInQuestion sentence) =>
        sentence.Words.Count == 0 ? 0 : Math.Min(1, sentence.Exact.Sum() / Math.Sqrt(sentence.Words.Count) / Math.Sqrt(Math.Max(1, question.Terms.Count)));
}
