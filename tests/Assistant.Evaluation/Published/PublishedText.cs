using System.Text.RegularExpressions;
using Assistant.Core.Documents;
using Assistant.Core.Text;

namespace Assistant.Evaluation.Published;

/// <summary>Puts published text into the form of documents and questions.</summary>
internal static partial class PublishedText
{
    /// <summary>Text whose tokens stand apart, as it was written.</summary>
    public static string Joined(string tokens)
    {
        var text = tokens.Replace("-lrb-", "(", StringComparison.OrdinalIgnoreCase).Replace("-rrb-", ")", StringComparison.OrdinalIgnoreCase)
            .Replace("-lsb-", "[", StringComparison.OrdinalIgnoreCase).Replace("-rsb-", "]", StringComparison.OrdinalIgnoreCase)
            .Replace("``", "“", StringComparison.Ordinal).Replace("''", "”", StringComparison.Ordinal);
        text = Hyphen().Replace(Range().Replace(text, "–"), "-");
        return OneLine(BeforeClosing().Replace(AfterOpening().Replace(text, "$1"), "$1"));
    }

    /// <summary>Text with one blank wherever there was white space, and none at its ends.</summary>
    public static string OneLine(string text) => Spaces().Replace(text, " ").Trim();

    /// <summary>A question with a capital and a question mark, whatever it was written with.</summary>
    public static string AsQuestion(string text) => First(text.Trim().TrimEnd('?').TrimEnd()) + "?";

    /// <summary>Text that begins with a capital.</summary>
    public static string First(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The sentences of a text, as the product sees them.</summary>
    public static IReadOnlyList<TextSpan> Sentences(string text) => SentenceSplitter.Split(text, new TextSpan(0, text.Length));

    [GeneratedRegex(@"(?<=\w) (?:-|–) (?=\w)")]
    private static partial Regex Hyphen();

    [GeneratedRegex(@"(?<=\d) --? (?=\d)")]
    private static partial Regex Range();

    [GeneratedRegex(@"([(\[“$£€#]) ")]
    private static partial Regex AfterOpening();

    [GeneratedRegex(@" ([,.;:?!)\]”%]|'s\b|'(?= )|n't\b|'(?:re|ve|ll|d|m)\b)")]
    private static partial Regex BeforeClosing();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
