using System.Collections.Concurrent;
using Assistant.Core.Embeddings;

namespace Assistant.Core.Retrieval;

/// <summary>
/// A term with what is known of it whatever is asked. Passages keep words instead of strings: a question looks at thousands of them,
/// and a word knows its hash and its vector already. Two words are equal when their terms are. Thread-safe.
/// </summary>
internal sealed class Word : IEquatable<Word>
{
    /// <summary>Words that passages share, more than the vocabulary of the passages that an index keeps in memory; then they are collected anew.</summary>
    private const int MostShared = 65_536;

    /// <summary>Letters an adjective has at least before it is compared.</summary>
    private const int ShortestAdjective = 4;

    /// <summary>Difference in inverse document frequency (natural logarithm) that makes a word much rarer than another.</summary>
    private const float MuchRarer = 1.5f;

    private static readonly ConcurrentDictionary<string, Word> Shared = new(StringComparer.Ordinal);

    /// <summary>Stands for the vector of a word that the table does not know.</summary>
    private static readonly float[] NoVector = [];

    private readonly int hash;
    private float[]? vector;

    private Word(string term)
    {
        Term = term;
        hash = term.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>The term as the analyzer gives it.</summary>
    public string Term { get; }

    /// <summary>Its meaning in English, of length 1; null when the built-in table does not know it. Shared, not to be written to.</summary>
    public float[]? EnglishVector
    {
        get
        {
            vector ??= Lexicon.Shared.VectorOf(WithoutDegree(Term)) ?? NoVector;
            return vector.Length == 0 ? null : vector;
        }
    }

    /// <summary>The word for a term.</summary>
    public static Word Of(string term)
    {
        if (Shared.TryGetValue(term, out var known))
        {
            return known;
        }

        if (Shared.Count >= MostShared)
        {
            Shared.Clear();
        }

        return Shared.GetOrAdd(term, new Word(term));
    }

    /// <summary>The words for terms, in their order.</summary>
    public static Word[] AllOf(IEnumerable<string> terms) => [.. terms.Select(Of)];

    public bool Equals(Word? other) =>
        ReferenceEquals(this, other) || (other is not null && hash == other.hash && Term == other.Term);

    public override bool Equals(object? obj) => Equals(obj as Word);

    public override int GetHashCode() => hash;

    public override string ToString() => Term;

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
