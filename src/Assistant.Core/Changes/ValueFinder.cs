using System.Globalization;
using System.Text.RegularExpressions;
using Assistant.Core.Documents;

namespace Assistant.Core.Changes;

/// <summary>Finds numbers, amounts, percentages, dates and times in a sentence, as English, German, French and Russian write them.</summary>
internal static partial class ValueFinder
{
    /// <summary>Longer ones are compared as they are written.</summary>
    private const int MostDigits = 15;

    private static readonly Dictionary<string, string> Currencies = Parse(
        "€=EUR eur=EUR euro=EUR euros=EUR евро=EUR $=USD usd=USD dollar=USD dollars=USD доллар=USD доллара=USD долларов=USD £=GBP gbp=GBP pound=GBP pounds=GBP "
        + "pfund=GBP livres=GBP ¥=JPY yen=JPY ₽=RUB rub=RUB rouble=RUB roubles=RUB ruble=RUB rubles=RUB rubel=RUB рубль=RUB рубля=RUB рублей=RUB руб=RUB "
        + "chf=CHF franken=CHF ₴=UAH uah=UAH hryvnia=UAH hryvnias=UAH гривен=UAH cents=cent kopeks=kopek");

    private static readonly string[] PercentBeginnings = ["percent", "prozent", "процент"];

    /// <summary>The values of a range of a text, in order and without overlap.</summary>
    public static IReadOnlyList<FoundValue> Find(string text, TextSpan within, string? language)
    {
        var values = new List<FoundValue>();
        var start = within.Start;
        foreach (var date in DatePatterns.For(language).Find(text, within))
        {
            AddNumbers(new TextSpan(start, date.Span.Start));
            values.Add(date);
            start = date.Span.End;
        }

        AddNumbers(new TextSpan(start, within.End));
        return values;

        void AddNumbers(TextSpan span)
        {
            var reader = new Reader(text, Token().Matches(span.Of(text)), span.Start, language);
            for (var i = 0; i < reader.Count;)
            {
                if (reader.Read(ref i) is { } value)
                {
                    values.Add(value);
                }
            }
        }
    }

    private static Dictionary<string, string> Parse(string words) => words.Split(' ').Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    // A hyphen after a letter makes a name of a number: F-16, Covid-19.
    [GeneratedRegex(
        @"(?<![\p{L}\p{M}\d]|\p{L}-)(?<number>\d{1,3}(?:[ \u00A0\u202F'’]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*)|(?<word>[\p{L}\p{M}]+)|(?<sign>[%‰€$£¥₽₴])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    private sealed class Reader(string text, IReadOnlyList<Match> tokens, int offset, string? language)
    {
        private readonly NumberWords words = NumberWords.For(language);

        public int Count => tokens.Count;

        /// <summary>Reads the value at a token, if any, and moves on.</summary>
        public FoundValue? Read(ref int position)
        {
            var first = position++;
            var at = first;
            var unit = CurrencyAt(first);
            if (unit is not null && !IsNear(at++))
            {
                return null;
            }

            if (ReadNumber(ref at) is not { } number)
            {
                return null;
            }

            var kind = unit is null ? ValueKind.Number : ValueKind.Amount;
            if (unit is null && IsNear(at - 1))
            {
                var currency = Lower(at) == "us" && at + 1 < Count ? at + 1 : at;
                if (CurrencyAt(currency) is { } money)
                {
                    (unit, kind, at) = (money, ValueKind.Amount, currency + 1);
                }
                else if (PercentLength(at) is > 0 and var length)
                {
                    (unit, kind, at) = ("%", ValueKind.Percentage, at + length);
                }
            }

            position = at;
            var span = new TextSpan(offset + tokens[first].Index, offset + tokens[at - 1].Index + tokens[at - 1].Length);
            return kind == ValueKind.Number && at == first + 1 && IsYear(tokens[first].Value)
                ? new FoundValue(ValueKind.Date, span, $"date:{number}--")
                : new FoundValue(kind, span, $"{number} {unit}");
        }

        /// <summary>A number in digits or words with the scales behind it.</summary>
        private string? ReadNumber(ref int at)
        {
            decimal value;
            if (tokens[at].Groups["number"].Success)
            {
                var digits = tokens[at].Value;
                at++;
                if (digits.Count(char.IsDigit) > MostDigits || ParseDigits(digits, language) is not { } parsed)
                {
                    return digits;
                }

                value = parsed;
                while (at < Count && IsNear(at - 1) && words.Scale(Lower(at)) is { } scale && value < 1e12m)
                {
                    value *= scale;
                    at++;
                }
            }
            else
            {
                var run = new List<string>();
                for (var i = at; i < Count && tokens[i].Groups["word"].Success && (i == at || IsNear(i - 1)) && run.Count < 12; i++)
                {
                    run.Add(Lower(i));
                }

                (var count, value) = words.Read(run);
                if (count == 0)
                {
                    return null;
                }

                at += count;
            }

            return value.ToString("0.############", CultureInfo.InvariantCulture);
        }

        private string? CurrencyAt(int token) => Currencies.GetValueOrDefault(Lower(token));

        private int PercentLength(int token) =>
            Lower(token) is "%" or "‰" || PercentBeginnings.Any(beginning => Lower(token).StartsWith(beginning, StringComparison.Ordinal)) ? 1
            : Lower(token) is "per" or "pour" && token + 1 < Count && Lower(token + 1) == "cent" ? 2
            : 0;

        private string Lower(int token) => tokens[token].Value.ToLowerInvariant();

        /// <summary>Whether the next token follows with at most a space, a hyphen or an abbreviation's full stop between.</summary>
        private bool IsNear(int token)
        {
            if (token + 1 >= Count)
            {
                return false;
            }

            var end = tokens[token].Index + tokens[token].Length;
            var between = text.AsSpan(offset + end, tokens[token + 1].Index - end).Trim();
            return between.IsEmpty || (between.Length == 1 && (between[0] == '-' || (between[0] == '.' && tokens[token].Length <= 4 && !char.IsDigit(tokens[token].Value[0]))));
        }
    }

    private static bool IsYear(string digits) => digits.Length == 4 && string.CompareOrdinal(digits, "1500") >= 0 && string.CompareOrdinal(digits, "2200") < 0;

    /// <summary>1,234.5 in English is 1.234,5 in German, French and Russian; a lone separator before three digits is what it is in the language.</summary>
    private static decimal? ParseDigits(string digits, string? language)
    {
        var decimalMark = language is null or "en" ? '.' : ',';
        var marks = digits.Where(character => character is '.' or ',').ToList();
        if (marks.Distinct().Count() == 2)
        {
            decimalMark = marks[^1];
        }
        else if (marks.Count == 1 && digits.Length - digits.IndexOf(marks[0], StringComparison.Ordinal) != 4)
        {
            decimalMark = marks[0];
        }
        else if (marks.Count > 1)
        {
            decimalMark = '\0';
        }

        var plain = string.Concat(digits.Where(character => char.IsDigit(character) || character == decimalMark)).Replace(decimalMark, '.');
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
