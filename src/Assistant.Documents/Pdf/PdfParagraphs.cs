using System.Text.RegularExpressions;
using Assistant.Core.Documents;

namespace Assistant.Documents.Pdf;

/// <summary>Makes paragraphs, list items and table rows of lines in reading order.</summary>
internal sealed partial class PdfParagraphs
{
    /// <summary>Paragraphs that may stand between the two halves of one: the footnotes of the page, a caption.</summary>
    private const int Between = 4;

    /// <summary>Characters after which a paragraph ends whatever follows; longer than any that people write.</summary>
    private const int LongestParagraph = 20_000;

    /// <summary>Points by which the cells of a column may be out of line.</summary>
    private const double InLine = 3;

    /// <summary>A gap this many times as wide as the letters are large is never one between words.</summary>
    private const double WideGap = 3;

    private readonly PdfWordJoiner joiner;
    private readonly List<PdfBlock> blocks = [];

    private PdfParagraphs(PdfWordJoiner joiner) => this.joiner = joiner;

    /// <summary>The blocks of <paramref name="lines"/>.</summary>
    public static List<PdfBlock> Build(IReadOnlyList<PdfLine> lines)
    {
        var paragraphs = new PdfParagraphs(new PdfWordJoiner(lines));
        var rows = Rows(lines);
        for (var start = 0; start < rows.Count;)
        {
            var tableEnd = TableEnd(rows, start);
            if (tableEnd > start)
            {
                paragraphs.AddTable(rows[start..tableEnd]);
                start = tableEnd;
                continue;
            }

            var end = start + 1;
            while (end < rows.Count && TableEnd(rows, end) == end && Below(rows[end - 1], rows[end]))
            {
                end++;
            }

            paragraphs.AddColumn(rows[start..end]);
            start = end;
        }

        return paragraphs.blocks;
    }

    /// <summary>Lines that stand beside each other, together.</summary>
    private static List<PdfRow> Rows(IReadOnlyList<PdfLine> lines)
    {
        var rows = new List<List<PdfLine>>();
        foreach (var line in lines)
        {
            if (rows.Count > 0 && rows[^1][^1].IsBeside(line) && line.Left > rows[^1][^1].Right)
            {
                rows[^1].Add(line);
            }
            else
            {
                rows.Add([line]);
            }
        }

        return [.. rows.Select(cells => new PdfRow(cells))];
    }

    /// <summary>Where the table that begins with row <paramref name="start"/> ends; <paramref name="start"/> when none does.</summary>
    private static int TableEnd(List<PdfRow> rows, int start)
    {
        var end = start;
        while (end < rows.Count && rows[end].Cells.Count > 1 && !ListMark().IsMatch(rows[end].Cells[0].Text)
            && (end == start || rows[end].IsInTableWith(rows[end - 1])))
        {
            end++;
        }

        return end - start > 1 ? end : start;
    }

    private static bool Below(PdfRow upper, PdfRow lower) =>
        upper.Page == lower.Page && lower.Baseline < upper.Baseline && upper.Baseline - lower.Baseline < 3 * Math.Max(upper.Size, lower.Size)
        && lower.Left < upper.Right && upper.Left < lower.Right
        && Math.Max(upper.Size, lower.Size) <= 1.12 * Math.Min(upper.Size, lower.Size);

    private void AddTable(List<PdfRow> rows)
    {
        foreach (var row in rows)
        {
            blocks.Add(Block(BlockKind.TableRow, row) with { Text = string.Join('\t', row.Cells.Select(cell => cell.Text)) });
        }
    }

    private void AddColumn(List<PdfRow> rows)
    {
        // Where justified lines end; a formula may stick out.
        var usualRight = rows.GroupBy(row => Math.Round(row.Right / 4)).MaxBy(group => group.Count())!;
        var right = usualRight.Count() > 2 ? usualRight.Max(row => row.Right) : rows.Max(row => row.Right);
        var left = rows.Min(row => row.Left);
        var usualLeft = rows.GroupBy(row => Math.Round(row.Left)).MaxBy(group => group.Count())!.Key;
        var leading = rows.Zip(rows.Skip(1), (upper, lower) => upper.Baseline - lower.Baseline).Order().ToList();
        // The distance most lines keep, or would keep if there are too few to tell.
        var usualLeading = leading.Count > 3 ? leading[leading.Count / 3] : Math.Min(leading.FirstOrDefault(double.MaxValue), 1.5 * rows[0].Size);
        var current = FindUnfinished(rows[0]);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (current >= 0 && (i == 0 || !Begins(rows[i - 1], row)))
            {
                Append(current, row);
                continue;
            }

            var item = ListMark().Match(row.Text);
            current = blocks.Count;
            blocks.Add(Block(item.Success ? BlockKind.ListItem : BlockKind.Paragraph, row) with { Text = row.Text[item.Length..] });
        }

