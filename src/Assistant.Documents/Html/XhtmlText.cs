using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Assistant.Documents.Html;

/// <summary>
/// Makes XHTML safe for a parser of HTML, which forgives what a parser of XML does not, but takes <c>&lt;title/&gt;</c>
/// for a title that never ends and knows no CDATA.
/// </summary>
internal static partial class XhtmlText
{
    private const string CDataStart = "<![CDATA[";
    private const string CDataEnd = "]]>";

    /// <summary>The same page with empty elements written as start and end tag, and CDATA sections as text.</summary>
    public static string ToHtml(string xhtml) => EmptyElement().Replace(WithoutCData(xhtml), "<${name}${attributes}></${name}>");

    /// <summary>Whether the page says that it is XML.</summary>
    public static bool IsXml(string page) => page.AsSpan().TrimStart().StartsWith("<?xml", StringComparison.Ordinal);

    private static string WithoutCData(string xhtml)
    {
        var html = new StringBuilder(xhtml.Length);
        var position = 0;
        while (true)
        {
            var start = xhtml.IndexOf(CDataStart, position, StringComparison.Ordinal);
            var end = start < 0 ? -1 : xhtml.IndexOf(CDataEnd, start, StringComparison.Ordinal);
            if (end < 0)
            {
                return position == 0 ? xhtml : html.Append(xhtml, position, xhtml.Length - position).ToString();
            }

            html.Append(xhtml, position, start - position);
            html.Append(WebUtility.HtmlEncode(xhtml[(start + CDataStart.Length)..end]));
            position = end + CDataEnd.Length;
        }
    }

    // Elements that are empty by nature stay as they are.
    [GeneratedRegex(
        """<(?<name>(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)[\s/])[A-Za-z][\w:.-]*)(?<attributes>(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*/>""",
        RegexOptions.CultureInvariant)]
    private static partial Regex EmptyElement();
}
