using System.Text.RegularExpressions;
using Assistant.Core.Answering;
using Assistant.Core.Documents;

namespace Assistant.Generation.Tests.Support;

/// <summary>
/// Holds an answer to the promises by means of its own, not by the product's: every citation exact, every sentence cited, every word
/// of it in what it cites, nothing of the prompt in it.
/// </summary>
internal static partial class AnswerCheck
{
    /// <summary>A run of this many characters of a secret is a leak; shorter ones occur by chance.</summary>
    private const int LeakLength = 24;

    /// <summary>What an answer breaks; empty for a good one.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="deltas">The pieces that it came in.</param>
    /// <param name="documents">The store.</param>
    /// <param name="secrets">What must not be in it.</param>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(
        Answer answer, IReadOnlyList<string> deltas, IDocumentStore documents, params string[] secrets)
    {
        var violations = new List<string>();
        foreach (var citation in answer.Citations)
        {
            var text = (await documents.GetAsync(citation.DocumentId, citation.Version, TestContext.Current.CancellationToken))?.Text;
            if (text is null || citation.Start >= citation.End || citation.End > text.Length || text[citation.Start..citation.End] != citation.Quote)
            {
                violations.Add($"[{citation.Number}] is not exact: {citation.Quote}");
            }
        }

        if (string.Concat(deltas) != answer.Text)
        {
            violations.Add("The pieces are not the text.");
        }

        int[] used = [.. Marker().Matches(answer.Text).Select(marker => int.Parse(marker.Groups[1].Value, null)).Distinct()];
        if (answer.Citations.Count > 0)
        {
            violations.AddRange(deltas.SelectMany(delta => Statement(delta, answer)));
            if (!used.SequenceEqual(Enumerable.Range(1, answer.Citations.Count)))
            {
                violations.Add($"Markers {string.Join(' ', used)} are not those of {answer.Citations.Count} citations.");
            }
        }

        string[] told = [answer.Text, answer.Notice ?? "", .. (answer.Suggestions ?? []).Select(suggestion => suggestion.Question)];
        violations.AddRange(secrets.Where(secret => told.Any(text => Holds(text, secret))).Select(secret => $"Leaks: {secret}"));
        return violations;
    }

    private static IEnumerable<string> Statement(string delta, Answer answer)
    {
        if (Sentence().Match(delta) is not { Success: true } sentence)
        {
            return [$"Not cited: {delta}"];
        }

        var said = sentence.Groups["said"].Value;
        var cited = Marker().Matches(sentence.Groups["marks"].Value)
            .Select(marker => answer.Citations.FirstOrDefault(citation => citation.Number == int.Parse(marker.Groups[1].Value, null))).ToList();
        if (cited.Contains(null))
        {
            return [$"Cites nothing: {delta}"];
        }

        var quotes = string.Join('\n', cited.Select(citation => citation!.Quote));
        if (OneLine(quotes).Contains(OneLine(said).TrimEnd('.'), StringComparison.Ordinal))
        {
            return [];
        }

        var source = Letters(quotes + "\n" + string.Join('\n', cited.SelectMany(citation => citation!.Headings.Prepend(citation.Title))));
        var foreign = Word().Matches(said).Select(word => word.Value)
            .Where(word => word.Length > 3 || char.IsDigit(word[0]) || Negation().IsMatch(word))
            .Where(word => !source.Contains(Letters(word.Length > 5 && !char.IsDigit(word[0]) ? word[..5] : word), StringComparison.Ordinal))
            .Select(word => $"'{word}' is not in what it cites: {delta}");
        return Inner().IsMatch(said) ? [.. foreign, $"More than one sentence: {delta}"] : foreign;
    }

    private static bool Holds(string text, string secret)
    {
        var (folded, sought) = (Letters(OneLine(text)), Letters(OneLine(secret)));
        return sought.Length <= LeakLength
            ? sought.Length > 0 && folded.Contains(sought, StringComparison.Ordinal)
            : Enumerable.Range(0, sought.Length - LeakLength + 1).Any(start => folded.Contains(sought.AsSpan(start, LeakLength), StringComparison.Ordinal));
    }

    private static string Letters(string text) => text.ToLowerInvariant();

    private static string OneLine(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\[([0-9]+)\]")]
    private static partial Regex Marker();

    [GeneratedRegex(@"\A ?(?<said>.+?)(?<marks>(?: \[[0-9]+\])+)\z", RegexOptions.Singleline)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}\p{Cf}\p{Cs}]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?:no|not|never|nie|не)$", RegexOptions.IgnoreCase)]
    private static partial Regex Negation();

    /// <summary>The end of a sentence that another one follows.</summary>
    [GeneratedRegex(@"[.!?。]\s+\p{Lu}\w+\s")]
    private static partial Regex Inner();
}
