using System.Collections.Frozen;
using Assistant.Core.Text;

namespace Assistant.Core.Answering.Entailment;

/// <summary>Small words that carry the weight of a statement, in one language. A language without a list is checked by its other words alone.</summary>
internal sealed class EntailmentWords
{
    private static readonly EntailmentWords None = new("", "", "", "", "");

    private static readonly Dictionary<string, EntailmentWords> ByLanguage = new(StringComparer.Ordinal)
    {
        ["en"] = new(
            negations: """
                not no never none neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt shouldnt couldnt hasnt
                havent hadnt non nothing nobody nowhere hardly barely fail fails failed failing refuse refuses refused refusing reject rejects
                rejected rejecting deny denies denied lack lacks lacked lacking unlikely halt halted stop stopped prevent prevents prevented
                """,
            strong: """
                all every each everyone always only must shall will never most both entire entirely completely fully definitely certainly
                before after first last more less fewer than until since under over above below against unanimously exclusively
                """,
            hedges: "may might could possibly perhaps potentially possible potential",
            framing: """
                document documents article text passage passages source sources say says said state states stated stating mention mentions mentioned
                describe describes described note notes noted according accord include includes included including also report reports reported
                """,
            clauses: "but while although though whereas because however unless if"),
        ["de"] = new(
            "nicht kein keine keinen keinem keiner keines nie niemals niemand ohne weder noch nichts kaum lehnt ablehnt lehnte lehnten verweigert",
            "alle allen jeder jede jedes immer nur muss müssen wird werden meisten beide vor nach zuerst zuletzt mehr weniger gegen",
            "könnte könnten möglicherweise vielleicht eventuell dürfte",
            "dokument dokumente artikel text laut sagt sagen besagt heißt erwähnt beschreibt",
            "aber während obwohl weil jedoch sondern wenn"),
        ["fr"] = new(
            "ne n pas jamais aucun aucune sans ni rien personne guère refuse refusé rejette rejeté",
            "tous toutes tout chaque toujours seulement doit doivent plupart avant après plus moins contre",
            "pourrait pourraient peut peuvent peut-être éventuellement",
            "document documents article texte selon dit disent mentionne décrit",
            "mais alors tandis quoique parce cependant si"),
        ["es"] = new(
            "no nunca ningún ninguno ninguna sin ni nada nadie apenas rechaza rechazó niega negó",
            "todos todas todo cada siempre solo sólo debe deben mayoría antes después más menos contra",
            "podría podrían puede pueden quizás quizá posiblemente",
            "documento documentos artículo texto según dice dicen menciona describe",
            "pero mientras aunque porque sino si"),
        ["ru"] = new(
            "не нет никогда никто ничто без ни нельзя никакой никаких отказался отказалась отказались отверг отвергли отрицает",
            "все всех каждый каждая всегда только должен должны будет будут большинство до после больше меньше против",
            "может могут возможно вероятно",
            "документ документы статья текст согласно говорит говорится сказано указано",
            "но хотя потому однако если"),
    };

    private EntailmentWords(string negations, string strong, string hedges, string framing, string clauses)
    {
        Negations = Fold(negations);
        Strong = Fold(strong);
        Hedges = Fold(hedges);
        Framing = Fold(framing);
        Clauses = Fold(clauses);
    }

    /// <summary>Words that turn a statement into its opposite.</summary>
    public FrozenSet<string> Negations { get; }

    /// <summary>Words that must stand in the source, though they are too common to be searched: all, only, before.</summary>
    public FrozenSet<string> Strong { get; }

    /// <summary>Words that leave open whether something is so.</summary>
    public FrozenSet<string> Hedges { get; }

    /// <summary>Words by which a text speaks of its source and that say nothing themselves.</summary>
    public FrozenSet<string> Framing { get; }

    /// <summary>Words that begin another statement within a sentence.</summary>
    public FrozenSet<string> Clauses { get; }

    public static EntailmentWords For(string? language) => ByLanguage.GetValueOrDefault(language ?? "en", None);

    private static FrozenSet<string> Fold(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => new FoldedText(word).Text).ToFrozenSet(StringComparer.Ordinal);
}
