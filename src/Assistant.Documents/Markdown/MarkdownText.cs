using System.Text;
using Assistant.Core.Documents;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace Assistant.Documents.Markdown;

/// <summary>Makes a document of parsed Markdown, block by block.</summary>
internal sealed class MarkdownText
{
    private readonly SourceDocumentBuilder builder = new();
    private FrontMatter frontMatter = FrontMatter.None;

    private MarkdownText()
    {
    }

    public static SourceDocument Of(MarkdownDocument document)
    {
        var text = new MarkdownText();
        text.AddAll(document);
        return text.builder.Build(text.frontMatter.Title, text.frontMatter.Metadata);
    }

    private void AddAll(ContainerBlock container)
    {
        foreach (var block in container)
        {
            Add(block);
        }
    }

    private void Add(Block block)
    {
        switch (block)
        {
            case YamlFrontMatterBlock yaml:
                frontMatter = FrontMatter.Parse(yaml.Lines.Lines.Take(yaml.Lines.Count).Select(line => line.Slice.ToString()));
                break;
            case HeadingBlock heading:
                builder.AddHeading(heading.Level, InlineText.Of(heading.Inline));
                break;
            case HtmlBlock html:
                builder.AddBlock(BlockKind.Paragraph, HtmlFragment.Text(html.Lines.ToString()));
                break;
            case CodeBlock code:
                builder.AddBlock(BlockKind.Code, code.Lines.ToString());
                break;
            case Table table:
                AddTable(table);
                break;
            case ListItemBlock item:
                AddItem(item);
                break;
            case LinkReferenceDefinitionGroup:
                break;
            case ContainerBlock container:
                AddAll(container);
                break;
            case LeafBlock leaf:
                builder.AddBlock(BlockKind.Paragraph, InlineText.Of(leaf.Inline));
                break;
        }
    }

    /// <summary>The paragraphs of an item are one block; lists and code inside it follow it.</summary>
    private void AddItem(ListItemBlock item)
    {
        var own = new StringBuilder();
        foreach (var block in item)
        {
            if (block is ParagraphBlock paragraph)
            {
                own.Append(own.Length > 0 ? "\n" : "").Append(InlineText.Of(paragraph.Inline));
                continue;
            }

            builder.AddBlock(BlockKind.ListItem, own.ToString());
            own.Clear();
            Add(block);
        }

        builder.AddBlock(BlockKind.ListItem, own.ToString());
    }

    /// <summary>Each row names its columns, so that it can be quoted alone: “Country: France; Pledge: 2 billion”.</summary>
    private void AddTable(Table table)
    {
        var rows = table.OfType<TableRow>().ToList();
        var headers = rows.Find(row => row.IsHeader) is { } header ? Cells(header) : [];
        // A table of nothing but a header is a list of names.
        foreach (var row in rows.Where(row => !row.IsHeader || rows.Count == 1))
        {
            var named = Cells(row).Select((cell, column) => cell.Length == 0 ? ""
                : !row.IsHeader && column < headers.Length && headers[column].Length > 0 ? $"{headers[column]}: {cell}" : cell);
            builder.AddBlock(BlockKind.TableRow, string.Join("; ", named.Where(cell => cell.Length > 0)));
        }
    }

    private static string[] Cells(TableRow row) =>
        [.. row.OfType<TableCell>().Select(cell => string.Join(' ', cell.Descendants<LeafBlock>().Select(leaf => InlineText.Of(leaf.Inline))).Trim())];
}
