using System.Collections.Frozen;
using System.Numerics.Tensors;
using Assistant.Core.Embeddings;
using Assistant.Core.Text;

namespace Assistant.Core.Answering.Entailment;

/// <summary>Whether a word of a source stands for a word of a claim.</summary>
internal static class TermSupport
{
    /// <summary>Letters that two words of one family begin with alike.</summary>
    private const int ShortestFamily = 5;

    /// <summary>Letters of an ending that one word of a family has and the other has not.</summary>
    private const int LongestEnding = 4;

    /// <summary>
    /// Cosine from which a word of the built-in table stands for another. Opposites stay far below (support and oppose 0.2); closest
    /// synonyms reach it (approve and endorse 0.84), and so do neighbours in a row, which are left out by name.
    /// </summary>
    private const float Synonym = 0.8f;

    private static readonly FrozenSet<string> NameEndings = Words(" n an ian s i ish es");

    private static readonly FrozenSet<string> Endings = Words(" e t c ce ci cy nt nc tion ion iv ive ing or er al ic ian y i at ate ment ness iti abl ibl ism ist ous r d");

    private static readonly FrozenSet<string> InARow = Words(
        "north south east west northern southern eastern western left right upper lower top bottom spring summer autumn fall winter morning noon evening night "
        + "red blue green yellow black white brown metr mile kilometr foot feet inch litr gallon gram kilogram pound ton second minut hour day week month year");

    public static bool Stands(ContentWord claimed, ContentWord known, string? language)
    {
        if (claimed.Term == known.Term || claimed.Folded == known.Folded)
        {
            return true;
        }

        if (HasDigit(claimed.Surface) || HasDigit(known.Surface))
        {
            return false;
        }

        // The first word of a sentence may be a name too, and a name has no synonym.
        var mayBeNames = char.IsUpper(claimed.Surface[0]) || char.IsUpper(known.Surface[0]);
        return IsOfOneFamily(claimed.Term, known.Term, claimed.IsName || known.IsName)
            || (!mayBeNames && LanguageRules.IsEnglish(language) && !InARow.Contains(claimed.Term) && Cosine(claimed.Term, known.Term) >= Synonym);
    }

    private static bool IsOfOneFamily(string one, string other, bool areNames)
    {
        var common = one.AsSpan().CommonPrefixLength(other);
        if (common < ShortestFamily || one.Length - common > LongestEnding || other.Length - common > LongestEnding)
        {
            return false;
        }

        var endings = areNames ? NameEndings : Endings;
        return endings.Contains(one[common..]) && endings.Contains(other[common..]);
    }

    private static float Cosine(string one, string other) =>
        Lexicon.Shared.VectorOf(one) is { } vector && Lexicon.Shared.VectorOf(other) is { } otherVector
            ? TensorPrimitives.Dot<float>(vector, otherVector)
            : 0;

    private static bool HasDigit(string word) => word.AsSpan().ContainsAnyInRange('0', '9');

    /// <summary>Separated by single spaces; a leading one is the empty word.</summary>
    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
