using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Tartarus.Snowball;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace Assistant.Core.Text;

/// <summary>What the analyzer knows of one language: its stopwords and its Snowball stemmer.</summary>
internal sealed class LanguageRules
{
    /// <summary>Stems kept per language; a corpus beyond that is stemmed word by word, which is slower and nothing else.</summary>
    private const int MostStems = 100_000;

    private static readonly ConcurrentDictionary<string, LanguageRules> Loaded = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, string> stems = new(StringComparer.Ordinal);
    private readonly ThreadLocal<SnowballProgram>? stemmer;
    private readonly bool stemsFolded;

    private LanguageRules(FrozenSet<string> stopwords, Func<SnowballProgram>? createStemmer, bool stemsFolded)
    {
        Stopwords = stopwords;
        stemmer = createStemmer is null ? null : new ThreadLocal<SnowballProgram>(createStemmer);
        this.stemsFolded = stemsFolded;
    }

    /// <summary>Words that are not indexed, folded.</summary>
    public FrozenSet<string> Stopwords { get; }

    /// <summary>Whether the language is written without spaces, so that pairs of characters are its terms.</summary>
    public bool InPairs { get; private init; }

    /// <summary>Whether what stands before an apostrophe is an article or preposition (l'homme, dell'arte).</summary>
    public bool Elides { get; private init; }

    /// <summary>Whether a text is read as English: it is, or nobody can tell.</summary>
    public static bool IsEnglish(string? language) => language is null or "en";

    public static LanguageRules For(string? language) => Loaded.GetOrAdd(language ?? "en", Create);

    /// <summary>The stem of a word, folded.</summary>
    /// <param name="folded">The word, folded.</param>
    /// <param name="original">The word as it stands in the text; stemmers that know accented letters need it.</param>
    public string Stem(string folded, ReadOnlySpan<char> original)
    {
        if (stemmer is null)
        {
            return folded;
        }

        if (stemsFolded)
        {
            return Ascii.IsValid(folded) ? StemCached(folded, fold: false) : folded;
        }

        var word = original.IndexOfAny('\'', '\u2019', '\u02BC') >= 0
            ? folded
            : original.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return StemCached(word, fold: true);
    }

    private string StemCached(string word, bool fold)
    {
        if (stems.TryGetValue(word, out var known))
        {
            return known;
        }

        var program = stemmer!.Value!;
        program.SetCurrent(word);
        program.Stem();
        var stem = fold ? new FoldedText(program.Current).Text : program.Current;
        stem = stem.Length == 0 ? word : stem;
        if (stems.Count < MostStems)
        {
            stems[word] = stem;
        }

        return stem;
    }

