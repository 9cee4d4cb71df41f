using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Assistant.Core.Documents;

namespace Assistant.Core.Changes;

/// <summary>Finds days, months and times in one language, with the names of months that the platform knows.</summary>
internal sealed class DatePatterns
{
    /// <summary>Cases that the platform does not name: “in May” is «в мае».</summary>
    private static readonly string[] RussianLocatives =
        ["январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре", "ноябре", "декабре"];

    private static readonly ConcurrentDictionary<string, DatePatterns> ByLanguage = new(StringComparer.Ordinal);

    private readonly Dictionary<string, int> months = new(StringComparer.Ordinal);
    private readonly Regex pattern;

    private DatePatterns(string language)
    {
        var names = CultureInfo.GetCultureInfo(language).DateTimeFormat;
        foreach (var list in (string[][])[names.MonthNames, names.MonthGenitiveNames, names.AbbreviatedMonthNames, names.AbbreviatedMonthGenitiveNames, language == "ru" ? RussianLocatives : []])
        {
            for (var i = 0; i < list.Length; i++)
            {
                var name = list[i].TrimEnd('.');
                if (name.Length > 2 && char.IsLetter(name[0]))
                {
                    months.TryAdd(name, i + 1);
                    months.TryAdd(char.ToUpperInvariant(name[0]) + name[1..], i + 1);
                }
            }
        }

        var month = months.Count == 0 ? "(?!)" : string.Join('|', months.Keys.OrderByDescending(name => name.Length).Select(Regex.Escape));
        pattern = new Regex(
            $$"""
            (?<![\p{L}\d.,/-])(?:
              (?<year>\d{4})-(?<number>\d\d)-(?<day>\d\d)(?![\d-])
            | (?<day>\d\d?)(?<by>[./])(?<number>\d\d?)\k<by>(?<year>\d{4}|\d\d)(?!\d)
            | (?<day>\d\d?)(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?(?<month>{{month}})(?![\p{L}])\.?(?:,?\s+(?<year>\d{4})(?!\d))?
            | (?<month>{{month}})\.?\s+(?<day>\d\d?)(?:st|nd|rd|th)?(?![\p{L}\d])(?:,?\s+(?<year>\d{4})(?!\d))?
            | (?<month>{{month}})\.?,?\s+(?<year>\d{4})(?!\d)
            | (?<=\s)(?<month>{{month}})(?![\p{L}])
            | (?<time>\d\d?:\d\d(?::\d\d)?)(?![\d:])
            )
            """,
            RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    }

    /// <summary>The patterns of a language; one that the platform does not know follows English.</summary>
    public static DatePatterns For(string? language) =>
        ByLanguage.GetOrAdd(language is { Length: 2 } && language.All(char.IsAsciiLetterLower) ? language : "en", known => new DatePatterns(known));

    /// <summary>Every day, month and time of a range of a text, in order.</summary>
    public IEnumerable<FoundValue> Find(string text, TextSpan within)
    {
        foreach (Match match in pattern.Matches(within.Of(text)))
        {
            var start = within.Start + match.Index;
            var span = new TextSpan(start, start + match.Value.TrimEnd('.').Length);
            yield return match.Groups["time"].Success
                ? new FoundValue(ValueKind.Time, span, $"time:{match.Value}")
                : new FoundValue(ValueKind.Date, span, $"date:{Part("year")}-{Month(match)}-{Part("day")}");

            string Part(string name) => match.Groups[name].Value.TrimStart('0');
        }
    }

    private string Month(Match match) => match.Groups["month"].Success
        ? months[match.Groups["month"].Value].ToString(CultureInfo.InvariantCulture)
        : match.Groups["number"].Value.TrimStart('0');
}
