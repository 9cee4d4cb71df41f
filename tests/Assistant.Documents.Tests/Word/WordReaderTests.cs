using Assistant.Core.Documents;
using Assistant.Documents.Word;
using static Assistant.Documents.Tests.Word.WordFile;

namespace Assistant.Documents.Tests.Word;

public sealed class WordReaderTests
{
    private const string Styles = """
        <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
        <w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>
        <w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="Round"><w:name w:val="Round"/><w:basedOn w:val="Round"/></w:style>
        <w:style w:type="paragraph" w:styleId="Bullet"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
        <w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
        """;

    private static readonly WordReader Reader = new();

    [Fact]
    public void Headings_are_told_by_style_in_any_language_by_what_a_style_is_based_on_and_by_outline_level()
    {
        var document = Read(
            P("On Rivers", Style("Titel")) + P("Water", Style("berschrift1")) + P("Text.") + P("Colour", Style("berschrift2"))
            + P("Banks", Style("Kapitel")) + P("Left", "<w:outlineLvl w:val=\"1\"/>") + P("No heading", Style("berschrift1") + "<w:outlineLvl w:val=\"9\"/>")
            + P("Round", Style("Round")));

        Assert.Equal("On Rivers", document.Title);
        Assert.Equal(["Water", "Water/Colour", "Banks", "Banks/Left"], document.Sections.Select(section => string.Join('/', section.Path)));
    }

    [Fact]
    public void Items_of_a_list_are_blocks_of_their_own()
    {
        var document = Read(
            P("A list:") + P("one", "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>") + P("two", Style("Bullet"))
            + P("no item", Style("Bullet") + "<w:numPr><w:numId w:val=\"0\"/></w:numPr>"));

        Assert.Equal([BlockKind.Paragraph, BlockKind.ListItem, BlockKind.ListItem, BlockKind.Paragraph], document.Blocks.Select(block => block.Kind));
        Assert.Contains("one\ntwo", document.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_a_table_carry_its_header()
    {
        var document = Read(Table(["Country", "Capital", "People"], ["France", "Paris", "68 million"], ["Austria", "", "9 million"]));

        Assert.Equal(["Country: France; Capital: Paris; People: 68 million", "Country: Austria; People: 9 million"], DocumentAssert.Texts(document));
        Assert.All(document.Blocks, block => Assert.Equal(BlockKind.TableRow, block.Kind));
    }

    [Fact]
    public void A_row_marked_as_header_is_one_whatever_it_looks_like()
    {
        var header = "<w:tr><w:trPr><w:tblHeader/></w:trPr>" + Cell(P("Year 2024.")) + Cell(P("Place")) + "</w:tr>";

        Assert.Equal(["Year 2024.: one; Place: two"], Texts($"<w:tbl>{header}<w:tr>{Cell(P("one"))}{Cell(P("two"))}</w:tr></w:tbl>"));
    }

    [Fact]
    public void Names_and_values_in_two_columns_have_no_header() =>
        Assert.Equal(["Name; Ada Lovelace", "Born; in London", "Died; in London too"], Texts(Table(["Name", "Ada Lovelace"], ["Born", "in London"], ["Died", "in London too"])));

    [Fact]
    public void Two_columns_with_numbers_under_a_name_have_a_header() =>
        Assert.Equal(["City: Vienna; People: 2,000,000", "City: Graz; People: 300,000"], Texts(Table(["City", "People"], ["Vienna", "2,000,000"], ["Graz", "300,000"])));

    [Fact]
    public void A_header_whose_column_is_empty_is_not_lost() =>
        Assert.Equal(["Item; Amount; Remarks", "Item: Bread; Amount: 2"], Texts(Table(["Item", "Amount", "Remarks"], ["Bread", "2", ""])));

    [Fact]
    public void Cells_merged_across_rows_and_columns_count_for_each_of_them() =>
        Assert.Equal(
            ["Group A: x; Group B: y; Sum: 1", "Group A: x; Group B: z; Sum: 2"],
            Texts(
                "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>" + Cell(P("Group"), "<w:gridSpan w:val=\"2\"/>") + Cell(P("Sum"), "<w:vMerge w:val=\"restart\"/>") + "</w:tr>"
                + "<w:tr><w:trPr><w:tblHeader/></w:trPr>" + Cell(P("A")) + Cell(P("B")) + Cell("<w:p/>", "<w:vMerge/>") + "</w:tr>"
                + "<w:tr>" + Cell(P("x"), "<w:vMerge w:val=\"restart\"/>") + Cell(P("y")) + Cell(P("1")) + "</w:tr>"
                + "<w:tr>" + Cell("<w:p/>", "<w:vMerge/>") + Cell(P("z")) + Cell(P("2")) + "</w:tr></w:tbl>"));

    [Fact]
    public void Lists_and_tables_in_a_cell_are_part_of_its_row()
    {
        var item = "<w:numPr><w:numId w:val=\"1\"/></w:numPr>";
        var cells = Cell(P("We need:") + P("bread", item) + P("wine", item)) + Cell(Table(["a", "b"]) + "<w:p/>");

        Assert.Equal(["We need: bread, wine; a; b"], Texts($"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"));
    }

    [Fact]
    public void A_table_that_only_frames_text_is_read_as_that_text()
    {
        var document = Read($"<w:tbl><w:tr>{Cell(P("Heading", Style("berschrift1")) + P("Text of it."))}{Cell(P("Beside it."))}</w:tr></w:tbl>");

        Assert.Equal([BlockKind.Heading, BlockKind.Paragraph, BlockKind.Paragraph], document.Blocks.Select(block => block.Kind));
    }

    [Fact]
    public void Notes_follow_the_paragraph_or_table_that_refers_to_them() =>
        Assert.Equal(
            ["Text with a note.", "What the footnote says.", "a; b", "What the endnote says.", "After it."],
            DocumentAssert.Texts(DocumentAssert.Read(Reader, Make(
                $"<w:p>{R("Text with a note.")}<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>"
                + $"<w:tbl><w:tr>{Cell($"<w:p>{R("a")}<w:r><w:endnoteReference w:id=\"2\"/></w:r></w:p>")}{Cell(P("b"))}</w:tr></w:tbl>" + P("After it."),
                footnotes: $"<w:footnote w:type=\"separator\" w:id=\"0\">{P("line")}</w:footnote><w:footnote w:id=\"2\">{P("What the footnote says.")}</w:footnote>",
                endnotes: $"<w:endnote w:id=\"2\">{P("What the endnote says.")}</w:endnote>"))));

