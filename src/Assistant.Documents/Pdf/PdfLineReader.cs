using System.Runtime.InteropServices;
using System.Text;
using UglyToad.PdfPig.Content;

namespace Assistant.Documents.Pdf;

/// <summary>Makes lines of the letters of a page, which come one by one with a place each, often without spaces.</summary>
internal static class PdfLineReader
{
    /// <summary>A gap wider than this part of the letters' size separates words.</summary>
    private const double WordGap = 0.13;

    /// <summary>A gap wider than this many times the letters' size separates columns or table cells.</summary>
    private const double CellGap = 1.2;

    /// <summary>The lines of <paramref name="page"/> in the order in which the file draws them; those of the page's main direction first.</summary>
    public static IReadOnlyList<PdfLine> Read(Page page)
    {
        var letters = Place(page);
        return [.. letters
            .GroupBy(letter => letter.Direction)
            .OrderByDescending(direction => direction.Count())
            .SelectMany(direction => ReadDirection(page, [.. direction]))];
    }

    /// <summary>Turns every letter into the direction it is read in and drops those printed twice to look bold.</summary>
    private static List<PlacedLetter> Place(Page page)
    {
        var placed = new List<PlacedLetter>(page.Letters.Count);
        var printed = new PrintedLetters();
        var fonts = new Dictionary<string, bool>();
        var direction = 0;
        foreach (var letter in page.Letters)
        {
            var (dx, dy) = (letter.EndBaseLine.X - letter.StartBaseLine.X, letter.EndBaseLine.Y - letter.StartBaseLine.Y);
            if (Math.Abs(dx) + Math.Abs(dy) > 0.01)
            {
                // Whole degrees: letters of one line may differ by rounding.
                direction = (int)Math.Round(Math.Atan2(dy, dx) * 180 / Math.PI);
            }

            var value = PdfGlyphs.Decompose(letter.Value);
            if (value.Length == 0)
            {
                continue;
            }

            var (start, baseline) = Turn(letter.StartBaseLine.X, letter.StartBaseLine.Y, direction);
            var (end, _) = Turn(letter.EndBaseLine.X, letter.EndBaseLine.Y, direction);
            var size = letter.PointSize > 0.5 ? letter.PointSize : Math.Max(1, letter.BoundingBox.Height);
            ref var bold = ref CollectionsMarshal.GetValueRefOrAddDefault(fonts, letter.FontName ?? string.Empty, out var isKnown);
            bold = isKnown ? bold : letter.FontDetails.IsBold || LooksBold(letter.FontName);
            var placedLetter = new PlacedLetter(value, start, end, baseline, size, bold, direction);
            if (double.IsFinite(start + baseline + end + size) && (placedLetter.IsSpace || printed.Add(placedLetter)))
            {
                placed.Add(placedLetter);
            }
        }

        return placed;
    }

    private static IEnumerable<PdfLine> ReadDirection(Page page, List<PlacedLetter> letters)
    {
        var (top, bottom) = Extent(page, letters[0].Direction);
        var line = new List<PlacedLetter>();
        var (left, right) = (0.0, 0.0);
        foreach (var letter in letters)
        {
            if (line.Count > 0 && !Continues(line[^1], letter, left, right))
            {
                foreach (var made in Make(line))
                {
                    yield return made;
                }

                line.Clear();
            }

            if (line.Count == 0)
            {
                (left, right) = (letter.Start, letter.End);
            }

            if (!letter.IsSpace)
            {
                (left, right) = (Math.Min(left, letter.Start), Math.Max(right, letter.End));
            }

            line.Add(letter);
        }

        foreach (var made in Make(line))
        {
            yield return made;
        }

        IEnumerable<PdfLine> Make(List<PlacedLetter> lineLetters)
        {
            var visible = lineLetters.Where(letter => !letter.IsSpace).ToList();
            if (visible.Count == 0)
            {
                yield break;
            }

            // Superscripts are smaller and stand higher than the line they belong to.
            var main = visible.GroupBy(letter => Math.Round(letter.Size, 1)).MaxBy(size => size.Count())!.First();
            yield return new PdfLine
            {
                Page = page.Number,
                Text = TextOf(lineLetters),
                Left = visible.Min(letter => letter.Start),
                Right = visible.Max(letter => letter.End),
                Baseline = main.Baseline,
                Size = main.Size,
                Bold = visible.Count(letter => letter.Bold) > visible.Count * 0.6,
                Depth = top > bottom ? Math.Clamp((top - main.Baseline) / (top - bottom), 0, 1) : 0,
            };
        }
    }

    private static bool Continues(PlacedLetter last, PlacedLetter next, double left, double right)
    {
        var size = Math.Max(last.Size, next.Size);
        if (Math.Abs(next.Baseline - last.Baseline) > 0.5 * size)
        {
            return false;
        }

        return next.Start >= right ? next.Start - right <= CellGap * size
            : next.Start - last.End >= -size || (PdfGlyphs.IsRightToLeft(next.Value) && left - next.End <= CellGap * size);
    }

    private static string TextOf(List<PlacedLetter> letters)
    {
        letters = PdfGlyphs.InReadingOrder(letters);
        var text = new StringBuilder(letters.Count + 16);
        PlacedLetter? last = null;
        var space = false;
        foreach (var letter in letters)
        {
            if (letter.IsSpace)
            {
                space = true;
                continue;
            }

            if (last is { } before && PdfGlyphs.TryCompose(before, letter, out var composed))
            {
                text.Length -= before.Value.Length;
                text.Append(composed);
                last = letter with { Value = composed };
                space = false;
                continue;
            }

            if (last is { } previous && (space || Gap(previous, letter) > WordGap * Math.Min(previous.Size, letter.Size)))
            {
                text.Append(' ');
            }

            text.Append(letter.Value);
            last = letter;
            space = false;
        }

        return text.ToString();

        static double Gap(PlacedLetter a, PlacedLetter b) => Math.Max(b.Start - a.End, a.Start - b.End);
    }

    private static (double Along, double Across) Turn(double x, double y, int degrees)
    {
        if (degrees == 0)
        {
            return (x, y);
        }

        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return ((x * cos) + (y * sin), (y * cos) - (x * sin));
    }

    /// <summary>Where the page begins and ends across the direction of the text.</summary>
    private static (double Top, double Bottom) Extent(Page page, int direction)
    {
        var box = page.CropBox.Bounds;
        double[] corners =
        [
            Turn(0, 0, direction).Across,
            Turn(page.Width, 0, direction).Across,
            Turn(0, page.Height, direction).Across,
            Turn(page.Width, page.Height, direction).Across,
        ];
        return box.Area > 0 ? (corners.Max(), corners.Min()) : (0, 0);
    }

    private static bool LooksBold(string? fontName) =>
        fontName is not null
        && (fontName.Contains("bold", StringComparison.OrdinalIgnoreCase) || fontName.Contains("CMBX", StringComparison.OrdinalIgnoreCase)
            || fontName.Contains("black", StringComparison.OrdinalIgnoreCase) || fontName.Contains("heavy", StringComparison.OrdinalIgnoreCase));
}
