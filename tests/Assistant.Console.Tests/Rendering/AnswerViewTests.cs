using Assistant.Console.Rendering;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Console.Tests.Rendering;

public sealed class AnswerViewTests
{
    [Fact]
    public void An_answer_is_followed_by_where_it_comes_from()
    {
        var paper = new Paper(width: 100);

        AnswerView.Write(paper.Screen, Samples.Answered);

        Assert.Equal(
            """
            Some states urged prudence, citing law. [1]

            [1] The talks › Heading — talks.md, v2, characters 30–69
                “Some states urged prudence, citing law.”

            """.ReplaceLineEndings("\n"),
            paper.Text);
    }

    [Fact]
    public void What_is_missing_and_what_is_near_is_shown_when_there_is_no_answer()
    {
        var paper = new Paper(width: 100);

        AnswerView.Write(paper.Screen, Samples.NotInDocuments);

        Assert.Equal(
            """
            The documents do not answer this question.
            The documents do not cover: football, score

            Nearest passages:
             1. The talks › Heading — talks.md, v2, characters 30–69
                “Some states urged prudence, citing law.”

            """.ReplaceLineEndings("\n"),
            paper.Text);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0, null)]
    [InlineData(1, "Withheld: 1 sentence of the model that the documents do not prove.")]
    [InlineData(3, "Withheld: 3 sentences of the model that the documents do not prove.")]
    public void Under_the_answer_stands_how_many_sentences_of_the_model_were_withheld(int? withheld, string? line)
    {
        var paper = new Paper(width: 100);

        AnswerView.Write(paper.Screen, Samples.Answered with { WithheldSentences = withheld });

        Assert.Equal(line is null ? [] : [line], paper.Lines.Skip(1).TakeWhile(text => text.Length > 0));
    }

    [Fact]
    public void The_page_is_named_where_there_are_pages()
    {
        var paper = new Paper(width: 100);

        AnswerView.Write(paper.Screen, Samples.Answered with { Citations = [Samples.Citation with { Page = 3 }] });

        Assert.Contains("talks.md, v2, page 3, characters 30–69", paper.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_markers_of_citations_are_highlighted()
    {
        var paper = new Paper(width: 100, colours: true);

        AnswerView.Write(paper.Screen, Samples.Answered with { Text = "The court [12] agreed. [1]" });

        Assert.Contains("The court [12] agreed. \x1b[", paper.Text, StringComparison.Ordinal);
        Assert.Contains("m[1]\x1b[", paper.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_are_wrapped_to_the_screen_and_never_wider_than_a_hundred()
    {
        var sentence = string.Join(' ', Enumerable.Repeat("prudence", 60));
        var answer = Samples.Answered with { Text = sentence + ". [1]", Citations = [Samples.Cite(1, sentence)] };
        foreach (var (width, widest) in new[] { (40, 40), (72, 72), (250, 100) })
        {
            var paper = new Paper(width);

            AnswerView.Write(paper.Screen, answer);
            AnswerView.WriteSources(paper.Screen, answer);

            Assert.All(paper.Lines, line => Assert.InRange(line.Length, 0, widest));
            Assert.Contains(paper.Lines, line => line.Length > widest - 10);
            Assert.All(paper.Lines, line => Assert.Equal(line.TrimEnd(), line));
        }
    }

    [Fact]
    public void The_whole_quote_is_shown_when_sources_are_asked_for()
    {
        var quote = string.Join(' ', Enumerable.Range(1, 80).Select(number => $"word{number}"));
        var answer = Samples.Answered with { Citations = [Samples.Cite(1, quote)] };
        var (list, sources) = (new Paper(60), new Paper(60));

        AnswerView.Write(list.Screen, answer);
        AnswerView.WriteSources(sources.Screen, answer);

        Assert.Contains("…", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("word80", list.Text, StringComparison.Ordinal);
        Assert.Contains(quote, SafeText.Collapse(sources.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void White_space_in_quotes_is_collapsed()
    {
        var paper = new Paper(100);

        AnswerView.WriteSources(paper.Screen, Samples.Answered with { Citations = [Samples.Cite(1, "Some\n  states\turged\r\nprudence.")] });

        Assert.Contains("“Some states urged prudence.”", paper.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_and_escape_sequences_in_documents_are_only_text()
    {
        const string evil = "[red]bold[/] \x1b[2J\x1b]0;title\x07 \u009b31m \u202Egnp.exe [/]";
        var paper = new Paper(100);
        var answer = Samples.Answered with { Text = evil + " [1]", Citations = [Samples.Cite(1, evil, evil, evil)], Missing = [evil] };

        AnswerView.Write(paper.Screen, answer);
        AnswerView.WriteSources(paper.Screen, answer);
        DocumentList.Write(paper.Screen, [new(evil, 1, evil, new string('0', 64), DateTimeOffset.UnixEpoch, 1, new())]);
        QuoteView.Write(paper.Screen, "[1] ", SourceLocation.Of(Samples.Cite(1, evil, evil, evil)), Samples.Version with { Text = new string('x', 30) + evil, Blocks = [] });

        Assert.DoesNotContain(paper.Text, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain('\u202E', paper.Text);
        Assert.Contains("[red]bold[/]", paper.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_printed_without_a_control_character_within_the_width()
    {
        var inputs = from text in ArbMap.Default.GeneratorFor<string?>() from width in Gen.Choose(12, 120) select (text ?? "", width);

        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            var (text, width) = input;
            var paper = new Paper(width);
            AnswerView.Write(paper.Screen, Samples.Answered with { Text = text, Citations = [Samples.Cite(1, text, text, text)], Missing = [text] });
            Assert.DoesNotContain(paper.Text, character => char.IsControl(character) && character != '\n');
            Assert.All(paper.Lines, line => Assert.InRange(Cells.Count(line), 0, width));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }
}
