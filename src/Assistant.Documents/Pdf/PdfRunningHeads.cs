using System.Globalization;
using System.Text.RegularExpressions;

namespace Assistant.Documents.Pdf;

/// <summary>Finds what is printed at the edge of every page and belongs to none: running heads and feet, page numbers.</summary>
internal static partial class PdfRunningHeads
{
    /// <summary>Part of the page's height, from either end, in which they stand.</summary>
    private const double Margin = 0.15;

    /// <summary>Lines from either end of the page that are looked at.</summary>
    private const int Lines = 4;

    /// <summary>The lines of <paramref name="pages"/> that are running heads or feet.</summary>
    public static IReadOnlySet<PdfLine> Find(IReadOnlyList<IReadOnlyList<PdfLine>> pages)
    {
        var found = new HashSet<PdfLine>(ReferenceEqualityComparer.Instance);
        var needed = pages.Count <= 2 ? 2 : 3;
        var candidates = pages.SelectMany(Edges).ToList();

        // The same words, or words with a number that counts with the pages, at the same height.
        foreach (var group in candidates.GroupBy(line => (Shape(line), (int)Math.Round(line.Depth * 100))))
        {
            Collect(group);
        }

        // Heights differ a little where a page is scanned or cropped.
        foreach (var group in candidates.GroupBy(line => (Shape(line), line.Depth < 0.5)))
        {
            Collect(group);
        }

        // A page number needs no second one to be known.
        found.UnionWith(pages.Where(page => page.Count > 1).SelectMany(Edges)
            .Where(line => line.Text.Trim('-', '–', ' ') == line.Page.ToString(CultureInfo.InvariantCulture)));
        return found;

        void Collect(IEnumerable<PdfLine> lines)
        {
            var group = lines.ToList();
            foreach (var same in group.GroupBy(line => line.Text).Concat(group.GroupBy(Offset)))
            {
                if (same.Key.Length > 0 && same.Select(line => line.Page).Distinct().Count() >= needed)
                {
                    found.UnionWith(same);
                }
            }
        }
    }

    private static IEnumerable<PdfLine> Edges(IReadOnlyList<PdfLine> page)
    {
        var byHeight = page.OrderBy(line => line.Depth).ToList();
        return byHeight.Take(Lines).Where(line => line.Depth < Margin)
            .Concat(byHeight.TakeLast(Lines).Where(line => line.Depth > 1 - Margin)).Distinct();
    }

    private static string Shape(PdfLine line) => Roman().IsMatch(line.Text) ? "#" : Digits().Replace(line.Text, "#");

    /// <summary>By how much the number in the line is ahead of the page; the same all over a document that is numbered.</summary>
    private static string Offset(PdfLine line) =>
        Digits().Match(line.Text) is { Success: true, Length: < 6 } number
            ? (int.Parse(number.ValueSpan, CultureInfo.InvariantCulture) - line.Page).ToString(CultureInfo.InvariantCulture)
            : Roman().IsMatch(line.Text) ? "roman" : string.Empty;

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^\W*[ivxlcdm]{1,8}\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Roman();
}