    [Fact]
    public void A_text_is_read_with_its_changes_accepted() =>
        Assert.Equal(
            ["The new text.", "Moved here.", "Two halves joined.", "Kept: row"],
            Texts(
                $"<w:p>{R("The ")}<w:del w:id=\"1\" w:author=\"a\"><w:r><w:delText>old</w:delText></w:r></w:del><w:ins w:id=\"2\" w:author=\"a\">{R("new")}</w:ins>{R(" text.")}</w:p>"
                + $"<w:p><w:pPr><w:rPr><w:moveFrom w:id=\"3\" w:author=\"a\"/></w:rPr></w:pPr><w:moveFrom w:id=\"4\" w:author=\"a\">{R("Moved here.")}</w:moveFrom></w:p>"
                + $"<w:p><w:moveTo w:id=\"5\" w:author=\"a\">{R("Moved here.")}</w:moveTo></w:p>"
                + P("Two halves ", "<w:rPr><w:del w:id=\"6\" w:author=\"a\"/></w:rPr>") + P("joined.")
                + $"<w:tbl><w:tr><w:trPr><w:del w:id=\"7\" w:author=\"a\"/></w:trPr>{Cell(P("Gone"))}{Cell(P("row"))}</w:tr><w:tr>{Cell(P("Kept: row"))}</w:tr></w:tbl>"));

