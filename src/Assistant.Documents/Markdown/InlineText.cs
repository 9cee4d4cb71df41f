using System.Text;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax.Inlines;

namespace Assistant.Documents.Markdown;

/// <summary>What people read of inline Markdown.</summary>
internal static class InlineText
{
    public static string Of(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        if (inlines is not null)
        {
            Append(text, inlines);
        }

        return text.ToString().Trim();
    }

    private static void Append(StringBuilder text, ContainerInline container)
    {
        // Inside an element whose content is no text: <script>, <style>.
        string? hidden = null;
        foreach (var inline in container)
        {
            if (hidden is not null)
            {
                hidden = inline is HtmlInline end && HtmlFragment.IsEndTag(end.Tag, hidden) ? null : hidden;
                continue;
            }

            switch (inline)
            {
                case HtmlInline tag:
                    hidden = HtmlFragment.HiddenElement(tag.Tag);
                    text.Append(HtmlFragment.IsLineBreak(tag.Tag) ? "\n" : "");
                    break;
                case LineBreakInline lineBreak:
                    text.Append(lineBreak.IsHard ? '\n' : ' ');
                    break;
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case TaskList or FootnoteLink:
                    break;
                case DelimiterInline delimiter:
                    text.Append(delimiter.ToLiteral());
                    Append(text, delimiter);
                    break;
                case ContainerInline nested:
                    Append(text, nested);
                    break;
            }
        }
    }
}
