using System.Numerics.Tensors;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;
using Assistant.Core.Text;

namespace Assistant.Core.Answering;

/// <summary>A question as sentences are held against it. Used by one caller at a time.</summary>
internal sealed class QuestionView
{
    /// <summary>What a word in the headings counts beside the same word in the sentence.</summary>
    private const double HeadingFactor = 0.9;

    /// <summary>What a word in the document's title counts.</summary>
    private const double TitleFactor = 0.5;

    /// <summary>What a word of the sentences around it counts.</summary>
    private const double NeighbourFactor = 0.5;

    private readonly TermAffinity affinity;
    private readonly IReadOnlyList<double> weights;
    private readonly double totalWeight;

    public QuestionView(Evidence evidence)
    {
        Terms = evidence.Analysis.Terms;
        AnswerType = evidence.Analysis.AnswerType;
        IsEnglish = LanguageRules.IsEnglish(evidence.Analysis.Language);
        Vector = evidence.Analysis.Vector;
        affinity = evidence.Analysis.Affinity;
        weights = evidence.TermWeights;
        totalWeight = weights.Sum();
    }

    public IReadOnlyList<QuestionTerm> Terms { get; }

    public AnswerType AnswerType { get; }

    /// <summary>Whether it is in English, whose words are understood.</summary>
    public bool IsEnglish { get; }

    /// <inheritdoc cref="QuestionAnalysis.Vector"/>
    public float[] Vector { get; }

    /// <summary>Share of the question's weight that is covered, given how well each term is.</summary>
    public double Share(double[] coverage)
    {
        double sum = 0;
        for (var t = 0; t < coverage.Length; t++)
        {
            sum += weights[t] * coverage[t];
        }

        return totalWeight > 0 ? sum / totalWeight : 0;
    }

    /// <summary>Share of the weight of the question's names that is covered; 0 when it has none.</summary>
    public double NameShare(double[] coverage)
    {
        double sum = 0, total = 0;
        for (var t = 0; t < coverage.Length; t++)
        {
            if (Terms[t].IsName)
            {
                sum += weights[t] * coverage[t];
                total += weights[t];
            }
        }

        return total > 0 ? sum / total : 0;
    }

    /// <summary>How well words cover each term.</summary>
    public double[] Coverage(Word[] words, double factor = 1, double[]? atLeast = null) => Coverage(affinity.NumbersOf(words), factor, atLeast);

    /// <summary>The sentences of a passage, held against the question.</summary>
    public IEnumerable<SentenceInQuestion> Look(RankedPassage ranked)
    {
        var passage = AnalyzedPassage.Of(ranked.Passage);
        var heading = Coverage(passage.HeadingWords, HeadingFactor, Coverage(passage.TitleWords, TitleFactor));
        int[][] numbers = [.. passage.Sentences.Select(sentence => affinity.NumbersOf(sentence.Words))];
        double[][] own = [.. numbers.Select(words => Coverage(words, 1, null))];
        for (var i = 0; i < own.Length; i++)
        {
            var sentence = passage.Sentences[i];
            var underHeading = new double[heading.Length];
            var context = new double[heading.Length];
            for (var t = 0; t < context.Length; t++)
            {
                var neighbours = Math.Max(i > 0 ? own[i - 1][t] : 0, i + 1 < own.Length ? own[i + 1][t] : 0);
                underHeading[t] = Math.Max(own[i][t], heading[t]);
                context[t] = Math.Max(underHeading[t], NeighbourFactor * neighbours);
            }

            yield return new SentenceInQuestion
            {
                Question = this,
                Passage = ranked.Passage,
                PassageScore = ranked.FoundWith,
                Index = i,
                Analyzed = sentence,
                Own = own[i],
                Exact = Exact(numbers[i]),
                WordNumbers = numbers[i],
                UnderItsHeading = underHeading,
                InContext = context,
                Heading = heading,
                HoldsNewName = AnswerType == AnswerType.Name && Array.Exists(sentence.Names, name => affinity.NumberOf(name) >= Terms.Count),
            };
        }
    }

    private double[] Coverage(int[] numbers, double factor, double[]? atLeast)
    {
        double[] best = atLeast is null ? new double[Terms.Count] : [.. atLeast];
        foreach (var number in numbers)
        {
            affinity.Raise(best, number, factor);
        }

        return best;
    }

    /// <summary>1 for each term that is among the words with these numbers.</summary>
    private double[] Exact(int[] numbers)
    {
        var exact = new double[Terms.Count];
        foreach (var number in numbers)
        {
            if (number < exact.Length)
            {
                exact[number] = 1;
            }
        }

        return exact;
    }
}

/// <summary>A sentence of a passage, held against a question. Coverages have one value per term of the question, 0 to 1.</summary>
internal sealed record SentenceInQuestion
{
    public required QuestionView Question { get; init; }

    public required Passage Passage { get; init; }

    public required double PassageScore { get; init; }

    /// <summary>Position in the passage.</summary>
    public required int Index { get; init; }

    /// <summary>What is known of it whatever is asked.</summary>
    public required AnalyzedSentence Analyzed { get; init; }

    public string Text => Analyzed.Text;

    /// <summary>Its words, in order, by their numbers (<see cref="TermAffinity.NumberOf"/>): one that is less than the count of the question's terms is such a term.</summary>
    public required int[] WordNumbers { get; init; }

    /// <summary>Covered by the sentence itself, in the same or related words.</summary>
    public required double[] Own { get; init; }

    /// <summary>Covered by the sentence itself, in the same words.</summary>
    public required double[] Exact { get; init; }

    /// <summary>Covered by the sentence, the headings above it and the title.</summary>
    public required double[] UnderItsHeading { get; init; }

    /// <summary>Covered by the sentence, its neighbours, the headings above it and the title.</summary>
    public required double[] InContext { get; init; }

    /// <summary>Covered by the headings above it and the title.</summary>
    public required double[] Heading { get; init; }

    public required bool HoldsNewName { get; init; }

    /// <summary>How near it is to the question in meaning, with the headings above it, 0 to 1.</summary>
    public double Meaning => Math.Max(0, TensorPrimitives.Dot<float>(Question.Vector, Analyzed.VectorInContext));

    /// <summary>Whether it is the first sentence of its passage.</summary>
    public bool IsOpening => Index == 0;
}
