using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;
using Assistant.Core.Documents;

namespace Assistant.Documents.Html;

/// <summary>
/// Reads a page tag by tag, without a tree: for pages so large or so deeply nested that a tree of them takes too much time or memory.
/// Nothing is lost of their text; menus and comments are not left out.
/// </summary>
internal sealed class FlatPage
{
    private readonly BlockList blocks = [];
    private readonly InlineText line = new();
    private readonly List<string> cells = [];
    private BlockKind kind = BlockKind.Paragraph;
    private int headingLevel;

    /// <summary>The element that is being left out, and how many of its name are open within each other.</summary>
    private (string Name, int Open)? leftOut;

    private FlatPage()
    {
    }

    /// <summary>What the <c>title</c> element says; null when there is none.</summary>
    public string? Title { get; private set; }

    /// <summary>The language that the page states, as it stands there.</summary>
    public string? Language { get; private set; }

    /// <summary>The text of the page.</summary>
    public IReadOnlyList<HtmlBlock> Blocks => blocks;

    /// <summary>Reads the page.</summary>
    /// <exception cref="UnreadableDocumentException">The text is too long.</exception>
    public static FlatPage Read(string html, CancellationToken cancellationToken)
    {
        var page = new FlatPage();
        using var source = new TextSource(html);
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.ResolverExtended)
        {
            SkipComments = true,
            SkipProcessingInstructions = true,
            DisableElementPositionTracking = true,
        };
        for (var token = tokenizer.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokenizer.Get())
        {
            cancellationToken.ThrowIfCancellationRequested();
            page.Take(token, tokenizer);
        }

        page.EndRow();
        page.EndBlock();
        return page;
    }

    private void Take(HtmlToken token, HtmlTokenizer tokenizer)
    {
        switch (token.Type)
        {
            case HtmlTokenType.StartTag:
                tokenizer.State = Mode(token.Name);
                Open(token.AsTag());
                break;
            case HtmlTokenType.EndTag:
                Close(token.Name);
                break;
            case HtmlTokenType.Character when leftOut is null && kind == BlockKind.Code:
                line.AppendPreformatted(token.Data);
                break;
            case HtmlTokenType.Character when leftOut is null:
                line.Append(token.Data);
                break;
            case HtmlTokenType.Character when leftOut is { Name: "title" }:
                Title ??= token.Data.Trim();
                break;
        }
    }

    private static HtmlParseMode Mode(string name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "textarea" or "title" => HtmlParseMode.RCData,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };

    private void Open(HtmlTagToken tag)
    {
        var name = tag.Name;
        if (leftOut is { } outer)
        {
            leftOut = outer.Name == name ? (name, outer.Open + 1) : outer;
        }
        else if (HtmlElements.HasNoText(name) && name != "head")
        {
            leftOut = HtmlElements.IsVoid(name) || tag.IsSelfClosing ? null : (name, 1);
        }
        else if (name is "td" or "th")
        {
            EndCell();
        }
        else if (name == "tr")
        {
            EndRow();
        }
        else if (name == "br")
        {
            line.AppendLineBreak();
        }
        else if (name == "html")
        {
            Language ??= tag.GetAttribute("lang");
        }
        else if (KindOf(name) is { } opened)
        {
            EndBlock();
            (kind, headingLevel) = (opened, opened == BlockKind.Heading ? name[1] - '0' : 0);
        }
        else if (HtmlElements.IsBlock(name))
        {
            EndBlock();
        }
    }

    private void Close(string name)
    {
        if (leftOut is { } outer)
        {
            leftOut = outer.Name != name ? outer : outer.Open > 1 ? (name, outer.Open - 1) : null;
        }
        else if (name is "td" or "th")
        {
            EndCell();
        }
        else if (name is "tr" or "table")
        {
            EndRow();
        }
        else if (HtmlElements.IsBlock(name) || KindOf(name) is not null)
        {
            EndBlock();
            kind = KindOf(name) is null ? kind : BlockKind.Paragraph;
        }
    }

    private static BlockKind? KindOf(string name) => name switch
    {
        ['h', >= '1' and <= '6'] => BlockKind.Heading,
        "li" or "dt" or "dd" => BlockKind.ListItem,
        "pre" or "xmp" or "listing" or "plaintext" => BlockKind.Code,
        "p" => BlockKind.Paragraph,
        _ => null,
    };

    private void EndCell()
    {
        var text = line.Take().Trim();
        if (text.Length > 0)
        {
            cells.Add(text);
        }
    }

    private void EndRow()
    {
        EndCell();
        if (cells.Count > 0)
        {
            blocks.Add(new HtmlBlock(BlockKind.TableRow, 0, string.Join(" | ", cells), 0));
            cells.Clear();
        }
    }

    private void EndBlock()
    {
        if (cells.Count > 0)
        {
            // Within a table: blocks of one cell are one text.
            line.Append(" ");
            return;
        }

        var text = line.Take();
        if (kind == BlockKind.Code)
        {
            blocks.AddRange(PreformattedText.Split(text, isCode: false));
        }
        else if (text.AsSpan().Trim().Length > 0)
        {
            blocks.Add(new HtmlBlock(kind, headingLevel, text.Trim(), 0));
        }
    }
}
