using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Assistant.Core.Text;

namespace Assistant.Core.Retrieval;

/// <summary>What kind of answer a question expects.</summary>
internal enum AnswerType
{
    /// <summary>Nothing that its form tells.</summary>
    Any,

    /// <summary>A number, share or amount: how many, how much, what percentage.</summary>
    Quantity,

    /// <summary>A point in time: when, which year.</summary>
    Time,

    /// <summary>A reason: why.</summary>
    Reason,

    /// <summary>A person, body or place: who, where.</summary>
    Name,

    /// <summary>Several things: list, which … are there.</summary>
    List,
}

/// <summary>Tells the expected answer by the question's form, and whether a sentence holds one. Languages that are not in the tables expect anything.</summary>
internal static partial class AnswerTypes
{
    private static readonly Dictionary<string, (Regex Quantity, Regex Time, Regex Reason, Regex Name, Regex List)> Questions = new(StringComparer.Ordinal)
    {
        ["en"] = (EnglishQuantity(), EnglishTime(), EnglishReason(), EnglishName(), EnglishList()),
        ["de"] = (GermanQuantity(), GermanTime(), GermanReason(), GermanName(), GermanList()),
        ["ru"] = (RussianQuantity(), RussianTime(), RussianReason(), RussianName(), RussianList()),
        ["fr"] = (FrenchQuantity(), FrenchTime(), FrenchReason(), FrenchName(), FrenchList()),
        ["es"] = (SpanishQuantity(), SpanishTime(), SpanishReason(), SpanishName(), SpanishList()),
    };

