using System.Globalization;

namespace Assistant.Core.Changes;

/// <summary>Numbers in words of one language: English, German, French and Russian; of another language only digits are numbers.</summary>
internal sealed class NumberWords
{
    private static readonly Dictionary<string, NumberWords> ByLanguage = new(StringComparer.Ordinal)
    {
        ["en"] = new(
            "one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 "
            + "seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90",
            "dozen=12 dozens=12 hundred=100 hundreds=100 thousand=1e3 thousands=1e3 million=1e6 millions=1e6 mn=1e6 billion=1e9 billions=1e9 bn=1e9 "
            + "trillion=1e12 trillions=1e12 tn=1e12",
            joiner: "and"),
        ["de"] = new(
            "eins=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12 dreizehn=13 vierzehn=14 fünfzehn=15 sechzehn=16 "
            + "siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 dreißig=30 dreissig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90",
            "dutzend=12 hundert=100 hunderte=100 tausend=1e3 tausende=1e3 million=1e6 millionen=1e6 mio=1e6 milliarde=1e9 milliarden=1e9 mrd=1e9 "
            + "billion=1e12 billionen=1e12",
            joiner: "und", article: "ein", compounds: true),
        ["fr"] = new(
            "deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16 vingt=20 "
            + "trente=30 quarante=40 cinquante=50 soixante=60 septante=70 huitante=80 nonante=90",
            "vingt=20 vingts=20 douzaine=12 douzaines=12 cent=100 cents=100 centaines=100 mille=1e3 milliers=1e3 million=1e6 millions=1e6 milliard=1e9 milliards=1e9 "
            + "billion=1e12 billions=1e12",
            joiner: "et", article: "un"),
        ["ru"] = new(
            "один=1 одна=1 одно=1 одного=1 одной=1 два=2 две=2 двух=2 двум=2 двумя=2 три=3 трёх=3 трех=3 трем=3 четыре=4 четырёх=4 четырех=4 "
            + "пять=5 пяти=5 шесть=6 шести=6 семь=7 семи=7 восемь=8 восьми=8 девять=9 девяти=9 десять=10 десяти=10 одиннадцать=11 двенадцать=12 "
            + "тринадцать=13 четырнадцать=14 пятнадцать=15 шестнадцать=16 семнадцать=17 восемнадцать=18 девятнадцать=19 двадцать=20 двадцати=20 "
            + "тридцать=30 тридцати=30 сорок=40 сорока=40 пятьдесят=50 пятидесяти=50 шестьдесят=60 семьдесят=70 восемьдесят=80 девяносто=90 сто=100 ста=100 "
            + "двести=200 триста=300 четыреста=400 пятьсот=500 шестьсот=600 семьсот=700 восемьсот=800 девятьсот=900",
            "десятков=10 сотен=100 тысяча=1e3 тысячи=1e3 тысяч=1e3 тысячу=1e3 тыс=1e3 миллион=1e6 миллиона=1e6 миллионов=1e6 миллионы=1e6 млн=1e6 "
            + "миллиард=1e9 миллиарда=1e9 миллиардов=1e9 миллиарды=1e9 млрд=1e9 триллион=1e12 триллиона=1e12 триллионов=1e12 трлн=1e12"),
    };

    private static readonly NumberWords Unknown = new("", "");

    private readonly Dictionary<string, decimal> small;
    private readonly Dictionary<string, decimal> scales;
    private readonly string? joiner;
    private readonly string? article;
    private readonly bool compounds;

    private NumberWords(string small, string scales, string? joiner = null, string? article = null, bool compounds = false)
    {
        this.small = Parse(small);
        this.scales = Parse(scales);
        this.joiner = joiner;
        this.article = article;
        this.compounds = compounds;
    }

    /// <summary>The words of a language; null follows English.</summary>
    public static NumberWords For(string? language) => ByLanguage.GetValueOrDefault(language ?? "en", Unknown);

    /// <summary>What a word such as “million” multiplies by; null for any other word.</summary>
    public decimal? Scale(string word) => scales.TryGetValue(word, out var scale) ? scale : null;

