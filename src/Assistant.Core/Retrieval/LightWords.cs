using System.Collections.Frozen;
using Assistant.Core.Text;

namespace Assistant.Core.Retrieval;

/// <summary>
/// Words that carry little of a question's meaning though they are rare enough: light verbs, vague adjectives and adverbs, and
/// shell nouns (“thing”, “step”, “way”), which stand for what the answer says in words of its own. A language without a list has none.
/// </summary>
internal static class LightWords
{
    /// <summary>What such a word counts beside another one.</summary>
    public const double Factor = 0.25;

    private static readonly FrozenSet<string> English = Stems(
        """
        make made take took get got give gave keep kept let put set go went come came happen happens become became be look
        need wish hope try tried know knew mean meant seem appear call show find found use hold held
        carry bring brought turn move stand stay remain start begin began end stop work help talk speak discuss answer reply ask
        say tell concern involve relate regard
        thing way kind sort type step point issue matter idea aim goal part side camp group person people everyone everybody someone
        anyone anybody anything something nothing everything piece case fact detail role place effect
        result reason example aspect element feature area field level list name word question topic subject
        good bad big small great large little new old main key important major different various certain possible likely able
        still even ever never always often already yet really actually exactly particularly especially together alone instead
        first last next early late soon long
        """, "en");

    /// <summary>What a term counts, 0 to 1.</summary>
    public static double Weight(string term, string? language) =>
        (language ?? "en") == "en" && English.Contains(term) ? Factor : 1;

    private static FrozenSet<string> Stems(string words, string language) =>
        TextAnalyzer.Words(words, language).Select(word => word.Term).ToFrozenSet(StringComparer.Ordinal);
}
