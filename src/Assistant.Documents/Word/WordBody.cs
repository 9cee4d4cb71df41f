using Assistant.Core.Documents;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Drawing = DocumentFormat.OpenXml.Drawing;

namespace Assistant.Documents.Word;

/// <summary>
/// Collects the blocks of a document. What stands in a text box comes after the paragraph it is anchored to, and so does a
/// foot or end note after the paragraph or table that refers to it.
/// </summary>
/// <param name="styles">The document's styles.</param>
/// <param name="notes">The content of the note that an element refers to; null when there is none.</param>
internal sealed class WordBody(WordStyles styles, Func<OpenXmlElement, OpenXmlElement?> notes)
{
    private readonly WordInlines inlines = new(styles);

    /// <summary>Text of paragraphs whose end was deleted, so that the next one goes on with it.</summary>
    private string unfinished = string.Empty;

    /// <summary>The blocks of everything added so far.</summary>
    public List<WordBlock> Blocks { get; } = [];

    /// <summary>Adds a child of the document's body.</summary>
    public void Add(OpenXmlElement element)
    {
        Read(element, Blocks);
        AddNotes();
    }

    /// <summary>The blocks of what stands in <paramref name="container"/>.</summary>
    public List<WordBlock> ReadContent(OpenXmlElement container)
    {
        var blocks = new List<WordBlock>();
        foreach (var child in container.ChildElements)
        {
            Read(child, blocks);
        }

        return blocks;
    }

    private void Read(OpenXmlElement element, List<WordBlock> blocks)
    {
        switch (element)
        {
            case Paragraph paragraph:
                ReadParagraph(paragraph, blocks);
                break;
            case Table table:
                blocks.AddRange(new WordTable(this, table).Rows());
                break;
            case Drawing.Paragraph drawn:
                blocks.Add(new WordBlock(BlockKind.Paragraph, string.Concat(drawn.Descendants<Drawing.Text>().Select(text => text.Text))));
                break;
            case DeletedRun or MoveFromRun or SectionProperties or SdtProperties or SdtEndCharProperties or AltChunk:
                break;
            case AlternateContent alternatives:
                blocks.AddRange(ReadContent(WordInlines.Preferred(alternatives)));
                break;
            case OpenXmlCompositeElement:
                blocks.AddRange(ReadContent(element));
                break;
        }
    }

    private void ReadParagraph(Paragraph paragraph, List<WordBlock> blocks)
    {
        var text = unfinished + inlines.Read(paragraph);
        var properties = paragraph.ParagraphProperties;
        unfinished = string.Empty;
        if (properties?.ParagraphMarkRunProperties is { } mark && (mark.GetFirstChild<Deleted>() is not null || mark.GetFirstChild<MoveFrom>() is not null))
        {
            unfinished = text;
        }
        else if (!string.IsNullOrWhiteSpace(text))
        {
            blocks.Add(styles.HeadingLevel(properties) is { } level ? new WordBlock(BlockKind.Heading, text, level)
                : new WordBlock(styles.IsListItem(properties) ? BlockKind.ListItem : BlockKind.Paragraph, text));
        }

        OpenXmlElement[] boxes = [.. inlines.TextBoxes];
        inlines.TextBoxes.Clear();
        foreach (var box in boxes)
        {
            blocks.AddRange(ReadContent(box));
        }
    }

    /// <summary>Notes of notes are left out: Word has none, and a damaged file could go round in a circle.</summary>
    private void AddNotes()
    {
        if (inlines.NoteReferences.Count == 0)
        {
            return;
        }

        OpenXmlElement[] references = [.. inlines.NoteReferences];
        foreach (var reference in references)
        {
            if (notes(reference) is { } note)
            {
                Blocks.AddRange(ReadContent(note).Select(block => block with { Kind = BlockKind.Paragraph }));
            }
        }

        inlines.NoteReferences.Clear();
    }
}
