using AngleSharp.Dom;
using Assistant.Core.Documents;

namespace Assistant.Documents.Html;

/// <summary>
/// Turns a tree of elements into headings, paragraphs, list items, table rows and code, in the order of the page.
/// Recursive: hand it trees of <see cref="PageParser"/> only, whose depth is limited.
/// </summary>
/// <param name="isLeftOut">Elements to leave out with all they hold.</param>
internal sealed class BlockCollector(Func<IElement, bool> isLeftOut)
{
    private readonly BlockList blocks = [];
    private readonly InlineText line = new();
    private BlockKind kind = BlockKind.Paragraph;
    private int headingLevel;
    private int linkedLength;
    private int lineBreaks;
    private bool preformatted;

    /// <summary>The blocks of what <paramref name="root"/> holds.</summary>
    public static BlockList Collect(IElement root, Func<IElement, bool> isLeftOut)
    {
        var collector = new BlockCollector(isLeftOut);
        collector.VisitChildren(root);
        collector.EndBlock();
        return collector.blocks;
    }

    /// <summary>The text of what <paramref name="root"/> holds on one line, and how much of it stands in links.</summary>
    public static (string Text, int LinkedLength) CollectLine(IElement root, Func<IElement, bool> isLeftOut)
    {
        var parts = Collect(root, isLeftOut);
        var text = string.Join(' ', parts.Select(part => part.Text)).Replace('\n', ' ');
        return (text, parts.Sum(part => part.LinkedLength));
    }

    private void VisitChildren(INode parent)
    {
        // Not by NextSibling, which looks for its place among all children each time.
        foreach (var child in parent.ChildNodes)
        {
            if (child is IElement element)
            {
                Visit(element);
            }
            else if (child.NodeType is NodeType.Text or NodeType.CharacterData)
            {
                AppendText(child.TextContent);
            }
        }
    }

    private void Visit(IElement element)
    {
        var name = element.LocalName;
        if (HtmlElements.HasNoText(name) || isLeftOut(element))
        {
            return;
        }

        switch (name)
        {
            case "br":
                BreakLine();
                break;
            case "img":
                line.Append(Formula.Of(element));
                break;
            case "pre" or "listing" or "xmp" or "plaintext":
                VisitPreformatted(element);
                break;
            case "table" when HtmlTable.Read(element, isLeftOut) is { } rows:
                EndBlock();
                blocks.AddRange(rows);
                break;
            case "li" or "dt" or "dd":
                VisitAs(HtmlElements.HoldsSeveralBlocks(element) ? BlockKind.Paragraph : BlockKind.ListItem, 0, element);
                break;
            case "a":
                var before = line.Length;
                VisitChildren(element);
                linkedLength += Math.Max(0, line.Length - before);
                break;
            default:
                if (HtmlElements.HeadingLevel(element) is { } level)
                {
                    VisitHeading(level, element);
                }
                else if (HtmlElements.IsBlock(name))
                {
                    EndBlock();
                    VisitChildren(element);
                    EndBlock();
                }
                else
                {
                    VisitChildren(element);
                }

                break;
        }
    }

    private void VisitHeading(int level, IElement element)
    {
        var outer = preformatted;
        if (outer)
        {
            EndPreformatted(isCode: false);
        }

        preformatted = false;
        VisitAs(BlockKind.Heading, level, element);
        preformatted = outer;
    }

    private void VisitAs(BlockKind newKind, int newLevel, IElement element)
    {
        EndBlock();
        var (oldKind, oldLevel) = (kind, headingLevel);
        // A list inside a heading is a menu someone styled; the heading wins. A heading inside a list item is one.
        if (oldKind != BlockKind.Heading)
        {
            (kind, headingLevel) = (newKind, newLevel);
        }

        VisitChildren(element);
        EndBlock();
        (kind, headingLevel) = (oldKind, oldLevel);
    }

    private void VisitPreformatted(IElement element)
    {
        EndBlock();
        var outer = preformatted;
        preformatted = true;
        VisitChildren(element);
        EndPreformatted(isCode: PreformattedText.IsCode(element));
        preformatted = outer;
    }

    private void EndPreformatted(bool isCode)
    {
        blocks.AddRange(PreformattedText.Split(line.Take(), isCode));
        linkedLength = 0;
    }

    private void AppendText(string text)
    {
        if (preformatted)
        {
            line.AppendPreformatted(text);
            return;
        }

        if (lineBreaks > 0 && !string.IsNullOrWhiteSpace(text))
        {
            EndLines();
        }

        line.Append(text);
    }

    private void BreakLine()
    {
        if (preformatted)
        {
            line.AppendPreformatted("\n");
        }
        else
        {
            lineBreaks++;
        }
    }

    /// <summary>One break is a new line of the paragraph, two are a new paragraph.</summary>
    private void EndLines()
    {
        if (lineBreaks > 1)
        {
            EndBlock();
        }
        else
        {
            line.AppendLineBreak();
            lineBreaks = 0;
        }
    }

    private void EndBlock()
    {
        lineBreaks = 0;
        if (preformatted)
        {
            if (line.Length > 0)
            {
                line.AppendPreformatted("\n");
            }

            return;
        }

        var text = line.Take().Trim();
        if (text.Length > 0)
        {
            blocks.Add(new HtmlBlock(kind, kind == BlockKind.Heading ? headingLevel : 0, text, Math.Min(linkedLength, text.Length)));
        }

        linkedLength = 0;
    }
}
