using Assistant.Core.Documents;

namespace Assistant.Documents.PlainText;

/// <summary>
/// Finds paragraphs, lists and headings of plain text by its lines. Two ways of writing are told apart: a line for each paragraph,
/// and lines wrapped at a width, where blank lines separate paragraphs.
/// </summary>
internal sealed class PlainTextOutline
{
    /// <summary>Nobody wraps lines wider than this; a text with many longer lines has a line for each paragraph.</summary>
    private const int WidestWrap = 120;

    private const int LongestHeading = 80;
    private const int MostHeadingWords = 12;

    private readonly string text;
    private readonly List<TextLine> lines;
    private readonly bool isWrapped;

    /// <summary>Length of the longest line that was wrapped.</summary>
    private readonly int width;

    private PlainTextOutline(string text)
    {
        this.text = text;
        lines = TextLines.Of(text);
        var wide = lines.Count(line => line.Span.Length > WidestWrap);
        isWrapped = wide * 10 <= lines.Count;
        width = lines.Where(line => line.Span.Length <= WidestWrap).Select(line => line.Span.Length).DefaultIfEmpty().Max();
    }

    public static SourceDocument Of(string text) => new PlainTextOutline(text).Read();

    private SourceDocument Read()
    {
        var blocks = MarkHeadings(FindBlocks());
        var headings = blocks.Where(block => block.Kind == BlockKind.Heading)
            .Select(block => new HeadingMark(1, block.Span.Of(text), block.Span.Start)).ToList();
        // A heading that nothing stands above is the title.
        var hasTitle = headings.Count > 0 && blocks[0].Kind == BlockKind.Heading;
        return new SourceDocument
        {
            Title = hasTitle ? headings[0].Text : null,
            Text = text,
            Blocks = blocks,
            Sections = SectionOutline.Build(hasTitle ? headings[1..] : headings, text.Length),
        };
    }

    private List<TextBlock> FindBlocks()
    {
        var blocks = new List<TextBlock>();
        for (var first = 0; first < lines.Count;)
        {
            var marker = ListMarker.LengthIn(lines[first].Span.In(text));
            var last = first;
            while (last + 1 < lines.Count && Continues(last))
            {
                last++;
            }

            blocks.Add(new TextBlock(
                marker > 0 ? BlockKind.ListItem : BlockKind.Paragraph,
                new TextSpan(lines[first].Span.Start + marker, lines[last].Span.End)));
            first = last + 1;
        }

        return blocks;
    }

    /// <summary>Whether the line after <paramref name="index"/> belongs to the same paragraph or list item.</summary>
    private bool Continues(int index)
    {
        var next = lines[index + 1];
        if (!isWrapped || next.StartsGroup)
        {
            return false;
        }

        var line = lines[index].Span.In(text);
        var endsSentence = line[^1] is '.' or '!' or '?' or ':' or '。' or '！' or '？' or '”' or '"' or '»' or ')';
        var nextLine = next.Span.In(text);
        if (ListMarker.LengthIn(nextLine) > 0)
        {
            // A number that happens to begin a wrapped line is no list.
            return !(endsSentence || ListMarker.LengthIn(FirstLineOfBlock(index)) > 0);
        }

        // After a sentence, a break that the width did not ask for ends a paragraph.
        var firstWord = nextLine.IndexOfAny(' ', '\t') is >= 0 and var word ? word : nextLine.Length;
        return !endsSentence || line.Length + 1 + firstWord > width * 3 / 4;
    }

    private ReadOnlySpan<char> FirstLineOfBlock(int index)
    {
        // Items are short; looking back further would make a long text slow.
        var first = index;
        while (first > 0 && index - first < 20 && !lines[first].StartsGroup && ListMarker.LengthIn(lines[first].Span.In(text)) == 0)
        {
            first--;
        }

        return lines[first].Span.In(text);
    }

    private List<TextBlock> MarkHeadings(List<TextBlock> blocks)
    {
        var standing = lines.Where((line, i) => line.StartsGroup && (i + 1 == lines.Count || lines[i + 1].StartsGroup))
            .Select(line => line.Span).ToHashSet();
        // From the end, as a heading stands before a paragraph or before another heading.
        for (var i = blocks.Count - 2; i >= 0; i--)
        {
            var (block, next) = (blocks[i], blocks[i + 1]);
            var isAbove = next.Kind == BlockKind.Heading || next.Kind == BlockKind.ListItem || !LooksLikeHeading(next.Span.In(text));
            if (block.Kind == BlockKind.Paragraph && isAbove && (!isWrapped || standing.Contains(block.Span)) && LooksLikeHeading(block.Span.In(text)))
            {
                blocks[i] = block with { Kind = BlockKind.Heading };
            }
        }

        return blocks;
    }

    private static bool LooksLikeHeading(ReadOnlySpan<char> line)
    {
        if (line.Length > LongestHeading || line.ContainsAny('\n', '\r') || line.Contains("://", StringComparison.Ordinal)
            || !(char.IsLetterOrDigit(line[0]) || char.IsSurrogate(line[0])) || char.IsLower(line[0])
            || !(char.IsLetterOrDigit(line[^1]) || line[^1] is '?' or ')' or '”' or '"' or '’' or '»' or '％' or '%' || char.IsSurrogate(line[^1])))
        {
            return false;
        }

        return line.Count(' ') < MostHeadingWords && line.ContainsAnyExceptInRange('0', '9');
    }
}
