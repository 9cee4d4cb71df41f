using System.Text;
using Assistant.Core.Documents;

namespace Assistant.Documents;

/// <summary>
/// Puts together the document of a format whose text is not the file itself (Markdown, HTML, Word, EPUB, PDF).
/// Blocks are separated by an empty line, items of one list and rows of one table by a line break.
/// </summary>
internal sealed class SourceDocumentBuilder
{
    /// <summary>A longer line is no heading, whatever its mark-up says: it would be repeated in front of every passage under it.</summary>
    private const int LongestHeading = 300;

    private readonly StringBuilder text = new();
    private readonly List<TextBlock> blocks = [];
    private readonly List<HeadingMark> headings = [];
    private readonly List<int> pageStarts = [];

    /// <summary>Adds a heading; nothing when it is blank, a paragraph when it is too long for one.</summary>
    /// <param name="level">1 for an outermost heading.</param>
    /// <param name="heading">Its text; white space is collapsed.</param>
    public void AddHeading(int level, string heading)
    {
        var line = string.Join(' ', heading.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length > LongestHeading)
        {
            AddBlock(BlockKind.Paragraph, line);
        }
        else if (line.Length > 0)
        {
            headings.Add(new HeadingMark(level, line, Append(BlockKind.Heading, line)));
        }
    }

    /// <summary>Adds a block; nothing when it is blank.</summary>
    /// <param name="kind">Any kind but a heading.</param>
    /// <param name="content">Its text as people read it; white space at its ends is dropped.</param>
    public void AddBlock(BlockKind kind, string content)
    {
        var trimmed = content.Trim();
        if (trimmed.Length > 0)
        {
            Append(kind, trimmed);
        }
    }

    /// <summary>Marks that what is added from here on stands on the next page.</summary>
    public void StartPage() => pageStarts.Add(text.Length);

    /// <summary>The document.</summary>
    /// <param name="title">A title given beside the text (front matter, file properties); else null.</param>
    /// <param name="metadata">What the document says about itself.</param>
    public SourceDocument Build(string? title, DocumentMetadata metadata)
    {
        var body = text.ToString();
        // A single outermost heading above all others is the title of the document, not a section that holds all of it.
        var titleHeading = headings.Count > 0 && headings.Skip(1).All(heading => heading.Level > headings[0].Level)
            && (headings.Count > 1 || blocks[0].Kind == BlockKind.Heading)
            && (string.IsNullOrWhiteSpace(title) || string.Equals(title.Trim(), headings[0].Text, StringComparison.OrdinalIgnoreCase));
        return new SourceDocument
        {
            Title = titleHeading ? headings[0].Text : string.IsNullOrWhiteSpace(title) ? null : title.Trim(),
            Text = body,
            Blocks = [.. blocks],
            Sections = SectionOutline.Build(titleHeading ? headings[1..] : headings, body.Length),
            PageStarts = [.. pageStarts],
            Metadata = metadata,
        };
    }

    private int Append(BlockKind kind, string content)
    {
        if (blocks.Count > 0)
        {
            var sameListOrTable = kind is BlockKind.ListItem or BlockKind.TableRow && blocks[^1].Kind == kind;
            text.Append(sameListOrTable ? "\n" : "\n\n");
        }

        var start = text.Length;
        text.Append(content);
        blocks.Add(new TextBlock(kind, new TextSpan(start, text.Length)));
        return start;
    }
}
