using Assistant.Core.Documents;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Assistant.Documents.Word;

/// <summary>
/// Makes rows that can be quoted one by one: <c>Header: cell; Header: cell</c> where the table has a header, else
/// <c>cell; cell</c>. A table that only puts paragraphs side by side or in a frame is read as those paragraphs.
/// </summary>
internal sealed class WordTable
{
    private const int LongestHeader = 60;

    /// <summary>A cell with more text than this is a page laid out with a table.</summary>
    private const int LongestCell = 2000;

    private readonly List<Row> rows;

    /// <summary>Reads the cells of <paramref name="table"/>.</summary>
    public WordTable(WordBody body, Table table)
    {
        rows = [.. Unwrap<TableRow>(table).Where(row => row.TableRowProperties?.GetFirstChild<Deleted>() is null).Select(row => new Row(body, row))];
        FillMerged();
    }

    /// <summary>The table as blocks.</summary>
    public IEnumerable<WordBlock> Rows()
    {
        var isLayout = rows.TrueForAll(row => row.Cells.Count < 2)
            || rows.Exists(row => row.Cells.Exists(cell => cell.Text.Length > LongestCell || cell.Blocks.Exists(block => block.Kind == BlockKind.Heading)));
        if (isLayout)
        {
            return rows.SelectMany(row => row.Cells).Where(cell => !cell.IsMerged).SelectMany(cell => cell.Blocks);
        }

        var headerRows = HeaderRows();
        var headers = Headers(headerRows);
        var used = new HashSet<int>();
        var texts = rows.Skip(headerRows).Select(row => TextOf(row, headers, used)).ToList();
        // A header that no row repeats, because its column is empty, would be lost.
        var heads = headers.Keys.All(used.Contains) ? [] : rows.Take(headerRows).Select(row => TextOf(row, [], used));
        return heads.Concat(texts).Where(text => text.Length > 0).Select(text => new WordBlock(BlockKind.TableRow, text));
    }

    private static string TextOf(Row row, Dictionary<int, string> headers, HashSet<int> used)
    {
        var parts = new List<string>();
        foreach (var cell in row.Cells.Where(cell => cell.Text.Length > 0))
        {
            if (headers.TryGetValue(cell.Column, out var header) && header.Length > 0)
            {
                used.Add(cell.Column);
                parts.Add($"{header}: {cell.Text}");
            }
            else
            {
                parts.Add(cell.Text);
            }
        }

        return string.Join("; ", parts);
    }

    /// <summary>A cell that goes on over several rows counts for each of them.</summary>
    private void FillMerged()
    {
        var above = new Dictionary<int, Cell>();
        foreach (var row in rows)
        {
            foreach (var cell in row.Cells)
            {
                if (cell.IsMerged && above.TryGetValue(cell.Column, out var first))
                {
                    cell.Text = first.Text;
                }

                above[cell.Column] = cell;
            }
        }
    }

    private int HeaderRows()
    {
        if (rows.Count < 2)
        {
            return 0;
        }

        var marked = rows.TakeWhile(row => row.IsMarkedHeader).Count();
        return marked == rows.Count ? 0
            : marked > 0 ? marked
            : LooksLikeHeader() ? 1
            : 0;
    }

    private Dictionary<int, string> Headers(int headerRows)
    {
        var headers = new Dictionary<int, string>();
        foreach (var cell in rows.Take(headerRows).SelectMany(row => row.Cells).Where(cell => cell.Text.Length > 0))
        {
            var text = cell.Text.TrimEnd(':', ' ');
            for (var column = cell.Column; column < cell.Column + cell.Span; column++)
            {
                headers[column] = headers.TryGetValue(column, out var above) && above != text ? $"{above} {text}" : text;
            }
        }

        return headers;
    }

