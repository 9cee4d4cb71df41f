using System.Text.RegularExpressions;

namespace Assistant.Core.Retrieval;

/// <summary>
/// Finds the questions in a question that asks several things (“How does Russia see it, and how do officials respond?”) or the same of
/// several parties (“What do the cautious states and the advocates of deterrence want?”).
/// </summary>
internal static partial class QuestionParts
{
    /// <summary>The parts in order; the whole as the only one when it asks one thing.</summary>
    public static IReadOnlyList<string> Of(string question) =>
        [.. Boundary().Split(question).Select(part => part.Trim()).Where(part => part.Length > 0).SelectMany(OfEachParty)];

    private static IEnumerable<string> OfEachParty(string question) =>
        SeveralParties().Match(question) is { Success: true } match
            ? And().Split(match.Groups["parties"].Value).Select(party => $"{match.Groups["asking"].Value}{party}{match.Groups["wanted"].Value}")
            : [question];

    /// <summary>Where another question begins: behind a question mark, or at “and” or a comma in front of a question word.</summary>
    [GeneratedRegex(
        @"(?<=\?)\s+|(?:\s*[,;]\s*|\s+)(?:and|und|и|et|y)\s+(?=(?:(?:in|on|by|at|to|for|with|from)\s+)?(?:what|which|who|whom|whose|how|why|where|when|has|have|does|do|did|was|wer|wen|wem|wie|warum|welche[rsnm]?|wo|wann|wieso|что|кто|как|какие|какой|какая|почему|где|когда|сколько|qui|que|quel(?:le)?s?|comment|pourquoi|quand|qué|quién|cómo|cuándo|cuáles?)\b)|\s*[,;]\s*(?=(?:what|which|who|how|why|where|when)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Boundary();

    /// <summary>What two or more want, think or say.</summary>
    [GeneratedRegex(
        @"^(?<asking>\W*(?:what|how) (?:do|did|would|will|should) )(?<parties>(?!.*\bbetween\b)[^?]+?,? and [^?]+?)(?<wanted> (?:want|think|say|see|view|feel|believe|react|respond|argue|propose|demand|expect|hope|ask|offer|critici[sz]e|fear|promise|claim|support|oppose|reject)\b.*)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SeveralParties();

    [GeneratedRegex(@"\s*,\s*(?:and\s+)?|\s+and\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex And();
}
