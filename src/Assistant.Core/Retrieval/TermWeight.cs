using Assistant.Core.Embeddings;
using Assistant.Core.Text;

namespace Assistant.Core.Retrieval;

/// <summary>How much a word tells passages apart.</summary>
internal static class TermWeight
{
    /// <summary>
    /// The product of the word's rarity in the corpus and its rarity in general English, each from 0 to 1. In a corpus about one
    /// topic the words of the topic stand everywhere and weigh little; in general English empty words do.
    /// </summary>
    /// <param name="term">The term.</param>
    /// <param name="documentFrequency">In how many passages of the corpus it occurs.</param>
    /// <param name="passageCount">Passages of the corpus.</param>
    /// <param name="language">Language of the question; rarity in general English says nothing of other languages' words.</param>
    public static double Of(string term, int documentFrequency, int passageCount, string? language)
    {
        var corpus = Math.Log(1 + (passageCount - documentFrequency + 0.5) / (documentFrequency + 0.5))
            / Math.Log(1 + (passageCount + 0.5) / 0.5);
        var lexicon = Lexicon.Shared;
        var general = LanguageRules.IsEnglish(language) ? Math.Clamp(lexicon.Idf(term) / lexicon.UnknownIdf, 0.05, 1) : 1;
        return Math.Clamp(corpus, 0.01, 1) * general * LightWords.Weight(term, language);
    }
}
