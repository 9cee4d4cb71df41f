using Assistant.Core.Documents;
using Assistant.Documents.Markdown;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Documents.Tests;

public sealed class MarkdownReaderTests
{
    private static readonly MarkdownReader Reader = new();

    [Fact]
    public void Headings_of_both_kinds_become_sections_and_the_first_alone_on_top_the_title()
    {
        var document = Reader.Read("# The *title*\n\nBefore.\n\nOne\n---\n\nText.\n\n### Deep `code`\n\nMore.\n\n## Two ##\n\nEnd.\n");

        Assert.Equal("The title", document.Title);
        Assert.Equal(["One", "One / Deep code", "Two"], document.Sections.Select(section => string.Join(" / ", section.Path)));
        Assert.Equal("The title\n\nBefore.\n\nOne\n\nText.\n\nDeep code\n\nMore.\n\nTwo\n\nEnd.", document.Text);
    }

    [Fact]
    public void Inline_mark_up_targets_tags_and_comments_are_no_text()
    {
        var document = Reader.Read("""
            A **bold** and _slanted_ ~~old~~ `code` [link](https://example.com "tip") with ![a map](map.png), <span class="x">inline</span> &amp; &copy;<!-- secret -->
            and <https://auto.example> and https://bare.example next.

            <!-- a comment
            of lines -->

            <div align="center"><p>Inside &lt;HTML&gt;</p><script>var a = 1;</script></div>
            """);

        Assert.Equal(
            [
                "Paragraph: A bold and slanted old code link with a map, inline & © and https://auto.example and https://bare.example next.",
                "Paragraph: Inside <HTML>",
            ],
            document.Outline());
    }

    [Fact]
    public void Soft_line_breaks_are_spaces_and_hard_ones_line_breaks()
    {
        Assert.Equal("One two\nthree\nfour", Reader.Read("One\ntwo  \nthree<br>four\n").Text);
    }

    [Fact]
    public void List_items_are_blocks_in_reading_order_without_markers_and_boxes()
    {
        var document = Reader.Read("Points:\n\n- first\n  wrapped\n- second\n  1. nested\n\n     again\n- [x] done\n- [ ] open\n");

        Assert.Equal(
            ["Paragraph: Points:", "ListItem: first wrapped", "ListItem: second", "ListItem: nested\nagain", "ListItem: done", "ListItem: open"],
            document.Outline());
        Assert.Equal("Points:\n\nfirst wrapped\nsecond\nnested\nagain\ndone\nopen", document.Text);
    }

    [Fact]
    public void A_table_row_names_its_columns_and_leaves_out_empty_cells()
    {
        var document = Reader.Read("| Country | **Pledge** | Note |\n|---|--:|---|\n| France | 2 bn | |\n| Spain | | *late* |\n");

        Assert.Equal(["TableRow: Country: France; Pledge: 2 bn", "TableRow: Country: Spain; Note: late"], document.Outline());
    }

    [Fact]
    public void A_table_without_headers_keeps_its_cells()
    {
        Assert.Equal(["TableRow: 12; 13"], Reader.Read("|   |   |\n|---|---|\n| 12 | 13 |\n").Outline());
    }

    [Fact]
    public void Code_is_code_quotations_are_paragraphs_and_footnotes_stand_at_the_end()
    {
        var document = Reader.Read("> Quoted[^n]\n> text.\n\n```csharp\nvar a = \"# no heading\";\n\nRun(a);\n```\n\n    indented\n\n***\n\n[^n]: The note.\n\nLast.\n");

        Assert.Equal(
            ["Paragraph: Quoted text.", "Code: var a = \"# no heading\";\n\nRun(a);", "Code: indented", "Paragraph: Last.", "Paragraph: The note."],
            document.Outline());
    }

    [Fact]
    public void Front_matter_says_title_date_source_author_address_and_language()
    {
        var document = Reader.Read("""
            ---
            title: "Paris: the talks"
            date: 2026-01-06T10:00:00Z
            source: Example News # wire
            author: 'A. Writer'
            url: https://example.com/a
            lang: en-GB
            tags:
              - one
            ---
            Text.
            """);

        Assert.Equal("Paris: the talks", document.Title);
        Assert.Equal(
            new DocumentMetadata { Date = new DateOnly(2026, 1, 6), Source = "Example News", Author = "A. Writer", Url = "https://example.com/a", Language = "en" },
            document.Metadata);
        Assert.Equal("Text.", document.Text);
    }

    [Fact]
    public void An_empty_file_is_an_empty_document()
    {
        var document = Reader.Read("");

        Assert.Equal(("", null), (document.Text, document.Title));
        Assert.Empty(document.Blocks);
    }

    [Fact]
    public void Mark_up_nested_without_end_is_read_as_text()
    {
        var text = new string('>', 2000) + " deep";

        Assert.Contains("deep", Reader.Read(text).Text, StringComparison.Ordinal);
        Assert.Contains("deep", Reader.Read(string.Concat(Enumerable.Repeat("*a **b ", 2000)) + "deep").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_data_is_refused_in_a_persons_words()
    {
        var error = Assert.Throws<UnreadableDocumentException>(() => Reader.Read([0x50, 0x4B, 3, 4, 0, 0, 0, 0, 0x81, 0xFF]));

        Assert.Equal("not text: binary data", error.Message);
    }

    [Fact]
    public void Any_text_gives_a_sound_document()
    {
        // Mark-up that the parser refuses is read as plain text, whose list marks stand between blocks.
        Prop.ForAll(AnyText.Any, text => MarkdownReader.Read(text).AssertSound(Documents.IsSpaceOrListMarker)).Check(AnyText.Runs(2000));
    }

    [Fact]
    public void No_word_of_paragraphs_headings_lists_and_tables_is_lost()
    {
        var word = Gen.Elements("Paris", "talks", "Überblick", "会议", "a1", "😀", "O'Brien");
        var words = word.NonEmptyListOf().Select(list => string.Join(' ', list));
        var piece = Gen.OneOf(
            words.Select(w => $"{w}\n\n"),
            words.Select(w => $"## {w}\n\n"),
            words.Select(w => $"- {w}\n- **{w}**\n\n<!-- -->\n\n"),
            words.Select(w => $"> {w}\n\n"),
            words.Select(w => $"```\n{w}\n```\n\n"),
            words.Select(w => $"| {w} | x |\n|---|---|\n| {w} | 1 |\n\n"));
        Prop.ForAll(piece.ListOf().Select(string.Concat).ToArbitrary(), markdown =>
        {
            var document = MarkdownReader.Read(markdown);
            document.AssertSound(string.IsNullOrWhiteSpace);
            Assert.Equal(Counted(markdown), Counted(document.Text));
        }).Check(AnyText.Runs(500));

        static int Counted(string text) => text.Split([' ', '\n', '*', ':', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Count(part => part is "Paris" or "talks" or "Überblick" or "会议" or "a1" or "😀" or "O'Brien");
    }

    [Fact]
    public void Real_files_are_sound_and_hold_what_people_see_in_them()
    {
        var folder = SharedFiles.Require("documents");
        foreach (var (file, probes) in Probes.Of(folder, "md/"))
        {
            var document = Reader.Read(File.ReadAllBytes(Path.Combine(folder, file)));

            document.AssertSound(string.IsNullOrWhiteSpace);
            Assert.All(probes, probe => Assert.Contains(Probes.Spaced(probe), Probes.Spaced(document.Text), StringComparison.Ordinal));
        }
    }
}