    private static readonly FrozenDictionary<string, FrozenSet<string>> QuestionWords = new Dictionary<string, string>
    {
        ["en"] = "many much list tell explain describe mention article document text according say said please summarize",
        ["de"] = "viel vielen laut Text heißt heiß lautet nenne nennen Artikel Dokument beschreibe beschreiben erkläre erklären erwähnt bitte",
        ["ru"] = "назовите называть называется текст текста согласно зовут статья статье документ опишите объясните перечислите расскажите пожалуйста",
        ["fr"] = "texte article document selon décris décrivez explique expliquez énumère énumérez nomme nommez mentionné",
        ["es"] = "texto artículo documento según describe describa explica explique enumera enumere mencionado",
    }.ToFrozenDictionary(
        entry => entry.Key,
        entry => TextAnalyzer.Words(entry.Value, entry.Key).Select(word => word.Term).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>The kind of answer that <paramref name="question"/> expects.</summary>
    public static AnswerType Of(string question, string? language)
    {
        if (!Questions.TryGetValue(language ?? "en", out var forms))
        {
            return AnswerType.Any;
        }

        return forms.Quantity.IsMatch(question) ? AnswerType.Quantity
            : forms.Time.IsMatch(question) ? AnswerType.Time
            : forms.Reason.IsMatch(question) ? AnswerType.Reason
            : forms.List.IsMatch(question) ? AnswerType.List
            : forms.Name.IsMatch(question) ? AnswerType.Name
            : AnswerType.Any;
    }

    /// <summary>Whether a term only gives the question its form and says nothing of its topic.</summary>
    public static bool IsQuestionWord(string term, string? language) =>
        QuestionWords.TryGetValue(language ?? "en", out var words) && words.Contains(term);

    /// <summary>Whether a sentence holds what a question of this type asks for; true for the types that no form of words tells.</summary>
    public static bool Holds(AnswerType type, string sentence) => type switch
    {
        AnswerType.Quantity => Number().IsMatch(sentence),
        AnswerType.Time => Number().IsMatch(sentence) || TimeWord().IsMatch(sentence),
        AnswerType.Reason => ReasonWord().IsMatch(sentence),
        _ => true,
    };

    [GeneratedRegex(@"\bhow (many|much|large|big|high|tall|far|old|heavy|fast|wide|deep|often)\b|\b(what|which) (is the |was the |were the |are the )?(\w+ )?(number|percentage|percent|share|amount|price|cost|budget|population|size|rate|score|figure|sum|total|salary|wage|fee|height|depth|length|width|temperature)\b|\bwhat (do|does|did|will|would|should) .+ (cost|charge|earn|weigh)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EnglishQuantity();

    [GeneratedRegex(@"^\W*when\b|\b(in |on |at |by )?(what|which) (year|date|day|month|century|decade|time|hour)\b|\bhow (long|soon)\b|^\W*since when\b|\b(and|but) when\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EnglishTime();

    [GeneratedRegex(@"\bwhy\b|\bwhat (is|was|are|were) the (reason|cause)|\bfor what reason\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EnglishReason();

    [GeneratedRegex(@"^\W*(list|name|enumerate|summari[sz]e|outline)\b|\bwhat (are|were)\b|\bwhich \w+s\b|\bwhat (\w+ )?(kinds|types|sorts|forms|ways|options|proposals|views|positions|steps|ideas|measures|elements|areas|reasons|examples)\b|\bwho wants what\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EnglishList();

    [GeneratedRegex(@"^\W*(who|whom|whose|where)\b|\b(in|by|to|with|from|at) (whom|where)\b|\b(and|but) (who|where)\b|\b(what|which) (\w+ )?(person|man|woman|city|town|village|country|place|company|firm|organi[sz]ation|team|university|river|state|author|actor|king|queen|president|minister|chancellor|chairman|chair|leader|director|founder|mayor|ambassador|secretary|general|judge|architect|engineer|mediator|contractor|supplier|manufacturer|brand|bank|hotel|newspaper|magazine|agency|ministry|party)\b|\bnames? of (the|a|an)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EnglishName();

    [GeneratedRegex(@"\bwie ?viele?\b|\bwie (hoch|groß|alt|weit|schnell|lang)\b|\bwelche[rn]? (anzahl|prozentsatz|anteil|betrag|preis)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GermanQuantity();

    [GeneratedRegex(@"^\W*wann\b|\b(seit|bis|ab) wann\b|\bin welchem (jahr|monat|jahrhundert)|\ban welchem (tag|datum)|\bwie lange\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GermanTime();

    [GeneratedRegex(@"\b(warum|weshalb|wieso|aus welchem grund)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GermanReason();

    [GeneratedRegex(@"^\W*(nenne|liste)\b|^\W*was sind\b|\bwelche \w+en\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GermanList();

    [GeneratedRegex(@"^\W*(wer|wen|wem|wessen|wo|woher|wohin)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GermanName();

    [GeneratedRegex(@"\bсколько\b|\bкаков[аоы]? (число|количество|доля|цена|процент)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RussianQuantity();

    [GeneratedRegex(@"^\W*когда\b|\bв каком (году|месяце|веке)\b|\bв какой день\b|\bкак долго\b|\bкакого числа\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RussianTime();

    [GeneratedRegex(@"\b(почему|зачем|отчего|по какой причине)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RussianReason();

    [GeneratedRegex(@"^\W*(перечислите|назовите)\b|\bкакие\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RussianList();

    [GeneratedRegex(@"^\W*(кто|кого|кому|кем|где|куда|откуда)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RussianName();

    [GeneratedRegex(@"\bcombien\b|\bquel(le)? (est |était )?(le |la )?(nombre|pourcentage|montant|prix|taux|coût)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FrenchQuantity();

    [GeneratedRegex(@"\bquand\b|\ben quelle année\b|\bà quelle date\b|\bdepuis quand\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FrenchTime();

    [GeneratedRegex(@"\bpourquoi\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FrenchReason();

    [GeneratedRegex(@"^\W*(liste[rz]?|nomme[rz]?|énumère[rz]?)\b|\bquel(le)?s (sont|étaient)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FrenchList();

    [GeneratedRegex(@"^\W*(qui|où)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FrenchName();

    [GeneratedRegex(@"\bcuánt[oa]s?\b|\bqué (número|porcentaje|cantidad|precio)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpanishQuantity();

    [GeneratedRegex(@"\bcuándo\b|\ben qué (año|mes|siglo|fecha)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpanishTime();

    [GeneratedRegex(@"\bpor qué\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpanishReason();

    [GeneratedRegex(@"^\W*(enumera|nombra)\b|\bcuáles son\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpanishList();

    [GeneratedRegex(@"^\W*(quién|quiénes|dónde)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpanishName();

    [GeneratedRegex(@"\b(because|since|due|so that|in order|therefore|thus|reasons?|caus\w+|argu\w+|owing|thanks|as a result|to (avoid|ensure|prevent|allow|protect|reduce)|weil|denn|da|deshalb|daher|aufgrund|wegen|damit|потому|поскольку|так как|из-за|чтобы|поэтому|причин\w+|parce|car|afin|grâce|porque|debido|para que)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReasonWord();

    /// <summary>A digit, or a number in words; “one” is left out, it is a pronoun far more often.</summary>
    [GeneratedRegex(@"\p{N}|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?|trillions?|half|twice|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hundert|tausend|millionen?|milliarden?|два|две|двух|три|трёх|трех|четыре|пять|шесть|семь|восемь|девять|десять|сто|тысяч\w*|миллион\w*|миллиард\w*|deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|cien|mil)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    /// <summary>A word that tells a time; not a part of a compound (“multi-year”).</summary>
    [GeneratedRegex(@"(?<![\w-])(january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|yesterday|spring|summer|autumn|winter|century|decade|years?|months?|weeks?|days?|hours?|minutes?|januar|februar|märz|mai|juni|juli|oktober|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|heute|morgen|gestern|jahr\w*|monat\w*|woche\w*|tage?n?|jahrhundert\w*|январ\w+|феврал\w+|март\w*|апрел\w+|ма[йя]|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+|ноябр\w+|декабр\w+|год\w*|лет|месяц\w*|недел\w+|дн\w+|век\w*|janvier|février|mars|avril|juin|juillet|août|octobre|novembre|décembre|an|ans|année\w*|mois|semaine\w*|jours?|siècle\w*|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|años?|mes(es)?|semanas?|días?|siglos?)(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TimeWord();
}
