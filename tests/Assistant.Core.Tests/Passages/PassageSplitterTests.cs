using System.Text.Json;
using Assistant.Core.Documents;
using Assistant.Core.Passages;
using static Assistant.Core.Tests.Passages.Versions;

namespace Assistant.Core.Tests.Passages;

public sealed class PassageSplitterTests
{
    private const string Long = "Talks took center stage in Paris as senior officials gathered to assess arrangements. They share one concern.";

    private static readonly PassageSplitter Splitter = new();

    [Fact]
    public void A_passage_knows_where_it_comes_from()
    {
        var version = Of(Paragraph(Long), Heading("Outer"), Heading("Inner", 2), Paragraph(Long + " More."));

        var passages = Splitter.Split(version);

        Assert.Equal(2, passages.Count);
        Assert.Empty(passages[0].Headings);
        var second = passages[1];
        Assert.Equal(["Outer", "Inner"], second.Headings);
        Assert.Equal(("notes/a.md", 3, 1, "A title", "en"), (second.DocumentId, second.Version, second.Ordinal, second.OwnTitle, second.Language));
        Assert.Equal(3, second.Sentences.Count);
        Assert.Equal("More.", second.Sentences[2].Of(version.Text));
        Assert.Equal(PassageId.Create("notes/a.md", $"A title\nOuter\nInner\n{Long} More.", 0), second.Id);
    }

    [Fact]
    public void A_document_that_is_only_a_title_is_found_by_it()
    {
        var passage = Assert.Single(Splitter.Split(Of(Heading("Extraction of roots by repeated subtraction"))));

        Assert.Equal("Extraction of roots by repeated subtraction", passage.Text);
    }

    [Fact]
    public void A_paragraph_is_a_passage_and_a_short_one_joins_what_follows_in_its_section()
    {
        var version = Of(Paragraph(Long), Paragraph("Two points."), Paragraph("First:"), Paragraph(Long), Paragraph("The end."), Heading("Next"), Paragraph(Long));

        Assert.Equal([Long, $"Two points.\r\n\r\nFirst:\r\n\r\n{Long}", "The end.", Long], Splitter.Split(version).Select(passage => passage.Text));
    }

    [Fact]
    public void A_short_paragraph_before_one_that_fills_a_passage_joins_its_first_part()
    {
        var full = string.Join(' ', Enumerable.Repeat("This sentence has ten tokens and nothing to say.", 30));

        var passages = Splitter.Split(Of(Paragraph("Note well:"), Paragraph(full)));

        Assert.StartsWith("Note well:\r\n\r\nThis sentence", passages[0].Text, StringComparison.Ordinal);
        Assert.Equal(2, passages.Count);
    }

    [Fact]
    public void A_list_stays_with_the_line_that_introduces_it()
    {
        var version = Of(Paragraph(Long), Paragraph("Three things matter to all of the states that took part in the talks held in Paris this week:"), Item("one"), Item("two"), Item("three"), Paragraph(Long));

        var passages = Splitter.Split(version);

        Assert.Equal(3, passages.Count);
        Assert.Equal(4, passages[1].Sentences.Count);
        Assert.EndsWith("three", passages[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_over_the_limit_is_split_between_its_rows()
    {
        var rows = Enumerable.Range(0, 100).Select(i => new Piece(BlockKind.TableRow, $"Country: number {i}; Pledge: {i * 7} million euros. In cash.")).ToArray();

        var passages = Splitter.Split(Of(rows));

        Assert.InRange(passages.Count, 7, 15);
        Assert.Equal(100, passages.Sum(passage => passage.Sentences.Count));
        Assert.All(passages, passage => Assert.StartsWith("Country:", passage.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_paragraph_over_the_limit_is_split_between_sentences_into_parts_of_about_one_size()
    {
        var text = string.Join(' ', Enumerable.Range(1, 42).Select(i => $"This is sentence number {i} of the paragraph."));

        var passages = Splitter.Split(Of(Paragraph(text)));

        Assert.InRange(passages.Count, 2, 3);
        Assert.All(passages, passage => Assert.EndsWith("paragraph.", passage.Text, StringComparison.Ordinal));
        Assert.InRange(passages.Max(passage => passage.Sentences.Count) - passages.Min(passage => passage.Sentences.Count), 0, 2);
    }

    [Fact]
    public void A_sentence_over_the_limit_is_cut_at_white_space_and_a_word_between_characters()
    {
        var words = Splitter.Split(Of(Paragraph(string.Join(' ', Enumerable.Repeat("wonderful", 1000)))));
        Assert.All(words, passage => Assert.Matches("^wonderful( wonderful)*$", passage.Text));

        const string family = "👩‍👩‍👧";
        var emoji = Splitter.Split(Of(Paragraph(string.Concat(Enumerable.Repeat(family, 500)))));
        Assert.True(emoji.Count > 1);
        Assert.All(emoji, passage => Assert.Equal("", passage.Text.Replace(family, "", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_same_paragraph_twice_is_two_passages_with_ids_of_their_own()
    {
        var passages = Splitter.Split(Of(Paragraph(Long), Paragraph(Long)));

        Assert.Equal(2, passages.Count);
        Assert.NotEqual(passages[0].Id, passages[1].Id);
    }

    [Fact]
    public void A_long_list_item_is_quoted_by_its_sentences_and_code_whole()
    {
        var item = Long + " " + Long + " " + Long;

        Assert.Equal(6, Splitter.Split(Of(Item(item)))[0].Sentences.Count);
        Assert.Single(Splitter.Split(Of(new Piece(BlockKind.Code, "Run(a. B);\n\nStop(c! D);")))[0].Sentences);
    }

    [Fact]
    public void An_empty_text_has_no_passages_and_one_without_structure_is_a_paragraph()
    {
        Assert.Empty(Splitter.Split(Of()));
        Assert.Empty(Splitter.Split(Of() with { Text = " \n " }));
        Assert.Equal(Long, Assert.Single(Splitter.Split(Of() with { Text = $" \n{Long}\n" })).Text);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("word ")]
    [InlineData("This is one sentence. ")]
    [InlineData("会议在巴黎举行")]
    [InlineData("\uFFFD")]
    [InlineData("e\u0301")]
    public void A_million_characters_on_one_line_are_split_within_the_limit(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)).Trim();

        var passages = Splitter.Split(Of(Paragraph(text)));

        Assert.Equal(text.Count(character => !char.IsWhiteSpace(character)), passages.Sum(passage => passage.Text.Count(character => !char.IsWhiteSpace(character))));
        Assert.True(passages.Count > 100);
    }

    [Fact]
    public void The_least_limit_is_sixteen_tokens()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PassageSplitter(15));
        Assert.NotEqual(new PassageSplitter(16).Fingerprint, new PassageSplitter(17).Fingerprint);
    }

    [Fact]
    public void Abstracts_of_a_hundred_and_fifty_words_are_one_or_two_passages()
    {
        var texts = File.ReadLines(Shared.PathOf("eval", "cranfield", "docs.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString() ?? "").ToList();

        var counts = texts.Select(text => Splitter.Split(Of(Paragraph(text))).Count).ToList();

        Assert.InRange(counts.Average(), 1, 2);
    }
}