        bool Begins(PdfRow last, PdfRow row)
        {
            if (last.Baseline - row.Baseline > (1.25 * usualLeading) + 1 || ListMark().IsMatch(row.Text)
                || blocks[current].Text.Length > LongestParagraph
                || (last.Bold != row.Bold && !ContinuesSentence(row.Text)))
            {
                return true;
            }

            if (ContinuesSentence(row.Text) && !EndsSentence(last.Text))
            {
                return false;
            }

            // The first line of a paragraph is indented, or all but the first.
            var indent = 0.8 * row.Size;
            if ((row.Left > usualLeft + indent && Math.Abs(last.Left - usualLeft) < indent && blocks[current].Kind == BlockKind.Paragraph)
                || (row.Left < usualLeft - indent && last.Left > usualLeft - indent))
            {
                return true;
            }

            var isShort = last.Right < right - (0.2 * (right - left)) && !last.Text.EndsWith('-');
            return isShort && (EndsSentence(last.Text) || last.Right < right - (0.4 * (right - left))) && !ContinuesSentence(row.Text);
        }
    }

    /// <summary>The paragraph that was not finished at the bottom of the column or page before and that <paramref name="row"/> goes on with; −1 when there is none.</summary>
    private int FindUnfinished(PdfRow row)
    {
        for (var i = blocks.Count - 1; i >= Math.Max(0, blocks.Count - Between) && ContinuesSentence(row.Text); i--)
        {
            var block = blocks[i];
            if (block.Kind is BlockKind.Paragraph or BlockKind.ListItem && Math.Abs(block.Size - row.Size) <= 0.3 && block.Bold == row.Bold)
            {
                var unfinished = !EndsSentence(block.Text) && block.Lines > 1 && block.Text.Length <= LongestParagraph && row.Page - block.LastPage is 0 or 1;
                return unfinished ? i : -1;
            }
        }

        return -1;
    }

    private void Append(int index, PdfRow row) => blocks[index] = blocks[index] with
    {
        Text = joiner.Join(blocks[index].Text, row.Text),
        LastPage = row.Page,
        Lines = blocks[index].Lines + 1,
        Bold = blocks[index].Bold && row.Bold,
    };

    private static PdfBlock Block(BlockKind kind, PdfRow row) => new()
    {
        Kind = kind,
        Text = row.Text,
        Page = row.Page,
        LastPage = row.Page,
        Depth = row.Cells[0].Depth,
        Size = row.Size,
        Bold = row.Bold,
        Lines = 1,
    };

    private static bool EndsSentence(string text) =>
        text.TrimEnd('"', '”', '’', ')', ']', '»', '›') is [.., '.' or '!' or '?' or ':' or '…' or '。' or '！' or '？' or '؟' or '।'];

    private static bool ContinuesSentence(string text) => char.IsLower(text[0]);

    /// <summary>The marks that stand in front of list items and nowhere else; numbers belong to what they count and stay.</summary>
    [GeneratedRegex(@"^(?:[•‣▪◦●○■□❖➢➤✓✔·\uF0B7\uF0A7\uF0D8\uF076]\s*|[–*o-]\s+(?=\p{L}{2}))(?=\S)")]
    private static partial Regex ListMark();

    private sealed class PdfRow(List<PdfLine> cells)
    {
        public List<PdfLine> Cells { get; } = cells;

        public int Page => Cells[0].Page;

        public double Baseline => Cells[0].Baseline;

        public double Left => Cells[0].Left;

        public double Right { get; } = cells[^1].Right;

        public double Size { get; } = cells.MaxBy(cell => cell.Text.Length)!.Size;

        public bool Bold { get; } = cells.TrueForAll(cell => cell.Bold);

        public string Text { get; } = string.Join(' ', cells.Select(cell => cell.Text));

        /// <summary>Whether cells of both rows stand in the same columns of a table.</summary>
        public bool IsInTableWith(PdfRow upper)
        {
            if (Page != upper.Page || Math.Abs(upper.Baseline - Baseline) > 6 * Math.Max(Size, upper.Size))
            {
                return false;
            }

            // The first cells' left and the last cells' right side are in line in justified text as well, where words are torn apart.
            var inLine = Cells.Count(cell => upper.Cells.Exists(other => AreInLine(cell, other)));
            var inLineWithin = Cells.Skip(1).Any(cell => upper.Cells.Skip(1).Any(other => AreInLine(cell, other) && Math.Abs(cell.Left - other.Left) < InLine));
            return inLine > 1 && (inLineWithin || (WidestGap > WideGap * Size && upper.WidestGap > WideGap * upper.Size));
        }

        private double WidestGap => Cells.Zip(Cells.Skip(1), (left, right) => right.Left - left.Right).Max();

        /// <summary>Flush left, flush right or centred.</summary>
        private static bool AreInLine(PdfLine cell, PdfLine other) =>
            Math.Abs(cell.Left - other.Left) < InLine || Math.Abs(cell.Right - other.Right) < InLine
            || Math.Abs(cell.Left + cell.Right - other.Left - other.Right) < 2 * InLine;
    }
}
