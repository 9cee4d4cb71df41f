using Assistant.Core.Documents;

namespace Assistant.Core.Passages;

/// <summary>Distributes consecutive units that exceed one passage over as few passages as hold them.</summary>
internal static class PassagePacker
{
    /// <summary>The passages as ranges of <paramref name="units"/>.</summary>
    /// <param name="text">The version's text.</param>
    /// <param name="units">In order; each fits into a passage.</param>
    /// <param name="isBalanced">Passages of about one size (a paragraph) instead of full ones and a rest (a list, a table).</param>
    /// <param name="tokens">Counts, and knows the limit.</param>
    public static IEnumerable<Range> Pack(string text, IReadOnlyList<PassageUnit> units, bool isBalanced, TokenCounter tokens)
    {
        var counts = units.Select(unit => TokenCounter.Count(unit.Span.In(text))).ToArray();
        var rest = counts.Sum();
        for (int start = 0, end; start < units.Count; start = end)
        {
            var target = isBalanced ? rest / (double)Math.Ceiling(rest / (double)tokens.Limit) : tokens.Limit;
            var sum = counts[start];
            end = start + 1;
            while (end < units.Count && !IsCutWord(text, units[end - 1], units[end]) && sum + counts[end] <= tokens.Limit && sum + (counts[end] / 2.0) <= target)
            {
                sum += counts[end++];
            }

            // Counts of parts do not quite add up to the count of the whole, which is the one that holds.
            while (end > start + 1 && !tokens.Fits(new TextSpan(units[start].Span.Start, units[end - 1].Span.End).In(text)))
            {
                sum -= counts[--end];
            }

            rest -= sum;
            yield return start..end;
        }
    }

    /// <summary>Whether two units are one endless word that was cut, which is not put together again.</summary>
    private static bool IsCutWord(string text, PassageUnit first, PassageUnit second) =>
        first.Span.End == second.Span.Start && !char.IsPunctuation(text[second.Span.Start - 1]);
}
