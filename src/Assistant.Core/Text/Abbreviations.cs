using System.Collections.Frozen;

namespace Assistant.Core.Text;

/// <summary>What the full stop of an abbreviation says about the end of the sentence.</summary>
internal enum AbbreviationKind
{
    /// <summary>Not an abbreviation.</summary>
    None,

    /// <summary>Something always follows in the same sentence: e.g., vs., z.B.</summary>
    Inner,

    /// <summary>Stands before a name when it begins with a capital: Dr., Gen.</summary>
    Title,

    /// <summary>Stands before a number, else it is a word or ends the sentence: No. 5, Fig. 2, Oct. 3.</summary>
    Numbered,

    /// <summary>May end the sentence, which then shows in the word that follows: Inc., etc., a.m.</summary>
    Ending,
}

/// <summary>Abbreviations and the words that tell what their full stops mean, in English, German, Russian, French, Spanish and Italian.</summary>
internal static class Abbreviations
{
    private static readonly FrozenDictionary<string, AbbreviationKind> Kinds = Table(
        (AbbreviationKind.Inner, """
            e.g i.e eg cf vs viz approx incl excl resp esp f.e
            z.b d.h d.i u.u u.u.a bzw ggf evtl vgl sog sogen zzgl inkl exkl ehem geb gest bspw insb insbes einschl
            т.е т.к т.н напр ул просп рис проф акад доц тов род ум англ нем лат
            p.ex p.ej pág págs núm
            """),
        (AbbreviationKind.Title, """
            mr mrs ms messrs mx dr prof st ste mt ft hon rev fr sen rep gov gen col maj capt cpt lt sgt cpl pvt adm cmdr pres supt insp
            hr dipl ing sra srta mme mlle dott gebr frhr
            """),
        (AbbreviationKind.Numbered, """
            no nos nr nrn num fig figs eq eqs eqn ref refs vol vols pp pg pt ch chap sec sect para art bd abs abb abschn kap tab anm
            ziff str n° гл табл илл п пп ст ч т тт op cit jg ser ver rev ed ext approx circa lfd ca стр
            jan feb mar apr jun jul aug sep sept oct nov dec mär mai okt dez янв февр фев апр авг сент сен окт нояб ноя дек
            """),
        (AbbreviationKind.Ending, """
            inc ltd co corp bros llc plc jr sr esq etc al ph.d m.d b.a m.a b.c a.d b.c.e c.e a.m p.m d.c u.s u.s.a u.k u.n e.u
            usw u.a o.ä o.g u.ä i.d.r e.v n.chr jh jhd mio mrd std min
            т.д т.п др г гг в вв тыс млн млрд руб коп н.э до.н.э кг км мм ча мин сек чел экз обл им см ок св ген
            """));

    private static readonly FrozenSet<string> Openers = Words("""
        the this that these those there it its in on at by for from with as to of a an he she they we you his her their our my
        but and however nor although though while when where what who why how if after before since during then thus therefore
        moreover furthermore meanwhile also another other some many most all both each every no not one two three several
        according because despite later today yesterday now here so yet once only such under over between
        der die das dies diese dieser dieses ein eine einer eines er sie es wir ihr man im in am an auf aus bei mit nach seit vor
        zu zum zur für durch über unter als wenn weil da dann doch aber und oder auch so nur noch bis ab während jedoch
        danach dabei dazu daher damit dort hier heute sein seine seinen ihre ihren viele einige alle beide
        в во на он она оно они это эти этот эта из за к ко с со по о об от до для при после перед но а и или если когда где как
        что кто однако также поэтому затем потом тогда там здесь его её их мы вы я не все многие некоторые так через
        les il elle ils elles ce cette ces mais où dans pour avec après avant depuis
        este esta estos estas pero según después gli questo questa questi nel nella dopo
        """);

    private static readonly FrozenSet<string> GermanArticles = Words("""
        am der den dem des die das vom zum zur im ins ans beim ab bis seit und ein eine einem einen einer eines dieser diesem jeder jedem ihr ihrem
        sein seinem seiner ihrer unser unserem
        """);

    public static AbbreviationKind Find(ReadOnlySpan<char> word) =>
        Kinds.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var kind) ? kind : AbbreviationKind.None;

    /// <summary>Whether the word is one that sentences often begin with.</summary>
    public static bool OpensSentences(ReadOnlySpan<char> word) => Openers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether an ordinal may follow the word: “am 3. Oktober”, “der 2. Weltkrieg”.</summary>
    public static bool IsGermanArticle(ReadOnlySpan<char> word) => GermanArticles.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static FrozenSet<string> Words(string list) => List(list).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static string[] List(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static FrozenDictionary<string, AbbreviationKind> Table(params (AbbreviationKind Kind, string Words)[] groups)
    {
        Dictionary<string, AbbreviationKind> kinds = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (kind, words) in groups)
        {
            foreach (var word in List(words))
            {
                kinds[word] = kind;
            }
        }

        return kinds.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
