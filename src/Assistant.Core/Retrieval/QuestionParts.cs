using System.Text.RegularExpressions;

namespace Assistant.Core.Retrieval;

/// <summary>Finds the questions in a question that asks several things: “How does Russia see it, and how do officials respond?”</summary>
internal static partial class QuestionParts
{
    /// <summary>The parts in order; the whole as the only one when it asks one thing.</summary>
    public static IReadOnlyList<string> Of(string question) =>
        [.. Boundary().Split(question).Select(part => part.Trim()).Where(part => part.Length > 0)];

    /// <summary>Where another question begins: behind a question mark, or at “and” or a comma in front of a question word.</summary>
    [GeneratedRegex(
        @"(?<=\?)\s+|(?:\s*[,;]\s*|\s+)(?:and|und|и|et|y)\s+(?=(?:(?:in|on|by|at|to|for|with|from)\s+)?(?:what|which|who|whom|whose|how|why|where|when|has|have|does|do|did|was|wer|wen|wem|wie|warum|welche[rsnm]?|wo|wann|wieso|что|кто|как|какие|какой|какая|почему|где|когда|сколько|qui|que|quel(?:le)?s?|comment|pourquoi|quand|qué|quién|cómo|cuándo|cuáles?)\b)|\s*[,;]\s*(?=(?:what|which|who|how|why|where|when)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Boundary();
}
