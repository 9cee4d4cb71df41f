using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Vml;
using DocumentFormat.OpenXml.Wordprocessing;
using Drawing = DocumentFormat.OpenXml.Drawing;
using MathText = DocumentFormat.OpenXml.Math.Text;

namespace Assistant.Documents.Word;

/// <summary>
/// Collects the text of paragraphs as a reader sees it with all changes accepted: without what was deleted, hidden or is the
/// code of a field. Fields reach over paragraphs, so one object reads a whole document.
/// </summary>
internal sealed class WordInlines(WordStyles styles)
{
    /// <summary>The fields that are open, outermost first; true while their code is read and not yet their result.</summary>
    private readonly Stack<bool> fields = new();

    private StringBuilder text = new();

    /// <summary>What stands in text boxes of the paragraphs read since it was last taken.</summary>
    public List<OpenXmlElement> TextBoxes { get; } = [];

    /// <summary>The foot and end notes that were referred to since they were last taken.</summary>
    public List<OpenXmlElement> NoteReferences { get; } = [];

    /// <summary>The text of <paramref name="paragraph"/>.</summary>
    public string Read(Paragraph paragraph)
    {
        text = new StringBuilder();
        ReadChildren(paragraph, styles.IsHidden(paragraph.ParagraphProperties));
        return text.ToString();
    }

    /// <summary>One of the ways in which a file gives the same to new programs and to old ones.</summary>
    public static OpenXmlElement Preferred(AlternateContent alternatives) =>
        alternatives.GetFirstChild<AlternateContentChoice>() ?? alternatives.GetFirstChild<AlternateContentFallback>() ?? (OpenXmlElement)alternatives;

    private void ReadChildren(OpenXmlElement parent, bool hidden)
    {
        foreach (var child in parent.ChildElements)
        {
            Read(child, hidden);
        }
    }

    private void Read(OpenXmlElement element, bool hidden)
    {
        switch (element)
        {
            case FieldChar field:
                ReadField(field);
                break;
            case Run run:
                ReadChildren(run, hidden || styles.IsHidden(run));
                break;
            case ParagraphProperties or RunProperties or DeletedRun or MoveFromRun or DeletedText or FieldCode or DeletedFieldCode or RubyContent:
                break;
            case AlternateContent alternatives:
                ReadChildren(Preferred(alternatives), hidden);
                break;
            case OpenXmlUnknownElement unknown:
                ReadChildren(WordElements.WithoutUnknown(unknown), hidden);
                break;
            default:
                if (!hidden && !fields.Contains(true))
                {
                    ReadVisible(element);
                }
                else if (element is not OpenXmlLeafElement)
                {
                    ReadChildren(element, hidden);
                }

                break;
        }
    }

    private void ReadVisible(OpenXmlElement element)
    {
        switch (element)
        {
            case Text or MathText:
                // A soft hyphen shows at the end of a line only, and nobody searches for it.
                text.Append(element.InnerText.Replace("\u00AD", string.Empty, StringComparison.Ordinal));
                break;
            case TabChar or PositionalTab:
                text.Append('\t');
                break;
            case Break or CarriageReturn:
                text.Append('\n');
                break;
            case NoBreakHyphen:
                text.Append('-');
                break;
            case SymbolChar symbol:
                text.Append(WordSymbols.Character(symbol.Font?.Value, symbol.Char?.Value));
                break;
            case FootnoteReference or EndnoteReference:
                NoteReferences.Add(element);
                break;
            case TextBoxContent or Drawing.TextBody:
                TextBoxes.Add(element);
                break;
            case TextPath { String.Value: { } wordArt }:
                text.Append(wordArt);
                break;
            case OpenXmlLeafElement:
                break;
            default:
                ReadChildren(element, hidden: false);
                break;
        }
    }

    private void ReadField(FieldChar field)
    {
        var type = field.FieldCharType?.Value;
        if (type == FieldCharValues.Begin)
        {
            fields.Push(true);
        }
        else if (fields.TryPop(out _) && type == FieldCharValues.Separate)
        {
            fields.Push(false);
        }
    }
}
