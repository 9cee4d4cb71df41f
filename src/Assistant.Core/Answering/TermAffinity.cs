using System.Numerics.Tensors;
using Assistant.Core.Embeddings;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>How well words of a text stand for the words of one question: 1 for the same term, less for a related one, else 0.</summary>
internal sealed class TermAffinity
{
    /// <summary>Cosine from which two words are related at all: unrelated pairs of the built-in table stay below it.</summary>
    private const float Unrelated = 0.35f;

    /// <summary>Cosine from which a word is as good a stand-in as a word can be.</summary>
    private const float Synonym = 0.75f;

    /// <summary>What the best stand-in is worth beside the word itself.</summary>
    private const double BestStandIn = 0.8;

    private readonly IReadOnlyList<QuestionTerm> terms;
    private readonly float[]?[] vectors;
    private readonly Dictionary<string, double[]> known = new(StringComparer.Ordinal);

    public TermAffinity(IReadOnlyList<QuestionTerm> terms)
    {
        this.terms = terms;
        vectors = [.. terms.Select(term => term.IsName ? null : VectorOf(term.Term))];
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
            else if (vectors[i] is { } wanted && (vector ??= VectorOf(term) ?? []) is { Length: > 0 })
            {
                var cosine = TensorPrimitives.Dot<float>(wanted, vector);
                affinities[i] = BestStandIn * Math.Clamp((cosine - Unrelated) / (Synonym - Unrelated), 0, 1);
            }
        }

        return affinities;
    }

    private static float[]? VectorOf(string term)
    {
        var vector = new float[Lexicon.Shared.Dimensions];
        return Lexicon.Shared.TryGetVector(term, vector) ? vector : null;
    }
}
