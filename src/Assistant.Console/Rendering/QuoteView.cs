using Assistant.Core.Documents;
using Spectre.Console;

namespace Assistant.Console.Rendering;

/// <summary>Prints a quote inside the paragraph it was taken from.</summary>
internal static class QuoteView
{
    /// <summary>The most that is shown on either side of the quote, in UTF-16 code units.</summary>
    private const int Surroundings = 1000;

    /// <summary>The paragraphs of <paramref name="version"/> that the quote stands in, with the quote highlighted.</summary>
    public static void Write(IAnsiConsole console, string lead, SourceLocation source, DocumentVersion version)
    {
        console.Write(new HangingText(lead, Palette.Marker).Add(source.Heading, Palette.Strong).Add($"\n{source.Position}", Palette.Muted));
        console.WriteLine();

        var blocks = version.Blocks.Where(block => block.Span.Overlaps(source.Span)).ToList();
        var isCode = blocks.Any(block => block.Kind == BlockKind.Code);
        var start = Math.Min(source.Span.Start, blocks.Count > 0 ? blocks[0].Span.Start : source.Span.Start);
        var end = Math.Max(source.Span.End, blocks.Count > 0 ? blocks[^1].Span.End : source.Span.End);
        var from = Boundary(version.Text, Math.Max(start, source.Span.Start - Surroundings));
        var to = Boundary(version.Text, Math.Min(end, source.Span.End + Surroundings));

        // Without colours the quote is told from its surroundings by brackets.
        var (open, close) = console.Profile.Capabilities.ColorSystem == ColorSystem.NoColors ? ("⟦", "⟧") : ("", "");
        console.Write(new HangingText("    ")
            .Add((from > start ? "… " : "") + Show(version.Text[from..source.Span.Start], isCode).TrimStart())
            .Add(open + Show(source.Span.Of(version.Text), isCode) + close, Palette.Highlight)
            .Add(Show(version.Text[source.Span.End..to], isCode).TrimEnd() + (to < end ? " …" : "")));
    }

    private static string Show(string text, bool isCode) => isCode ? text : SafeText.Collapse(text);

    private static int Boundary(string text, int index) =>
        index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) ? index - 1 : index;
}