    [Fact]
    public void Codes_of_fields_and_hidden_text_are_out_and_results_and_links_are_in() =>
        Assert.Equal(
            ["See page 7 of the guide.", "Seen."],
            Texts(
                $"<w:p>{R("See page ")}{Field("begin")}<w:r><w:instrText>PAGEREF {{</w:instrText></w:r>{Field("begin")}{R("code")}{Field("separate")}{R("still code")}{Field("end")}{Field("separate")}{R("7")}{Field("end")}"
                + $"{R(" of ")}<w:hyperlink r:id=\"r4\">{R("the guide")}</w:hyperlink>{R("secret", "<w:vanish/>")}{R("secret too", "<w:rStyle w:val=\"Secret\"/>")}{R(".", "<w:vanish w:val=\"0\"/>")}</w:p>"
                + $"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Un</w:t></w:r>{R("Seen.")}<w:commentRangeStart w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r></w:p>"));

    [Fact]
    public void Text_boxes_and_shapes_are_read_once_though_they_stand_in_the_file_twice()
    {
        var box = $"<w:txbxContent>{P("In the box.")}</w:txbxContent>";
        var shape = "<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>" + box
            + "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>" + box
            + "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>";

        Assert.Equal(["Around the box.", "In the box.", "In the old box."], Texts(
            $"<w:p>{R("Around ")}<w:r>{shape}</w:r>{R("the box.")}</w:p>"
            + $"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{P("In the old box.")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"));
    }

    [Fact]
    public void Symbols_tabs_breaks_hyphens_and_formulas_become_characters() =>
        Assert.Equal(["a\tb\nc-d silbentrennung α ✓ x=1 Kyoto"], Texts(
            "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t xml:space=\"preserve\">d silben\u00ADtren</w:t><w:softHyphen/><w:t xml:space=\"preserve\">nung </w:t>"
            + "<w:sym w:font=\"Symbol\" w:char=\"F061\"/><w:t xml:space=\"preserve\"> </w:t><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/><w:t xml:space=\"preserve\"> </w:t></w:r>"
            + "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>" + R(" ")
            + "<w:smartTag w:uri=\"urn:x\" w:element=\"place\"><w:smartTag w:uri=\"urn:x\" w:element=\"City\">" + R("Kyo") + "</w:smartTag>" + R("to") + "</w:smartTag></w:p>"));

    [Fact]
    public void Content_controls_are_read_like_what_stands_in_them() =>
        Assert.Equal(["A block.", "In line."], Texts(
            $"<w:sdt><w:sdtPr><w:alias w:val=\"Name\"/></w:sdtPr><w:sdtContent>{P("A block.")}</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtContent>{R("In ")}</w:sdtContent></w:sdt>{R("line.")}</w:p>"));

    [Theory]
    [InlineData("On Rivers", "On Rivers")]
    [InlineData("Document1", null)]
    [InlineData("brief.docx", null)]
    public void Title_author_date_and_language_come_from_the_properties(string stated, string? title)
    {
        var document = DocumentAssert.Read(Reader, Make(
            P("Text."),
            properties: $"<dc:title>{stated}</dc:title><dc:creator>Ada</dc:creator><dc:language>en-GB</dc:language><dcterms:created>2024-02-29T10:00:00Z</dcterms:created>"));

        Assert.Equal(title, document.Title);
        Assert.Equal(new DocumentMetadata { Author = "Ada", Date = new DateOnly(2024, 2, 29), Language = "en" }, document.Metadata);
    }

    [Fact]
    public void A_document_of_the_strict_variant_reads_the_same()
    {
        var file = Make(P("Heading", Style("berschrift1")) + Table(["A", "B", "C"], ["1", "2", "3"]), Styles);
        var strict = WordDamageTests.Rewrite(file, xml => xml.Replace(Main, "http://purl.oclc.org/ooxml/wordprocessingml/main", StringComparison.Ordinal)
            .Replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships", StringComparison.Ordinal));

        Assert.NotEqual(file, strict);
        Assert.Equal(DocumentAssert.Texts(DocumentAssert.Read(Reader, file)), DocumentAssert.Texts(DocumentAssert.Read(Reader, strict)));
        Assert.Equal(BlockKind.Heading, DocumentAssert.Read(Reader, strict).Blocks[0].Kind);
    }

    [Fact]
    public void The_whole_document_as_one_xml_file_is_read()
    {
        var file = "<?xml version=\"1.0\"?><pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\"><pkg:part pkg:name=\"/word/document.xml\"><pkg:xmlData>"
            + $"<w:document xmlns:w=\"{Main}\"><w:body>{P("In one file.")}</w:body></w:document></pkg:xmlData></pkg:part></pkg:package>";

        Assert.Equal("In one file.", DocumentAssert.Read(Reader, System.Text.Encoding.UTF8.GetBytes(file)).Text);
    }

    private static string Style(string id) => $"<w:pStyle w:val=\"{id}\"/>";

    private static string Field(string type) => $"<w:r><w:fldChar w:fldCharType=\"{type}\"/></w:r>";

    private static SourceDocument Read(string body) => DocumentAssert.Read(Reader, Make(body, Styles));

    private static string[] Texts(string body) => DocumentAssert.Texts(Read(body));
}
