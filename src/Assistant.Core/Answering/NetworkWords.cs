using System.Collections.Frozen;
using Assistant.Core.Documents;
using Assistant.Core.Embeddings;
using Assistant.Core.Text;

namespace Assistant.Core.Answering;

/// <summary>The words of a text as <see cref="AnswerNetwork"/> reads them, function words included.</summary>
internal sealed class NetworkWords
{
    /// <summary>Words of a question that are read.</summary>
    public const int InQuestion = 24;

    /// <summary>Words of a sentence that are read: few sentences have more, and those are lists.</summary>
    public const int InSentence = 100;

    private static readonly FrozenSet<string> Months = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December");

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly string text;
    private readonly TextSpan[] spans;

    private NetworkWords(string text, string? language, int most)
    {
        this.text = text;
        Language = language;
        var words = TextAnalyzer.Words(text, language);
        var isEnglish = LanguageRules.IsEnglish(language);
        Count = Math.Min(most, words.Count);
        spans = new TextSpan[Count];
        Terms = new string[Count];
        Shapes = new WordShape[Count];
        Idfs = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            spans[i] = words[i].Span;
            Terms[i] = words[i].Term;
            Shapes[i] = ShapeOf(text, words[i].Span, isFirst: i == 0);
            Idfs[i] = words[i].IsStopword ? 0 : isEnglish ? Lexicon.Shared.Idf(words[i].Term) : Lexicon.Shared.UnknownIdf;
            places.TryAdd(Terms[i], i);
        }
    }

    /// <summary>ISO 639-1 code of the language as whose words they are read; null when it is not known.</summary>
    public string? Language { get; }

    public int Count { get; }

    public string[] Terms { get; }

    public WordShape[] Shapes { get; }

    /// <summary>Inverse document frequencies in general English, words that it has not and those of other languages being rare; 0 for function words.</summary>
    public float[] Idfs { get; }

    public static NetworkWords OfQuestion(string text, string? language) => new(text, language, InQuestion);

    public static NetworkWords OfSentence(string text, string? language) => new(text, language, InSentence);

    /// <summary>
    /// What <see cref="ContextEncoder"/> says of the text, made anew at every call; null for a language that it does not know.
    /// </summary>
    public TextInContext? InContext() => LanguageRules.IsEnglish(Language) ? ContextEncoder.Shared.Encode(text, spans) : null;

    /// <summary>Where a term stands first; negative when it is not there.</summary>
    public int IndexOf(string term) => places.GetValueOrDefault(term, -1);

    private static WordShape ShapeOf(string text, TextSpan span, bool isFirst)
    {
        var word = span.In(text);
        if (char.IsAsciiDigit(word[0]))
        {
            return span.End < text.Length && text[span.End] == '%' ? WordShape.Share
                : span.Start > 0 && text[span.Start - 1] is '$' or '€' or '£' ? WordShape.Money
                : word.Length == 4 && !word.ContainsAnyExceptInRange('0', '9') && (word is ['1', ..] or ['2', '0', ..]) ? WordShape.Year
                : word.ContainsAnyInRange('a', 'z') || word.ContainsAnyInRange('A', 'Z') ? WordShape.WithDigits
                : WordShape.Number;
        }

        if (Months.Contains(word.ToString()))
        {
            return WordShape.Month;
        }

        if (!char.IsUpper(word[0]))
        {
            return WordShape.Plain;
        }

        var before = text.AsSpan(Math.Max(0, span.Start - 2), Math.Min(2, span.Start)).Trim();
        return isFirst || before.IsEmpty || before[^1] is '.' or '!' or '?' ? WordShape.CapitalAtStart : WordShape.Capital;
    }
}

/// <summary>What the look of a word tells. The numbers are those of the network's weights.</summary>
internal enum WordShape
{
    /// <summary>Nothing.</summary>
    Plain = 0,

    /// <summary>1000 to 2099.</summary>
    Year = 1,

    /// <summary>Another number.</summary>
    Number = 2,

    /// <summary>Begins with a digit and has letters: 5th.</summary>
    WithDigits = 3,

    /// <summary>The name of a month.</summary>
    Month = 4,

    /// <summary>Capitalised inside a sentence: a name, as a rule.</summary>
    Capital = 5,

    /// <summary>Capitalised where every word is.</summary>
    CapitalAtStart = 6,

    /// <summary>A number behind the sign of a currency.</summary>
    Money = 7,

    /// <summary>A number before a per cent sign.</summary>
    Share = 8,
}