    /// <summary>The number that <paramref name="words"/> (lower case) begin with.</summary>
    /// <returns>How many words it takes, 0 for none, and its value.</returns>
    public (int Count, decimal Value) Read(IReadOnlyList<string> words)
    {
        var sum = new Sum();
        var count = 0;
        for (var i = 0; i < words.Count; i++)
        {
            if (Add(words[i], ref sum, mayBeArticle: i > 0))
            {
                count = i + 1;
            }
            else if (i == 0 || words[i] != joiner)
            {
                break;
            }
        }

        return (count, sum.Value);
    }

    private bool Add(string word, ref Sum sum, bool mayBeArticle) =>
        (small.TryGetValue(word, out var number) && sum.TryAdd(number))
        || (scales.TryGetValue(word, out var scale) && sum.TryMultiply(scale))
        || (mayBeArticle && word == article && sum.TryAdd(1))
        || (compounds && AddCompound(word, ref sum));

    /// <summary>German writes numbers below a million as one word: zweihundertfünfundzwanzig.</summary>
    private bool AddCompound(string word, ref Sum sum)
    {
        var compound = sum;
        var unit = 0m;
        for (var position = 0; position < word.Length;)
        {
            var rest = word.AsSpan(position);
            if (rest.StartsWith(joiner, StringComparison.Ordinal) && unit is > 0 and < 10)
            {
                position += joiner!.Length;
                continue;
            }

            var (length, value, isScale) = LongestPart(rest);
            if (length == 0)
            {
                return false;
            }

            // “fünfundzwanzig”: the tens come after the unit.
            var added = isScale ? compound.TryMultiply(value) : unit is > 0 and < 10 && value >= 20 ? compound.TryAddTens(value) : compound.TryAdd(value);
            if (!added)
            {
                return false;
            }

            unit = isScale ? 0 : value;
            position += length;
        }

        sum = compound;
        return true;
    }

    private (int Length, decimal Value, bool IsScale) LongestPart(ReadOnlySpan<char> text)
    {
        (int Length, decimal Value, bool IsScale) best = article is not null && text.StartsWith(article, StringComparison.Ordinal) ? (article.Length, 1, false) : default;
        foreach (var (word, value) in small)
        {
            best = word.Length > best.Length && text.StartsWith(word, StringComparison.Ordinal) ? (word.Length, value, false) : best;
        }

        foreach (var (word, value) in scales)
        {
            best = word.Length > best.Length && text.StartsWith(word, StringComparison.Ordinal) ? (word.Length, value, true) : best;
        }

        return best;
    }

    private static Dictionary<string, decimal> Parse(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.Split('='))
        .ToDictionary(pair => pair[0], pair => decimal.Parse(pair[1], NumberStyles.Float, CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>A number as it is read word by word: “two hundred | fifty | thousand | three”.</summary>
    private struct Sum
    {
        private const decimal Largest = 1e15m;

        private decimal total;
        private decimal current;
        private decimal lastScale;

        public readonly decimal Value => total + current;

        public bool TryAdd(decimal number)
        {
            // After a number only one of a lower order goes on with it: “twenty | five”, not “five | twenty”.
            var below = current == 0 ? decimal.MaxValue : current % 100 == 0 ? 100 : current % 10 == 0 && current % 100 >= 20 ? 20 : 0;
            if (number >= below)
            {
                return false;
            }

            current += number;
            return true;
        }

        public bool TryAddTens(decimal tens)
        {
            current += tens;
            return true;
        }

        public bool TryMultiply(decimal scale)
        {
            var factor = current == 0 ? 1 : current;
            if (factor * scale > Largest || (total > 0 && scale >= lastScale && current == 0))
            {
                return false;
            }

            if (scale <= 100)
            {
                // “quatre-vingts” and “two hundred” go on to be multiplied.
                current = factor * scale;
                return true;
            }

            total += factor * scale;
            current = 0;
            lastScale = scale;
            return true;
        }
    }
}
