using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Assistant.Core.Text;

namespace Assistant.Core.Retrieval;

/// <summary>
/// How well words of a text stand for the words of one question: 1 for the same term, less for a related one, else 0. A word is
/// compared once and known by a number from then on, for passages and sentences alike. Used by one caller at a time.
/// </summary>
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

    /// <summary>Shorter words resemble each other by chance.</summary>
    private const int ShortestResembling = 5;

    /// <summary>What a part is worth for a word made of several (Kirche for Dorfkirche), or that word for its part.</summary>
    private const double SameCompound = 0.6;

    /// <summary>Letters that what a compound has beside a part has at least; less is an ending.</summary>
    private const int ShortestOtherPart = 3;

    /// <summary>About as many words as the candidates for a question have.</summary>
    private const int ExpectedWords = 2048;

    private readonly QuestionTerm[] terms;
    private readonly float[]?[] vectors;
    private readonly bool[] asksForStance;
    private readonly bool hasCompounds;
    private readonly Dictionary<Word, int> numbers = new(ExpectedWords);
    private readonly List<Word> words = new(ExpectedWords);
    private readonly List<double[]?> standIns = new(ExpectedWords);

    public TermAffinity(QuestionAnalysis question)
    {
        terms = [.. question.Terms];
        var isEnglish = LanguageRules.IsEnglish(question.Language);
        hasCompounds = question.Language is "de" or "nl" or "sv" or "da" or "no" or "nb" or "nn" or "fi" or "hu";
        var own = Word.AllOf(terms.Select(term => term.Term));
        vectors = [.. own.Select(word => isEnglish ? word.EnglishVector : null)];
        asksForStance = [.. terms.Select(term => isEnglish && StanceWords.Ask(term.Term))];
        foreach (var word in own)
        {
            NumberOf(word);
        }
    }

    /// <summary>Words that have a number.</summary>
    public int Count => words.Count;

    /// <summary>
    /// The number by which a word is known here. The question's terms have the first ones: a number that is less than their count
    /// is the place of that term.
    /// </summary>
    public int NumberOf(Word word)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, word, out var isKnown);
        if (!isKnown)
        {
            number = words.Count;
            words.Add(word);
            standIns.Add(Compute(word, number));
        }

        return number;
    }

    /// <summary>The numbers of words, in their order.</summary>
    public int[] NumbersOf(Word[] given)
    {
        var found = new int[given.Length];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = NumberOf(given[i]);
        }

        return found;
    }

    /// <summary>The word with a number.</summary>
    public Word WordAt(int number) => words[number];

    /// <summary>What a word is worth for each question term; null for the most of them, which have nothing to do with the question.</summary>
    public double[]? StandIns(int number) => standIns[number];

    /// <summary>Raises <paramref name="best"/>, one value per question term, to what the word with a number is worth for each.</summary>
    public void Raise(double[] best, int number, double factor = 1)
    {
        if (standIns[number] is not { } worth)
        {
            return;
        }

        for (var i = 0; i < best.Length; i++)
        {
            best[i] = Math.Max(best[i], factor * worth[i]);
        }
    }

    private double[]? Compute(Word word, int number)
    {
        double[]? worth = null;
        for (var i = 0; i < terms.Length; i++)
        {
            var value = i == number ? 1 : StandIn(i, word);
            if (value > 0)
            {
                worth ??= new double[terms.Length];
                worth[i] = value;
            }
        }

        return worth;
    }

    /// <summary>What another word is worth for a question term.</summary>
    private double StandIn(int term, Word word)
    {
        if (asksForStance[term] && StanceWords.Tell(word.Term))
        {
            return StanceWords.Affinity;
        }

        if (vectors[term] is not { } wanted)
        {
            var asked = terms[term].Term;
            return hasCompounds && IsPart(asked, word.Term) ? SameCompound
                : Resemble(asked, word.Term) ? SameSpelling
                : 0;
        }

        if (word.EnglishVector is not { } vector)
        {
            return 0;
        }

        var cosine = TensorPrimitives.Dot<float>(wanted, vector);
        var related = terms[term].IsName && cosine < SameName
            ? 0
            : BestStandIn * Math.Clamp((cosine - Unrelated) / (Synonym - Unrelated), 0, 1);
        return related < SameFamily && SharedStem(terms[term].Term, word.Term) ? SameFamily : related;
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
        // What is left after the common ends is the slip: one character too many, too few or another one, or one that stands elsewhere (Ghandi).
        var suffix = 0;
        while (suffix < shorter - prefix && one[^(suffix + 1)] == other[^(suffix + 1)])
        {
            suffix++;
        }

        var left = longer - prefix - suffix;
        return left <= 1 || (one.Length == other.Length && (IsMoved(one.AsSpan(prefix, left), other.AsSpan(prefix, left)) || IsMoved(other.AsSpan(prefix, left), one.AsSpan(prefix, left))));
    }

    /// <summary>Whether one is the other with its first character at the end.</summary>
    private static bool IsMoved(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one[0] == other[^1] && one[1..].SequenceEqual(other[..^1]);

    /// <summary>Whether one term begins or ends with the other and has another part beside it. The documents' own words are the dictionary.</summary>
    private static bool IsPart(string one, string other)
    {
        var (part, whole) = one.Length < other.Length ? (one, other) : (other, one);
        return part.Length >= ShortestResembling && whole.Length - part.Length >= ShortestOtherPart
            && (whole.EndsWith(part, StringComparison.Ordinal) || whole.StartsWith(part, StringComparison.Ordinal));
    }

    /// <summary>Whether two terms begin alike for three quarters of the longer one.</summary>
    private static bool SharedStem(string one, string other) =>
        one[0] == other[0] && one.AsSpan().CommonPrefixLength(other) is var prefix && prefix >= ShortestResembling && prefix >= 0.75 * Math.Max(one.Length, other.Length);
}
