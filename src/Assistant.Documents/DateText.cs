using System.Globalization;
using System.Text.RegularExpressions;

namespace Assistant.Documents;

/// <summary>Reads the day out of the dates that documents state in their metadata.</summary>
internal static partial class DateText
{
    /// <summary>
    /// The day as it was where the document was published. Null for what is no whole date and for dates that mean
    /// different days on the two sides of an ocean (03/04/2015).
    /// </summary>
    public static DateOnly? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // Full stops stand between day, month and year in that order wherever they are written.
        var match = YearFirst().Match(text) is { Success: true } yearFirst ? yearFirst : DayFirst().Match(text);
        if (match.Success)
        {
            var (year, month, day) = (Number("year"), Number("month"), Number("day"));
            return year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
        }

        return text.Any(char.IsAsciiLetter) && text.Any(char.IsAsciiDigit) && FullYear().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? DateOnly.FromDateTime(date.Date)
            : null;

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\s*(?<year>[0-9]{4})([-/.]?)(?<month>[0-9]{1,2})\1(?<day>[0-9]{1,2})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^\s*(?<day>[0-9]{1,2})\.\s?(?<month>[0-9]{1,2})\.\s?(?<year>[0-9]{4})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"\b[0-9]{4}\b", RegexOptions.CultureInvariant)]
    private static partial Regex FullYear();
}
