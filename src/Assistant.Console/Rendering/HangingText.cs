using Spectre.Console;
using Spectre.Console.Rendering;

namespace Assistant.Console.Rendering;

/// <summary>Text behind a lead such as <c>[1] </c>: wrapped to a readable width, further lines stand under the first, no trailing spaces.</summary>
/// <param name="lead">What stands before the first line; empty for none.</param>
/// <param name="leadStyle">Its style.</param>
internal sealed class HangingText(string lead = "", Style? leadStyle = null) : Renderable
{
    private readonly Paragraph paragraph = new();

    /// <summary>Adds <paramref name="text"/>, which may hold anything.</summary>
    public HangingText Add(string text, Style? style = null)
    {
        paragraph.Append(SafeText.Clean(text), style ?? Palette.Text);
        return this;
    }

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var width = Math.Max(1, Math.Min(maxWidth, Palette.ReadableWidth) - lead.Length);
        var lines = Segment.SplitLines(((IRenderable)paragraph).Render(options, width), width);
        for (var i = 0; i < lines.Count; i++)
        {
            if (lead.Length > 0)
            {
                yield return i == 0 ? new Segment(lead, leadStyle ?? Palette.Text) : new Segment(new string(' ', lead.Length));
            }

            foreach (var segment in WithoutTrailingSpace(lines[i]))
            {
                yield return segment;
            }

            yield return Segment.LineBreak;
        }
    }

    // The blank that a line was wrapped at would end up in what people copy.
    private static List<Segment> WithoutTrailingSpace(SegmentLine line)
    {
        var kept = line.ToList();
        while (kept.Count > 0 && (kept[^1].Text.Length == 0 || kept[^1].Text.EndsWith(' ')))
        {
            var trimmed = kept[^1].Text.TrimEnd(' ');
            var style = kept[^1].Style;
            kept.RemoveAt(kept.Count - 1);
            if (trimmed.Length > 0)
            {
                kept.Add(new Segment(trimmed, style));
            }
        }

        return kept;
    }
}