    /// <summary>Whether the first row names what is in the others: set apart by bold type, or short names above columns.</summary>
    private bool LooksLikeHeader()
    {
        var first = rows[0].Cells;
        var columns = rows.Max(row => row.Cells.Count);
        if (columns < 2 || first.Count < columns || first.Exists(cell => cell.Text.Length > LongestHeader)
            || first.Count(cell => cell.Text.Length == 0) > 1 || first.Select(cell => cell.Text).Distinct().Count() < first.Count)
        {
            return false;
        }

        var body = rows.Skip(1).ToList();
        if (first.TrueForAll(cell => cell.IsBold || cell.Text.Length == 0))
        {
            return body.Exists(row => !row.Cells.TrueForAll(cell => cell.IsBold));
        }

        var namesOnly = first.TrueForAll(cell => cell.Text.Length > 0 && cell.Text[^1] is not ('.' or ':' or ';') && cell.Text.Any(char.IsLetter));
        var labelsAtLeft = rows.TrueForAll(row => row.Cells.Count > 0 && (row.Cells[0].IsBold || row.Cells[0].Text.EndsWith(':')));
        // Two columns may as well be names and values, unless the values are numbers and what stands above them is not.
        return namesOnly && !labelsAtLeft
            && (columns > 2 || (!IsNumber(first[1].Text) && body.TrueForAll(row => row.Cells.Count > 1 && IsNumber(row.Cells[1].Text))));
    }

    private static bool IsNumber(string text) => text.Any(char.IsAsciiDigit) && text.Count(char.IsLetter) <= 3;

    /// <summary>The rows or cells in an element, out of the content controls that may be around them.</summary>
    private static IEnumerable<T> Unwrap<T>(OpenXmlElement parent)
        where T : OpenXmlElement =>
        parent.ChildElements.SelectMany(child => child switch
        {
            T wanted => [wanted],
            SdtElement or SdtContentRow or SdtContentCell or CustomXmlElement => Unwrap<T>(child),
            _ => Enumerable.Empty<T>(),
        });

    private sealed class Row
    {
        public Row(WordBody body, TableRow row)
        {
            var properties = row.TableRowProperties;
            IsMarkedHeader = properties?.GetFirstChild<TableHeader>() is { } header && header.Val?.InnerText is null or "1" or "true" or "on";
            var column = properties?.GetFirstChild<GridBefore>()?.Val?.Value ?? 0;
            foreach (var element in Unwrap<TableCell>(row))
            {
                var cell = new Cell(body, element, column);
                Cells.Add(cell);
                column += cell.Span;
            }
        }

        public bool IsMarkedHeader { get; }

        public List<Cell> Cells { get; } = [];
    }

    private sealed class Cell
    {
        public Cell(WordBody body, TableCell cell, int column)
        {
            var properties = cell.TableCellProperties;
            Column = column;
            Span = Math.Clamp(properties?.GridSpan?.Val?.Value ?? 1, 1, 1000);
            IsMerged = properties?.VerticalMerge is { } merge && (merge.Val is null || merge.Val.Value == MergedCellValues.Continue);
            Blocks = properties?.GetFirstChild<CellDeletion>() is null ? body.ReadContent(cell) : [];
            Text = Join(Blocks);
            var runs = cell.Descendants<Run>().Where(run => !string.IsNullOrWhiteSpace(run.InnerText)).ToList();
            IsBold = runs.Count > 0 && runs.TrueForAll(run => run.RunProperties?.Bold is { } bold && (bold.Val?.Value ?? true));
        }

        public int Column { get; }

        public int Span { get; }

        public bool IsMerged { get; }

        public bool IsBold { get; }

        public List<WordBlock> Blocks { get; }

        public string Text { get; set; }

        /// <summary>All blocks in one line; items of a list with a comma between them.</summary>
        private static string Join(List<WordBlock> blocks)
        {
            var text = string.Empty;
            for (var i = 0; i < blocks.Count; i++)
            {
                var line = string.Join(' ', blocks[i].Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                var isNextItem = i > 0 && blocks[i].Kind == blocks[i - 1].Kind && blocks[i].Kind is BlockKind.ListItem or BlockKind.TableRow && char.IsLetterOrDigit(text[^1]);
                text = text.Length == 0 ? line : isNextItem ? $"{text}, {line}" : $"{text} {line}";
            }

            return text;
        }
    }
}
