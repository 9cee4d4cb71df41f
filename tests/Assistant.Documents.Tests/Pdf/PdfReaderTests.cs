using Assistant.Core.Documents;
using Assistant.Documents.Pdf;
using UglyToad.PdfPig.Outline;
using UglyToad.PdfPig.Outline.Destinations;
using static Assistant.Documents.Tests.Pdf.PdfFile;

namespace Assistant.Documents.Tests.Pdf;

public sealed class PdfReaderTests
{
    private static readonly PdfReader Reader = new();

    private static readonly string[] Left =
        ["The left column begins here with a few words", "and goes on with more of them for some lines", "so that it is plainly running text and", "not a table, before it ends down here."];

    private static readonly string[] Right =
        ["The right column begins beside it and says", "something else altogether for some lines so", "that mixing both would make no sense at all", "to anybody who reads the page."];

    [Fact]
    public void Lines_of_a_paragraph_are_joined_and_their_hyphenation_is_undone()
    {
        var document = Read([[.. Column(60, 700, "The committee recom-", "mended a well-known way,", "that is: to wait for the re-", "port of 2014-", "2015 and its well-", "known author.")]]);

        Assert.Equal("The committee recommended a well-known way, that is: to wait for the report of 2014-2015 and its well-known author.", document.Text);
    }

    [Fact]
    public void White_space_first_line_indents_and_short_last_lines_separate_paragraphs()
    {
        var document = Read([[
            .. Column(60, 700, "This is the first paragraph, which goes on", "over two lines to its end."),
            .. Column(60, 650, "After white space comes the second paragraph here,", "which is short.", "Because that line was short this is the third one, over", "two lines again and long enough."),
            new Line("An indented line begins the fourth paragraph of it", 80, 602),
            .. Column(60, 590, "which ends on this line, after a fair number of words."),
        ]]);

        Assert.Equal(4, document.Blocks.Count);
        Assert.All(document.Blocks, block => Assert.Equal(BlockKind.Paragraph, block.Kind));
    }

    [Fact]
    public void A_paragraph_that_goes_on_over_a_page_break_is_one_and_counts_for_the_page_it_begins_on()
    {
        var document = Read([
            [.. Column(60, 100, "A paragraph begins at the bottom of the first", "page, where there is no room left for the")],
            [.. Column(60, 780, "rest of it, which follows on the next page.", "It then ends."), .. Column(60, 700, "Another paragraph stands below.")],
        ]);

        Assert.Equal(2, document.Blocks.Count);
        Assert.Contains("no room left for the rest of it", document.Text, StringComparison.Ordinal);
        Assert.Equal(2, document.PageStarts.Count);
        Assert.Equal(1, DocumentAssert.PageOf(document, "rest of it"));
        Assert.Equal(2, DocumentAssert.PageOf(document, "Another paragraph"));
    }

    [Fact]
    public void A_footnote_at_the_bottom_of_the_page_does_not_part_the_paragraph_above_it()
    {
        var document = Read([
            [.. Column(60, 200, "A paragraph begins at the bottom of the first", "page, where there is no room left for the"), new Line("1 A note about it.", 60, 60, 7)],
            [.. Column(60, 780, "rest of it, which follows on the next page", "and goes on for a second line there.")],
        ]);

        Assert.Equal(
            ["A paragraph begins at the bottom of the first page, where there is no room left for the rest of it, which follows on the next page and goes on for a second line there.", "1 A note about it."],
            DocumentAssert.Texts(document));
    }

    [Fact]
    public void Every_page_has_its_start_even_one_without_text()
    {
        var document = Read([[new Line("One.", 60, 700)], [], [new Line("Three.", 60, 700)], []]);

        Assert.Equal(4, document.PageStarts.Count);
        Assert.Equal(3, DocumentAssert.PageOf(document, "Three."));
    }

