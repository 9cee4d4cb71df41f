using AngleSharp.Dom;
using Assistant.Core.Documents;

namespace Assistant.Documents.Html;

/// <summary>Turns tables of data into rows that can each be quoted alone: <c>Header: cell; Header: cell</c>.</summary>
internal static class HtmlTable
{
    /// <summary>A longer cell is running text that someone laid out with a table.</summary>
    private const int LongestCell = 600;

    /// <summary>A longer header is a remark, not to be repeated in every row.</summary>
    private const int LongestHeader = 120;

    /// <summary>HTML allows 1000; a cell that spans so many columns is a decoration.</summary>
    private const int MostColumns = 200;

    /// <summary>The caption and the rows; null when the table only arranges the page, so that its cells are to be read as blocks.</summary>
    public static IReadOnlyList<HtmlBlock>? Read(IElement table, Func<IElement, bool> isLeftOut)
    {
        if (table.GetAttribute("role") is "presentation" or "none" || table.QuerySelector("table, h1, h2, h3, h4, form, pre, blockquote") is not null)
        {
            return null;
        }

        var rows = ReadRows(table, isLeftOut);
        var hasHeaderCells = rows.Any(row => row.Cells.Any(cell => cell.IsHeader));
        if (rows.Any(row => row.Cells.Any(cell => cell.Text.Length > LongestCell))
            || (!hasHeaderCells && (rows.Count < 2 || rows.Count(row => row.Cells.Count > 1) * 2 < rows.Count)))
        {
            return null;
        }

        var blocks = new BlockList();
        foreach (var caption in table.Children.Where(child => child.LocalName == "caption" && !isLeftOut(child)))
        {
            Add(BlockKind.Paragraph, BlockCollector.CollectLine(caption, isLeftOut));
        }

        var headerRows = CountHeaderRows(rows);
        var headers = Headers(rows.Take(headerRows).SelectMany(row => row.Cells).Where(cell => cell.Text.Length is > 0 and <= LongestHeader));
        foreach (var row in rows.Skip(headerRows))
        {
            Add(BlockKind.TableRow, (Text(row, headers), row.Cells.Sum(cell => cell.LinkedLength)));
        }

        // A table of nothing but headers is a list of names.
        if (headerRows == rows.Count)
        {
            foreach (var row in rows)
            {
                Add(BlockKind.TableRow, (Text(row, []), row.Cells.Sum(cell => cell.LinkedLength)));
            }
        }

        return blocks;

        void Add(BlockKind kind, (string Text, int LinkedLength) content)
        {
            if (content.Text.Length > 0)
            {
                blocks.Add(new HtmlBlock(kind, 0, content.Text, content.LinkedLength));
            }
        }
    }

    /// <summary>The rows with every cell at its column; a cell that spans rows stands in each of them.</summary>
    private static List<Row> ReadRows(IElement table, Func<IElement, bool> isLeftOut)
    {
        var rows = new List<Row>();
        var spanning = new List<(Cell Cell, int RowsLeft)>();
        foreach (var element in RowElements(table).Where(row => !isLeftOut(row)))
        {
            var cells = new List<Cell>();
            var fromAbove = spanning.ToDictionary(span => span.Cell.Column);
            spanning = [.. spanning.Where(span => span.RowsLeft > 1).Select(span => (span.Cell, span.RowsLeft - 1))];
            var column = 0;
            foreach (var child in element.Children.Where(child => child.LocalName is "td" or "th"))
            {
                TakeFromAbove();
                var (text, linked) = isLeftOut(child) ? ("", 0) : BlockCollector.CollectLine(child, isLeftOut);
                var width = Math.Clamp(Span(child, "colspan"), 1, Math.Max(1, MostColumns - column));
                var cell = new Cell(column, width, text, linked, child.LocalName == "th", IsBold(child, text));
                cells.Add(cell);
                if (column < MostColumns && Span(child, "rowspan") is > 1 and var height)
                {
                    spanning.Add((cell with { LinkedLength = 0 }, height - 1));
                }

                column += width;
            }

            TakeFromAbove();
            if (cells.Any(cell => cell.Text.Length > 0))
            {
                rows.Add(new Row(cells, element.ParentElement?.LocalName == "thead"));
            }

            void TakeFromAbove()
            {
                while (fromAbove.Remove(column, out var span))
                {
                    cells.Add(span.Cell);
                    column += span.Cell.Width;
                }
            }
        }

        return rows;
    }

    private static IEnumerable<IElement> RowElements(IElement table) => table.Children.SelectMany(child =>
        child.LocalName switch
        {
            "tr" => [child],
            "thead" or "tbody" or "tfoot" => child.Children.Where(row => row.LocalName == "tr"),
            _ => Enumerable.Empty<IElement>(),
        });

    private static int Span(IElement cell, string attribute) => int.TryParse(cell.GetAttribute(attribute), out var span) ? span : 1;

    private static bool IsBold(IElement cell, string text) =>
        text.Length > 0 && cell.Children is [{ LocalName: "b" or "strong" } bold] && bold.TextContent.Trim() == cell.TextContent.Trim();

    private static int CountHeaderRows(List<Row> rows)
    {
        var inHead = rows.TakeWhile(row => row.IsInHead).Count();
        if (inHead > 0)
        {
            return inHead;
        }

        // Rows of header cells on top; in a table without any, a first row in bold.
        var ofHeaders = rows.TakeWhile(row => row.Cells.Count > 1 && row.Cells.All(cell => cell.IsHeader || cell.Text.Length == 0)).Count();
        return ofHeaders > 0 ? ofHeaders
            : rows.Count > 1 && rows[0].Cells.Count > 1 && rows[0].Cells.All(cell => cell.IsBold) && !rows[1].Cells.All(cell => cell.IsBold) ? 1
            : 0;
    }

    private static Dictionary<int, string> Headers(IEnumerable<Cell> headerCells)
    {
        var headers = new Dictionary<int, string>();
        foreach (var cell in headerCells)
        {
            for (var column = cell.Column; column < cell.Column + cell.Width; column++)
            {
                var above = headers.GetValueOrDefault(column);
                headers[column] = above is null || above == cell.Text ? cell.Text : above + " " + cell.Text;
            }
        }

        return headers;
    }

    private static string Text(Row row, Dictionary<int, string> headers)
    {
        var filled = row.Cells.Where(cell => cell.Text.Length > 0).ToArray();
        if (headers.Count == 0)
        {
            // “Population: 4,000”: a table of names and values has its headers on the left.
            return filled is [{ IsHeader: true } name, _, ..] && filled.Skip(1).All(cell => !cell.IsHeader)
                ? Named(name.Text, string.Join(" | ", filled.Skip(1).Select(cell => cell.Text)))
                : string.Join(" | ", filled.Select(cell => cell.Text));
        }

        return filled is [var only] && only.Width > 1
            ? only.Text
            : string.Join("; ", filled.Select(cell => headers.TryGetValue(cell.Column, out var header) ? Named(header, cell.Text) : cell.Text));
    }

    private static string Named(string header, string text) => $"{header.TrimEnd(':')}: {text}";

    private sealed record Cell(int Column, int Width, string Text, int LinkedLength, bool IsHeader, bool IsBold);

    private sealed record Row(List<Cell> Cells, bool IsInHead);
}
