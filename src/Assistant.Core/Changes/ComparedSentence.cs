using System.Text;
using Assistant.Core.Documents;
using Assistant.Core.Passages;
using Assistant.Core.Text;

namespace Assistant.Core.Changes;

/// <summary>What is compared as one: a sentence, a heading, a table row or a line of code.</summary>
/// <param name="Span">Range of the version's text.</param>
/// <param name="IsHeading">Whether it is a heading: those are compared among themselves only.</param>
/// <param name="Headings">The headings above it.</param>
/// <param name="HeadingIndex">Index of the heading right above it among the sentences; -1 for none and for headings themselves.</param>
/// <param name="Key">Two sentences of one key are the same.</param>
internal sealed record ComparedSentence(TextSpan Span, bool IsHeading, IReadOnlyList<string> Headings, int HeadingIndex, string Key)
{
    /// <summary>What a heading counts for beside its length: rather a sentence has moved to the next section than the heading in front of it.</summary>
    private const int HeadingWeight = 1000;

    /// <summary>How much it matters that it stays where it is.</summary>
    public int Weight => Span.Length + (IsHeading ? HeadingWeight : 0);

    /// <summary>All that is compared of a version, in reading order; together every character that is not white space.</summary>
    public static IReadOnlyList<ComparedSentence> Of(DocumentVersion version)
    {
        var sentences = new List<ComparedSentence>();
        var trail = new HeadingTrail(version.Sections);
        var headings = new Dictionary<int, int>();
        foreach (var block in version.Blocks)
        {
            var section = trail.At(block.Span.Start);
            var isHeading = block.Kind == BlockKind.Heading;
            var path = section?.Path ?? [];
            if (isHeading)
            {
                headings[block.Span.Start] = sentences.Count;
                path = section?.Span.Start == block.Span.Start ? [.. path.SkipLast(1)] : path;
            }

            var above = isHeading || section is null ? -1 : headings.GetValueOrDefault(section.Span.Start, -1);
            sentences.AddRange(Split(version.Text, block).Select(
                span => new ComparedSentence(span, isHeading, path, above, KeyOf(span.In(version.Text), isHeading))));
        }

        return sentences;
    }

    private static IEnumerable<TextSpan> Split(string text, TextBlock block) => block.Kind switch
    {
        BlockKind.Paragraph or BlockKind.ListItem => SentenceSplitter.Split(text, block.Span),
        BlockKind.Code => Lines(text, block.Span),
        _ => [block.Span],
    };

    private static IEnumerable<TextSpan> Lines(string text, TextSpan span)
    {
        for (var start = span.Start; start < span.End;)
        {
            var length = text.AsSpan(start, span.End - start).IndexOf('\n');
            var end = length < 0 ? span.End : start + length;
            var line = text.AsSpan(start, end - start);
            var indent = line.Length - line.TrimStart().Length;
            if (indent < line.Length)
            {
                yield return new TextSpan(start + indent, start + line.TrimEnd().Length);
            }

            start = end + 1;
        }
    }

    /// <summary>The text with white space evened out: a paragraph that is wrapped anew says the same.</summary>
    private static string KeyOf(ReadOnlySpan<char> text, bool isHeading)
    {
        var key = new StringBuilder(text.Length + 1);
        // No sentence begins with white space.
        key.Append(isHeading ? " " : "");
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character))
            {
                key.Append(character);
            }
            else if (key.Length > 0 && key[^1] != ' ')
            {
                key.Append(' ');
            }
        }

        return key.ToString();
    }
}
