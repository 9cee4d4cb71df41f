using System.Text.RegularExpressions;

namespace Assistant.Evaluation.Published;

/// <summary>How words are mostly written inside the sentences of some texts.</summary>
internal sealed partial class Capitals
{
    private readonly Dictionary<string, string> written;

    public Capitals(IEnumerable<string> texts) => written = texts.Distinct()
        .SelectMany(text => InsideWords().Matches(text).Select(match => match.Value))
        .GroupBy(word => word.ToLowerInvariant(), StringComparer.Ordinal)
        .ToDictionary(word => word.Key, word => word.CountBy(form => form).MaxBy(form => form.Value).Key, StringComparer.Ordinal);

    /// <summary>Text in small letters with the capitals that its words mostly have.</summary>
    public string Restore(string text) => PublishedText.First(Words().Replace(text, match => written.GetValueOrDefault(match.Value, match.Value)));

    [GeneratedRegex(@"(?<=[\p{L}\p{Nd},;)\]’'] )\p{L}[\p{L}\p{Nd}]*")]
    private static partial Regex InsideWords();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}'’])\p{L}[\p{L}\p{Nd}]*")]
    private static partial Regex Words();
}
