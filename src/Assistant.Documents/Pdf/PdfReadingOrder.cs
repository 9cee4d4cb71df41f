namespace Assistant.Documents.Pdf;

/// <summary>
/// Puts the lines of a page into the order people read them in. Most programs draw them in that order already, which is then
/// better than any guess; where a page was plainly drawn otherwise, its columns and rows are found by the white between them.
/// </summary>
internal static class PdfReadingOrder
{
    /// <summary>Lines that must stand on both sides of a gap before it separates columns.</summary>
    private const int LinesPerColumn = 3;

    /// <summary>More bands of lines than a page of text has; a drawing with so many labels has no reading order.</summary>
    private const int MostBands = 120;

    /// <summary>The lines of one page in reading order.</summary>
    public static IReadOnlyList<PdfLine> Sort(IReadOnlyList<PdfLine> drawn)
    {
        if (!IsDisordered(drawn) && !IsDrawnAcrossColumns(drawn))
        {
            return drawn;
        }

        var ordered = new List<PdfLine>(drawn.Count);
        Cut(drawn, ordered);
        return ordered;
    }

    /// <summary>Whether the lines jump up time and again without going on to a column further right.</summary>
    private static bool IsDisordered(IReadOnlyList<PdfLine> lines)
    {
        var jumps = 0;
        for (var i = 1; i < lines.Count; i++)
        {
            var (last, next) = (lines[i - 1], lines[i]);
            if (next.Baseline > last.Baseline + last.Size && next.Left < last.Right - last.Size)
            {
                jumps++;
            }
        }

        // A running head drawn last is one jump.
        return jumps > 1 && jumps * 10 > lines.Count;
    }

    /// <summary>Whether running text in columns was drawn line by line across them; rows of a table are, and are read so.</summary>
    private static bool IsDrawnAcrossColumns(IReadOnlyList<PdfLine> lines)
    {
        var gaps = new List<double>();
        for (var i = 1; i < lines.Count; i++)
        {
            var (last, next) = (lines[i - 1], lines[i]);
            if (last.IsBeside(next) && next.Left > last.Right && IsRunningText(last) && IsRunningText(next))
            {
                gaps.Add(next.Left);
            }
        }

        return gaps.Count >= LinesPerColumn
            && gaps.GroupBy(left => Math.Round(left / 10)).Max(group => group.Count()) >= LinesPerColumn
            && gaps.Count * 4 > lines.Count;
    }

    private static bool IsRunningText(PdfLine line) => line.Text.Count(character => character == ' ') >= 3;

    private static void Cut(IReadOnlyList<PdfLine> lines, List<PdfLine> ordered)
    {
        var bands = Bands(lines);
        if (bands.Count > MostBands || LongestColumns(bands) is not { } columns)
        {
            ordered.AddRange(bands.SelectMany(band => band.OrderBy(line => line.Left)));
            return;
        }

        ordered.AddRange(bands[..columns.From].SelectMany(band => band.OrderBy(line => line.Left)));
        var inColumns = bands[columns.From..columns.To].SelectMany(band => band).ToList();
        Cut([.. inColumns.Where(line => line.Left < columns.Gap)], ordered);
        Cut([.. inColumns.Where(line => line.Left >= columns.Gap)], ordered);
        if (columns.To < bands.Count)
        {
            Cut([.. bands[columns.To..].SelectMany(band => band)], ordered);
        }
    }

    /// <summary>The lines that stand beside each other, from the top to the bottom of the page.</summary>
    private static List<List<PdfLine>> Bands(IReadOnlyList<PdfLine> lines)
    {
        var bands = new List<List<PdfLine>>();
        foreach (var line in lines.OrderByDescending(line => line.Baseline))
        {
            if (bands.Count > 0 && bands[^1][0].IsBeside(line))
            {
                bands[^1].Add(line);
            }
            else
            {
                bands.Add([line]);
            }
        }

        return bands;
    }

    /// <summary>The most bands in a row that a white gap runs through from top to bottom, with running text on both sides.</summary>
    private static (int From, int To, double Gap)? LongestColumns(List<List<PdfLine>> bands)
    {
        (int From, int To, double Gap)? best = null;
        for (var from = 0; from < bands.Count; from++)
        {
            var occupied = new List<(double Left, double Right)>();
            for (var to = from + 1; to <= bands.Count; to++)
            {
                occupied = Merge(occupied, bands[to - 1]);
                if (occupied.Count < 2 && bands[to - 1].Count == 1 && to - from > 1)
                {
                    break;
                }

                if (to - from > (best is { } found ? found.To - found.From : LinesPerColumn - 1)
                    && Gap(occupied, bands[from..to]) is { } gap)
                {
                    best = (from, to, gap);
                }
            }
        }

        return best;
    }

    private static List<(double Left, double Right)> Merge(List<(double Left, double Right)> occupied, List<PdfLine> band)
    {
        var merged = new List<(double Left, double Right)>();
        // White narrower than most of a letter is no gap.
        foreach (var (left, right) in occupied.Concat(band.Select(line => (line.Left, Right: line.Right + (0.7 * line.Size)))).OrderBy(part => part.Item1))
        {
            if (merged.Count > 0 && left <= merged[^1].Right)
            {
                merged[^1] = (merged[^1].Left, Math.Max(right, merged[^1].Right));
            }
            else
            {
                merged.Add((left, right));
            }
        }

        return merged;
    }

    private static double? Gap(List<(double Left, double Right)> occupied, List<List<PdfLine>> bands)
    {
        for (var i = 1; i < occupied.Count; i++)
        {
            var gap = occupied[i].Left;
            var sides = bands.SelectMany(band => band).ToLookup(line => line.Left < gap);
            if (IsColumn(sides[true]) && IsColumn(sides[false]))
            {
                return gap;
            }
        }

        return null;

        static bool IsColumn(IEnumerable<PdfLine> side)
        {
            var lines = side.ToList();
            return lines.Count >= LinesPerColumn && lines.Count(IsRunningText) * 2 >= lines.Count;
        }
    }
}