    [Fact]
    public void Columns_are_read_one_after_the_other_however_they_were_drawn()
    {
        var expected = $"{string.Join(' ', Left)}\n\n{string.Join(' ', Right)}";
        Line[] left = [.. Column(50, 700, Left)];
        Line[] right = [.. Column(320, 700, Right)];

        Assert.Equal(expected, Read([[.. left, .. right]]).Text);
        Assert.Equal(expected, Read([[.. left.Zip(right).SelectMany(pair => new[] { pair.First, pair.Second })]]).Text);
    }

    [Fact]
    public void What_stands_above_and_below_columns_is_read_before_and_after_them()
    {
        Line[] left = [.. Column(50, 700, Left)];
        Line[] right = [.. Column(320, 700, Right)];
        var above = new Line("This introduction reaches over the whole width of the page, from the left column to the end of the right one.", 50, 760);
        var below = new Line("This conclusion reaches over the whole width of the page as well, from the left column to the right one.", 50, 620);
        var document = Read([[below, .. left.Zip(right).SelectMany(pair => new[] { pair.First, pair.Second }), above]]);

        Assert.Equal([above.Text, string.Join(' ', Left), string.Join(' ', Right), below.Text], DocumentAssert.Texts(document));
    }

    [Fact]
    public void Rows_of_a_table_stay_rows()
    {
        string[][] table = [["Country", "Capital", "People"], ["France", "Paris", "68 million"], ["Austria", "Vienna", "9 million"]];
        var document = Read([[.. table.SelectMany((row, y) => row.Select((cell, x) => new Line(cell, 60 + (150 * x), 700 - (15 * y))))]]);

        Assert.All(document.Blocks, block => Assert.Equal(BlockKind.TableRow, block.Kind));
        Assert.Equal(["Country\tCapital\tPeople", "France\tParis\t68 million", "Austria\tVienna\t9 million"], DocumentAssert.Texts(document));
    }

    [Fact]
    public void Running_heads_and_page_numbers_are_dropped_and_nothing_else()
    {
        string[] bodies = ["The first page says this.", "On the second we read that.", "The third one closes the matter."];
        var document = Read(bodies.Select((body, index) => (IReadOnlyList<Line>)[
            new Line("Annual Report of the Society", 60, 810),
            new Line(body, 60, 600),
            new Line($"Page {index + 7} of 20", 280, 30)]));

        Assert.Equal(bodies, DocumentAssert.Texts(document));
    }

    [Fact]
    public void Marks_in_front_of_list_items_are_left_out()
    {
        var document = Read([[.. Column(60, 700, "We need three things:", "• patience with each other,", "• time, which goes on and", "• money.")]]);

        Assert.Equal(["We need three things:", "patience with each other,", "time, which goes on and", "money."], DocumentAssert.Texts(document));
        Assert.Equal(3, document.Blocks.Count(block => block.Kind == BlockKind.ListItem));
    }

    [Fact]
    public void Without_an_outline_headings_are_told_by_their_size_and_weight()
    {
        var document = Read([[
            new Line("A Study of Rivers", 60, 780, 20),
            new Line("Water", 60, 740, 14), .. Column(60, 720, "Water flows down and this is running text of a usual size.", "It has a second line."),
            new Line("Its colour", 60, 680, 10, Bold: true), .. Column(60, 660, "Most of it has none, but for what swims in it all the time."),
            new Line("Banks", 60, 620, 14), .. Column(60, 600, "They are at both sides of the river, one on each, as a rule."),
        ]]);

        Assert.Equal("A Study of Rivers", document.Title);
        Assert.Equal(["Water", "Water/Its colour", "Banks"], document.Sections.Select(section => string.Join('/', section.Path)));
    }

    [Fact]
    public void A_centred_title_of_two_lines_is_one_heading()
    {
        var document = Read([[
            new Line("A Study of Rivers and of What Swims", 100, 780, 20), new Line("in their water", 200, 756, 20),
            .. Column(60, 700, "Water flows down and this is running text of a usual size.", "It has a second line."),
        ]]);

        Assert.Equal("A Study of Rivers and of What Swims in their water", document.Title);
    }

