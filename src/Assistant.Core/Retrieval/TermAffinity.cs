using System.Numerics.Tensors;
using Assistant.Core.Embeddings;

namespace Assistant.Core.Retrieval;

/// <summary>How well words of a text stand for the words of one question: 1 for the same term, less for a related one, else 0.</summary>
internal sealed class TermAffinity
{
    /// <summary>Cosine from which two words are related at all: unrelated pairs of the built-in table stay below it.</summary>
    private const float Unrelated = 0.35f;

    /// <summary>Cosine from which a word is as good a stand-in as a word can be.</summary>
    private const float Synonym = 0.75f;

    /// <summary>Cosine from which one name may stand for another (Moscow for the Kremlin); neighbours on the map stay below it.</summary>
    private const float SameName = 0.65f;

    /// <summary>What the best stand-in is worth beside the word itself.</summary>
    private const double BestStandIn = 0.8;

    /// <summary>What the same word in another spelling or inflection is worth.</summary>
    private const double SameSpelling = 0.75;

    /// <summary>What a word of the same family is worth, where the stemmer keeps them apart: cautious, caution.</summary>
    private const double SameFamily = 0.6;

    /// <summary>Letters an adjective has at least before it is compared.</summary>
    private const int ShortestAdjective = 4;

    /// <summary>Difference in inverse document frequency (natural logarithm) that makes a word much rarer than another.</summary>
    private const float MuchRarer = 1.5f;

    /// <summary>Shorter words resemble each other by chance.</summary>
    private const int ShortestResembling = 5;

    /// <summary>What a part is worth for a word made of several (Kirche for Dorfkirche), or that word for its part.</summary>
    private const double SameCompound = 0.6;

    /// <summary>Letters that what a compound has beside a part has at least; less is an ending.</summary>
    private const int ShortestOtherPart = 3;

    private readonly IReadOnlyList<QuestionTerm> terms;
    private readonly float[]?[] vectors;
    private readonly bool isEnglish;
    private readonly bool hasCompounds;
    private readonly Dictionary<string, double[]> known = new(StringComparer.Ordinal);

    public TermAffinity(QuestionAnalysis question)
    {
        terms = question.Terms;
        isEnglish = (question.Language ?? "en") == "en";
        hasCompounds = question.Language is "de" or "nl" or "sv" or "da" or "no" or "nb" or "nn" or "fi" or "hu";
        vectors = [.. terms.Select(term => VectorOf(term.Term))];
    }

    /// <summary>Raises <paramref name="best"/>, one value per question term, to what <paramref name="term"/> is worth for each.</summary>
    public void Raise(double[] best, string term, double factor = 1)
    {
        if (!known.TryGetValue(term, out var affinities))
        {
            known[term] = affinities = Compute(term);
        }

        for (var i = 0; i < best.Length; i++)
        {
            best[i] = Math.Max(best[i], factor * affinities[i]);
        }
    }

    private double[] Compute(string term)
    {
        var affinities = new double[terms.Count];
        float[]? vector = null;
        for (var i = 0; i < affinities.Length; i++)
        {
            if (terms[i].Term == term)
            {
                affinities[i] = 1;
            }
            else if (isEnglish && StanceWords.Answer(terms[i].Term, term))
            {
                affinities[i] = StanceWords.Affinity;
            }
            else if (vectors[i] is { } wanted && (vector ??= VectorOf(term)) is not null)
            {
                var cosine = TensorPrimitives.Dot<float>(wanted, vector);
                affinities[i] = terms[i].IsName && cosine < SameName
                    ? 0
                    : BestStandIn * Math.Clamp((cosine - Unrelated) / (Synonym - Unrelated), 0, 1);
                if (SharedStem(terms[i].Term, term))
                {
                    affinities[i] = Math.Max(affinities[i], SameFamily);
                }
            }
            else if (hasCompounds && IsPart(terms[i].Term, term))
            {
                affinities[i] = SameCompound;
            }
            else if (vectors[i] is null && Resemble(terms[i].Term, term))
            {
                affinities[i] = SameSpelling;
            }
        }

        return affinities;
    }

    /// <summary>
    /// Whether two terms are the same word with another ending or one slip of the pen. Asked only of words that the table does not
    /// know: of those it knows, it knows better.
    /// </summary>
    private static bool Resemble(string one, string other)
    {
        var shorter = Math.Min(one.Length, other.Length);
        var longer = Math.Max(one.Length, other.Length);
        if (shorter < ShortestResembling || longer - shorter > 3 || one.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return false;
        }

        if (SharedStem(one, other))
        {
            return true;
        }

        var prefix = one.AsSpan().CommonPrefixLength(other);
        // What is left after the common ends is the slip: one character too many, too few or another one, or two swapped.
        var suffix = 0;
        while (suffix < shorter - prefix && one[^(suffix + 1)] == other[^(suffix + 1)])
        {
            suffix++;
        }

        var left = longer - prefix - suffix;
        return left <= 1 || (left == 2 && one.Length == other.Length && one[prefix] == other[prefix + 1] && one[prefix + 1] == other[prefix]);
    }

    /// <summary>Whether one term begins or ends with the other and has another part beside it. The documents' own words are the dictionary.</summary>
    private static bool IsPart(string one, string other)
    {
        var (part, whole) = one.Length < other.Length ? (one, other) : (other, one);
        return part.Length >= ShortestResembling && whole.Length - part.Length >= ShortestOtherPart
            && (whole.EndsWith(part, StringComparison.Ordinal) || whole.StartsWith(part, StringComparison.Ordinal));
    }

    /// <summary>Whether two terms begin alike for three quarters of the longer one.</summary>
    private static bool SharedStem(string one, string other) =>
        one.AsSpan().CommonPrefixLength(other) is var prefix && prefix >= ShortestResembling && prefix >= 0.75 * Math.Max(one.Length, other.Length);

    private float[]? VectorOf(string term) => isEnglish ? Lexicon.Shared.VectorOf(WithoutDegree(term)) : null;

    /// <summary>
    /// A rare comparative or superlative means what its adjective means (tougher, hardest); the stemmer leaves it as it is. A word
    /// that only looks like one (minister, tower) is not much rarer than what stands before its ending, or nothing stands there.
    /// </summary>
    private static string WithoutDegree(string term)
    {
        var ending = term.EndsWith("est", StringComparison.Ordinal) ? 3 : term.EndsWith("er", StringComparison.Ordinal) ? 2 : 0;
        if (ending == 0 || term.Length - ending < ShortestAdjective)
        {
            return term;
        }

        var lexicon = Lexicon.Shared;
        return lexicon.Idf(term[..^ending]) <= lexicon.Idf(term) - MuchRarer ? term[..^ending] : term;
    }
}