    private static LanguageRules Create(string language) => language switch
    {
        "en" => new(EnglishStopwords(), () => new EnglishStemmer(), stemsFolded: true),
        "ca" => new(Fold(Lucene.Net.Analysis.Ca.CatalanAnalyzer.DefaultStopSet), () => new CatalanStemmer(), false) { Elides = true },
        "da" => new(Fold(Lucene.Net.Analysis.Da.DanishAnalyzer.DefaultStopSet, "hvem hvad hvor hvornår hvorfor hvordan hvilken hvilke"), () => new DanishStemmer(), false),
        "de" => new(Fold(Lucene.Net.Analysis.De.GermanAnalyzer.DefaultStopSet, "wer wen wem wessen wann warum wieso weshalb wieviel wieviele wozu woher wohin"), () => new GermanStemmer(), false),
        "es" => new(Fold(Lucene.Net.Analysis.Es.SpanishAnalyzer.DefaultStopSet, "qué quién quiénes cuándo dónde cómo cuánto cuántos cuánta cuántas cuál cuáles"), () => new SpanishStemmer(), false),
        "eu" => new(Fold(Lucene.Net.Analysis.Eu.BasqueAnalyzer.DefaultStopSet), () => new BasqueStemmer(), false),
        "fi" => new(Fold(Lucene.Net.Analysis.Fi.FinnishAnalyzer.DefaultStopSet), () => new FinnishStemmer(), false),
        "fr" => new(Fold(Lucene.Net.Analysis.Fr.FrenchAnalyzer.DefaultStopSet, "qui que quoi quel quelle quels quelles quand où pourquoi comment combien"), () => new FrenchStemmer(), false) { Elides = true },
        "ga" => new(Fold(Lucene.Net.Analysis.Ga.IrishAnalyzer.DefaultStopSet), () => new IrishStemmer(), false),
        "hu" => new(Fold(Lucene.Net.Analysis.Hu.HungarianAnalyzer.DefaultStopSet), () => new HungarianStemmer(), false),
        "hy" => new(Fold(Lucene.Net.Analysis.Hy.ArmenianAnalyzer.DefaultStopSet), () => new ArmenianStemmer(), false),
        "it" => new(Fold(Lucene.Net.Analysis.It.ItalianAnalyzer.DefaultStopSet, "chi che cosa quale quali quando dove perché come quanto quanti quanta quante"), () => new ItalianStemmer(), false) { Elides = true },
        "nl" => new(Fold(Lucene.Net.Analysis.Nl.DutchAnalyzer.DefaultStopSet, "wie wat welke welk wanneer waar waarom hoe hoeveel"), () => new DutchStemmer(), false),
        "no" or "nb" or "nn" => new(Fold(Lucene.Net.Analysis.No.NorwegianAnalyzer.DefaultStopSet), () => new NorwegianStemmer(), false),
        "pt" => new(Fold(Lucene.Net.Analysis.Pt.PortugueseAnalyzer.DefaultStopSet, "quem que qual quais quando onde porque como quanto quantos quanta quantas"), () => new PortugueseStemmer(), false),
        "ro" => new(Fold(Lucene.Net.Analysis.Ro.RomanianAnalyzer.DefaultStopSet), () => new RomanianStemmer(), false),
        "ru" => new(Fold(Lucene.Net.Analysis.Ru.RussianAnalyzer.DefaultStopSet, "кто кого кому кем что чего чему чем где когда почему зачем как какой какая какое какие каким какую каких сколько чей куда откуда"), () => new RussianStemmer(), false),
        "sv" => new(Fold(Lucene.Net.Analysis.Sv.SwedishAnalyzer.DefaultStopSet), () => new SwedishStemmer(), false),
        "tr" => new(Fold(Lucene.Net.Analysis.Tr.TurkishAnalyzer.DefaultStopSet), () => new TurkishStemmer(), false),
        "ar" => new(Fold(Lucene.Net.Analysis.Ar.ArabicAnalyzer.DefaultStopSet), null, false),
        "bg" => new(Fold(Lucene.Net.Analysis.Bg.BulgarianAnalyzer.DefaultStopSet), null, false),
        "cs" => new(Fold(Lucene.Net.Analysis.Cz.CzechAnalyzer.DefaultStopSet), null, false),
        "el" => new(Fold(Lucene.Net.Analysis.El.GreekAnalyzer.DefaultStopSet), null, false),
        "fa" => new(Fold(Lucene.Net.Analysis.Fa.PersianAnalyzer.DefaultStopSet), null, false),
        "hi" => new(Fold(Lucene.Net.Analysis.Hi.HindiAnalyzer.DefaultStopSet), null, false),
        "ja" or "zh" => new([], null, false) { InPairs = true },
        _ => new([], null, false),
    };

    private static FrozenSet<string> EnglishStopwords()
    {
        using var reader = new StreamReader(typeof(LanguageRules).Assembly.GetManifestResourceStream("Lexicon.stopwords.txt")!);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }

    private static FrozenSet<string> Fold(CharArraySet words, string questionWords = "") =>
        words.Concat(questionWords.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(word => new FoldedText(word).Text)
            .ToFrozenSet(StringComparer.Ordinal);
}