    [Fact]
    public void The_outline_of_the_document_says_what_its_headings_are()
    {
        var destination = new ExplicitDestination(1, ExplicitDestinationType.FitPage, ExplicitDestinationCoordinates.Empty);
        var document = DocumentAssert.Read(Reader, Make(
            [[.. Column(60, 780, "1. Beginnings"), .. Column(60, 740, "LARGE BUT NO HEADING").Select(line => line with { Size = 18 }), .. Column(60, 700, "Some text.")]],
            builder => builder.Bookmarks = new Bookmarks([
                new DocumentBookmarkNode("Beginnings", 0, destination, [new DocumentBookmarkNode("Not on the page", 1, destination, [])]),
                new DocumentBookmarkNode("Page 1", 0, destination, [])])));

        Assert.Equal("1. Beginnings", document.Title);
        Assert.Equal(["Not on the page"], document.Sections.Select(section => section.Heading));
    }

    [Theory]
    [InlineData("Microsoft Word - letter.doc", null)]
    [InlineData("untitled", null)]
    [InlineData("report_final.indd", null)]
    [InlineData("On Rivers", "On Rivers")]
    public void A_title_is_taken_from_the_properties_when_a_person_wrote_it(string stated, string? expected)
    {
        var document = DocumentAssert.Read(Reader, Make([[new Line("Some words of text.", 60, 700)]], builder =>
        {
            builder.DocumentInformation.Title = stated;
            builder.DocumentInformation.Author = "Ada Lovelace";
        }));

        Assert.Equal(expected, document.Title);
        Assert.Equal("Ada Lovelace", document.Metadata.Author);
    }

    [Fact]
    public void Notes_form_fields_language_and_date_are_read_and_links_and_copies_are_not()
    {
        var document = DocumentAssert.Read(Reader, OfObjects(
            "/Info << /CreationDate (D:20240229120000+01'00') >>",
            "<< /Type /Catalog /Pages 2 0 R /Lang (de-AT) /AcroForm << /Fields [ 8 0 R 9 0 R ] >> >>",
            "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> /Annots [ 6 0 R 7 0 R 10 0 R 8 0 R 9 0 R ] >>",
            Stream("BT /F 10 Tf 60 700 Td (What is printed.) Tj ET"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Type /Annot /Subtype /Text /Rect [ 0 0 9 9 ] /Contents (What was noted.) >>",
            "<< /Type /Annot /Subtype /Popup /Rect [ 0 0 9 9 ] /Contents (What was copied.) >>",
            "<< /Type /Annot /Subtype /Widget /Rect [ 0 0 9 9 ] /FT /Tx /T (f1) /TU (Your name) /V (Ada) >>",
            "<< /Type /Annot /Subtype /Widget /Rect [ 0 0 9 9 ] /FT /Tx /T (f2) >>",
            "<< /Type /Annot /Subtype /Link /Rect [ 0 0 9 9 ] /Contents (What is linked.) >>"));

        Assert.Equal(["What is printed.", "What was noted.", "Your name: Ada"], DocumentAssert.Texts(document));
        Assert.Equal("de", document.Metadata.Language);
        Assert.Equal(new DateOnly(2024, 2, 29), document.Metadata.Date);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void A_turned_page_is_read_like_an_upright_one(int degrees)
    {
        var document = DocumentAssert.Read(Reader, OfObjects(
            "",
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
            $"<< /Type /Page /Parent 2 0 R /Rotate {degrees} /MediaBox [ 0 0 595 842 ] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
            Stream("BT /F 10 Tf 12 TL 60 700 Td (A line of text that) Tj T* (goes on here.) Tj ET"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"));

        Assert.Equal("A line of text that goes on here.", document.Text);
    }

    [Fact]
    public void Letters_printed_twice_to_look_bold_are_read_once()
    {
        var document = Read([[new Line("Important", 60, 700), new Line("Important", 60.2, 700), new Line("Less so.", 60, 640)]]);

        Assert.Equal(["Important", "Less so."], DocumentAssert.Texts(document));
    }

    private static SourceDocument Read(IEnumerable<IReadOnlyList<Line>> pages) => DocumentAssert.Read(Reader, Make(pages));
}
