using System.Text;
using Assistant.Core.Documents;
using Assistant.Documents.Markdown;
using Assistant.Documents.PlainText;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Documents.Tests;

public sealed class PlainTextReaderTests
{
    private const string Long = "Security guarantees differ from political statements of support, and they involve defined obligations that activate under specified conditions.";

    private static readonly PlainTextReader Reader = new();

    [Fact]
    public void The_text_is_the_file_as_it_stands()
    {
        Assert.Equal("Größe\r\n\r\n  zwei ", Reader.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("Größe\r\n\r\n  zwei ")]).Text);
    }

    [Fact]
    public void Wrapped_lines_are_one_paragraph_and_blank_lines_separate()
    {
        var document = Reader.Read("Alice was beginning to get very tired of sitting\r\nby her sister on the bank, and of having nothing\r\nto do.\r\n\r\nOnce or twice she had\r\npeeped into the book.\r\n");

        Assert.Equal(
            [
                "Paragraph: Alice was beginning to get very tired of sitting\r\nby her sister on the bank, and of having nothing\r\nto do.",
                "Paragraph: Once or twice she had\r\npeeped into the book.",
            ],
            document.Outline());
    }

    [Fact]
    public void Long_lines_are_a_paragraph_each()
    {
        Assert.Equal([$"Paragraph: {Long}", $"Paragraph: {Long}"], Reader.Read($"{Long}\n{Long}\n").Outline());
    }

    [Fact]
    public void A_short_line_above_a_paragraph_is_a_heading()
    {
        var document = Reader.Read($"{Long}\nWhy Paris?\nBeyond Symbolic Promises\n{Long}\nSee below:\n{Long}\nThey left.\n{Long}\nThe end");

        Assert.Equal(["Why Paris?", "Beyond Symbolic Promises"], document.Headings());
        Assert.Null(document.Title);
    }

    [Fact]
    public void In_wrapped_text_a_heading_stands_between_blank_lines_and_one_above_all_is_the_title()
    {
        var document = Reader.Read("My Report\n\nIt was a long way, and the\nday was hot.\n\nThe Way\n\nThey walked\nall the day.\n\nJust a line\nof two.\n");

        Assert.Equal("My Report", document.Title);
        Assert.Equal(["The Way"], document.Headings());
    }

    [Fact]
    public void List_items_are_blocks_without_their_marker()
    {
        var document = Reader.Read("Three things:\n- the first,\n  wrapped\n- the second\n\n1. one\n2) two\n\nIn the year they had\n12. and more did not come.\n");

        Assert.Equal(
            [
                "Paragraph: Three things:", "ListItem: the first,\n  wrapped", "ListItem: the second", "ListItem: one", "ListItem: two",
                "Paragraph: In the year they had\n12. and more did not come.",
            ],
            document.Outline());
    }

    [Fact]
    public void Binary_data_is_refused_in_a_persons_words()
    {
        var error = Assert.Throws<UnreadableDocumentException>(() => Reader.Read([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0xC0]));

        Assert.Equal("not text: binary data", error.Message);
    }

    [Fact]
    public void An_empty_file_is_an_empty_document()
    {
        Assert.Empty(Reader.Read("").Blocks);
        Assert.Empty(Reader.Read(" \r\n\n").Blocks);
    }

    [Fact]
    public void Any_text_gives_a_sound_document_that_leaves_out_only_list_markers()
    {
        Prop.ForAll(AnyText.Any, text =>
        {
            var document = PlainTextOutline.Of(text);
            Assert.Equal(text, document.Text);
            document.AssertSound(Documents.IsSpaceOrListMarker);
        }).Check(AnyText.Runs(2000));
    }

    [Fact]
    public void The_article_has_the_same_sections_as_text_and_as_markdown()
    {
        var corpus = SharedFiles.Require("corpus");
        var text = Reader.Read(File.ReadAllBytes(Directory.GetFiles(corpus, "*.txt").Single()));
        var markdown = new MarkdownReader().Read(File.ReadAllBytes(Directory.GetFiles(corpus, "*.md").Single()));

        Assert.NotEmpty(markdown.Sections);
        Assert.Equal(markdown.Headings(), text.Headings());
        Assert.Null(text.Title);
    }

    [Fact]
    public void Real_files_are_sound_and_hold_what_people_see_in_them()
    {
        var folder = SharedFiles.Require("documents");
        foreach (var (file, probes) in Probes.Of(folder, "txt/"))
        {
            var document = Reader.Read(File.ReadAllBytes(Path.Combine(folder, file)));

            Assert.All(probes, probe => Assert.Contains(Probes.Spaced(probe), Probes.Spaced(document.Text), StringComparison.Ordinal));
        }
    }
}
