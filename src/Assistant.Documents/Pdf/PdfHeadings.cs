using System.Text.RegularExpressions;
using Assistant.Core.Documents;
using UglyToad.PdfPig.Outline;

namespace Assistant.Documents.Pdf;

/// <summary>Tells headings by the document's own outline, or where it has none by how they are set.</summary>
internal static partial class PdfHeadings
{
    private const int LongestHeading = 200;
    private const int DeepestLevel = 6;

    /// <summary>How much larger than the running text a heading is set.</summary>
    private const double Larger = 1.15;

    /// <summary>Marks the headings among <paramref name="blocks"/>.</summary>
    /// <param name="blocks">The document's blocks in reading order.</param>
    /// <param name="outline">The document's outline in its order; may be empty.</param>
    public static void Mark(List<PdfBlock> blocks, IReadOnlyList<DocumentBookmarkNode> outline)
    {
        if (!MarkByOutline(blocks, outline))
        {
            MarkByFont(blocks);
        }
    }

    /// <summary>Marks the outline's headings. An entry that the page does not show is put in where it points to, for it says what stands there.</summary>
    private static bool MarkByOutline(List<PdfBlock> blocks, IReadOnlyList<DocumentBookmarkNode> outline)
    {
        var entries = outline.Where(entry => !PageLabel().IsMatch(entry.Title) && entry.Title.Length <= LongestHeading).ToList();
        var shift = entries.Count == 0 ? 0 : entries.Min(entry => entry.Level);
        var from = 0;
        foreach (var entry in entries)
        {
            var level = Math.Min(DeepestLevel, entry.Level - shift + 1);
            var title = Letters(entry.Title);
            var found = blocks.FindIndex(from, block => IsTitle(block, entry.PageNumber, title));
            if (found < 0)
            {
                found = blocks.FindIndex(block => block.HeadingLevel == 0 && IsTitle(block, entry.PageNumber, title));
            }

            if (found >= 0)
            {
                blocks[found] = blocks[found] with { Kind = BlockKind.Heading, HeadingLevel = level };
                from = Math.Max(from, found + 1);
                continue;
            }

            var place = blocks.FindIndex(from, block => block.Page >= entry.PageNumber);
            if (place >= 0 && title.Length > 0)
            {
                blocks.Insert(place, blocks[place] with
                {
                    Kind = BlockKind.Heading,
                    Text = entry.Title,
                    Page = entry.PageNumber,
                    LastPage = entry.PageNumber,
                    HeadingLevel = level,
                });
                from = place + 1;
            }
        }

        return entries.Count > 0;
    }

    private static bool IsTitle(PdfBlock block, int page, string title) =>
        block.Page == page && block.Text.Length <= LongestHeading + 20 && title.Length > 0 && Letters(block.Text) is var text
        && (text == title || (text.Length > 0 && (TrimNumber(text) == title || text == TrimNumber(title))));

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static string TrimNumber(string text) => text.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    private static void MarkByFont(List<PdfBlock> blocks)
    {
        var running = blocks.Where(block => block.Kind != BlockKind.TableRow).ToList();
        if (running.Sum(block => block.Text.Length) == 0)
        {
            return;
        }

        var body = running.GroupBy(block => Math.Round(block.Size * 2) / 2).MaxBy(size => size.Sum(block => block.Text.Length))!.Key;
        var mostlyBold = running.Where(block => block.Bold).Sum(block => block.Text.Length) * 2 > running.Sum(block => block.Text.Length);
        var mostlyCapitals = running.Where(block => Capitals().IsMatch(block.Text)).Sum(block => block.Text.Length) * 4 > running.Sum(block => block.Text.Length);
        var headings = Enumerable.Range(0, blocks.Count).Where(index => IsHeading(index)).ToList();
        var sizes = headings.Select(Size).Where(size => size >= Larger * body).Distinct().OrderDescending().ToList();
        foreach (var index in headings)
        {
            var size = sizes.IndexOf(Size(index));
            var level = Math.Min(DeepestLevel, (size < 0 ? sizes.Count : size) + 1);
            blocks[index] = blocks[index] with { Kind = BlockKind.Heading, HeadingLevel = level };
        }

        double Size(int index) => Math.Round(blocks[index].Size);

        bool IsHeading(int index)
        {
            var block = blocks[index];
            if (block.Kind != BlockKind.Paragraph || block.Text.Length > LongestHeading || block.Lines > 4
                || block.Text.Count(char.IsLetter) < 2 || index == blocks.Count - 1)
            {
                return false;
            }

            if (block.Size >= Larger * body)
            {
                return !block.Text.EndsWith(',');
            }

            var next = blocks[index + 1];
            // Small capitals are small.
            var setApart = (block.Bold && !mostlyBold && block.Size >= 0.9 * body) || (Capitals().IsMatch(block.Text) && !mostlyCapitals && block.Size >= 0.7 * body);
            return setApart && block.Lines <= 2 && block.Text[^1] is not ('.' or ',' or ';' or ':')
                && next.Kind != BlockKind.TableRow && !char.IsLower(next.Text[0]) && next.Text.Length > 20;
        }
    }

    [GeneratedRegex(@"^\W*(?:(?:page|seite|p\.?)\s*)?\d+\W*$|^_", RegexOptions.IgnoreCase)]
    private static partial Regex PageLabel();

    /// <summary>“REFERENCES”, “II. RELATED WORK”, “3.1 METHODS”.</summary>
    [GeneratedRegex(@"^(?:(?:[IVX]+\.|\d+(?:\.\d+)*\.?)\s+)?\p{Lu}[\p{Lu}\s,&:’'/-]{4,}$")]
    private static partial Regex Capitals();
}
