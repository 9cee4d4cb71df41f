using Assistant.Console.Rendering;
using Assistant.Core.Documents;

namespace Assistant.Console.Tests.Rendering;

public sealed class QuoteViewTests
{
    [Fact]
    public void A_quote_is_shown_inside_its_paragraph_and_no_other()
    {
        var paper = new Paper(width: 100);

        QuoteView.Write(paper.Screen, "[1] ", SourceLocation.Of(Samples.Citation), Samples.Version);

        Assert.Equal(
            """
            [1] The talks › Heading
                talks.md, v2, characters 30–69

                Europe was careful. ⟦Some states urged prudence, citing law.⟧ Others went ahead.

            """.ReplaceLineEndings("\n"),
            paper.Text);
    }

    [Fact]
    public void Colours_take_the_place_of_brackets()
    {
        var paper = new Paper(width: 100, colours: true);

        QuoteView.Write(paper.Screen, "[1] ", SourceLocation.Of(Samples.Citation), Samples.Version);

        Assert.DoesNotContain("⟦", paper.Text, StringComparison.Ordinal);
        Assert.Matches($"\x1b\\[[0-9;]+m{Samples.Quote}\x1b\\[0m", paper.Text);
    }

    [Fact]
    public void Of_an_endless_paragraph_only_the_surroundings_are_shown()
    {
        var text = string.Concat(Enumerable.Repeat("😀 ", 20_000)) + Samples.Quote + string.Concat(Enumerable.Repeat(" 😀", 20_000));
        var span = new TextSpan(60_000, 60_000 + Samples.Quote.Length);
        var paper = new Paper(width: 100);

        QuoteView.Write(
            paper.Screen,
            "[1] ",
            SourceLocation.Of(Samples.Citation with { Start = span.Start, End = span.End }),
            Samples.Version with { Text = text, Blocks = [new TextBlock(BlockKind.Paragraph, new TextSpan(0, text.Length))] });

        Assert.Contains($"⟦{Samples.Quote}⟧", SafeText.Collapse(paper.Text), StringComparison.Ordinal);
        Assert.InRange(paper.Text.Length, 1000, 3000);
        Assert.Contains("    … ", paper.Text, StringComparison.Ordinal);
        Assert.EndsWith(" …\n", paper.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', paper.Text);
    }

    [Fact]
    public void Code_keeps_its_lines()
    {
        const string code = "if (a)\n    b();";
        var paper = new Paper(width: 100);

        QuoteView.Write(
            paper.Screen,
            "[1] ",
            SourceLocation.Of(Samples.Citation with { Start = 0, End = code.Length }),
            Samples.Version with { Text = code, Blocks = [new TextBlock(BlockKind.Code, new TextSpan(0, code.Length))] });

        Assert.EndsWith("    ⟦if (a)\n        b();⟧\n", paper.Text, StringComparison.Ordinal);
    }
}
