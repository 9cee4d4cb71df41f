using System.Text;
using Assistant.Core.Documents;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Documents.Tests.Epub;

public sealed class EpubReaderTests
{
    [Fact]
    public void Chapters_are_sections_in_reading_order()
    {
        var document = Book.Small().Read();

        Assert.Equal("The Beginning\n\nIt began in the spring.\n\nA Detail\n\nThere was a detail.\n\nThe End\n\nIt ended in autumn.", document.Text);
        Assert.Equal([["The Beginning"], ["The Beginning", "A Detail"], ["The End"]], document.Sections.Select(section => section.Path.ToArray()));
        document.AssertSound(string.IsNullOrWhiteSpace);
    }

    [Fact]
    public void A_book_says_its_title_authors_date_language_publisher_and_address()
    {
        var document = Book.Small().Read();

        Assert.Equal("A Year", document.Title);
        Assert.Equal(
            new DocumentMetadata
            {
                Author = "Ann Hill, Bo Lake",
                Date = new DateOnly(2020, 3, 4),
                Language = "en",
                Source = "Valley Press",
                Url = "https://valley.example/a-year",
            },
            document.Metadata);
    }

    [Fact]
    public void A_table_of_contents_of_EPUB_2_names_chapters_too()
    {
        var document = new Book().Chapter("a b.xhtml", "<p>PROLOGUE</p><p>Words.</p>")
            .File("OEBPS/book.opf", """
                <package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a%20b.xhtml" media-type="application/xhtml+xml"/>
                <item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine toc="n"><itemref idref="a"/></spine></package>
                """)
            .File("OEBPS/toc.ncx", """
                <!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
                <ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Prologue</text></navLabel><content src="a%20b.xhtml"/></navPoint></navMap></ncx>
                """)
            .Read();

        Assert.Equal("Prologue\n\nWords.", document.Text);
        Assert.Equal("Prologue", document.Title);
    }

    [Fact]
    public void Tables_lists_and_code_are_read_as_in_pages_and_nothing_is_taken_for_boilerplate()
    {
        var document = new Book()
            .Chapter("a.xhtml", "<h1>A</h1><table><tr><th>X</th><th>Y</th></tr><tr><td>1</td><td>2</td></tr></table><ul><li>item</li></ul><aside class='footer'><p>A note.</p></aside>")
            .Read();

        Assert.Equal("A\n\nX: 1; Y: 2\n\nitem\n\nA note.", document.Text);
    }

    [Fact]
    public void A_chapter_that_is_not_in_the_archive_is_passed_over() =>
        Assert.EndsWith("There was a detail.", Book.Small().Without("OEBPS/text/two.xhtml").Read().Text, StringComparison.Ordinal);

    [Fact]
    public void Each_kind_of_broken_book_says_what_is_wrong()
    {
        var whole = Book.Small().ToBytes();
        Assert.Equal("empty file", Message([]));
        Assert.Equal("not really an EPUB: HTML", Message(Encoding.UTF8.GetBytes("<html><p>x")));
        Assert.Equal("not really an EPUB: PDF", Message(Encoding.UTF8.GetBytes("%PDF-1.7")));
        Assert.Equal("truncated at byte 900: the end of the archive is missing", Message(whole[..900]));
        Assert.Equal(
            "not really an EPUB: a ZIP archive without a package file",
            Message(new Book(packagePath: "OEBPS/book.txt").Chapter("a.xhtml", "x").File("META-INF/container.xml", "<container/>")));
        Assert.Equal("damaged: “META-INF/container.xml” is not valid XML (line 1)", Message(Book.Small().File("META-INF/container.xml", "<container")));
        Assert.Equal("no text: the book's chapters are empty, pictures or missing", Message(new Book().Chapter("a.xhtml", "<img src='a.png'/>")));
    }

    [Fact]
    public void A_changed_chapter_is_not_taken_for_the_one_that_was_packed()
    {
        var bytes = Book.Small().File("OEBPS/text/two.xhtml", "<p>" + Guid.Empty + "</p>").ToBytes();
        // The checksum in the central directory, 16 bytes behind its mark; the chapter's is that of the last file but two.
        var entry = bytes.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes("OEBPS/text/two.xhtml")) - 46;
        bytes[entry + 16] ^= 1;

        Assert.StartsWith("damaged: “OEBPS/text/two.xhtml”", Message(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_book_is_protected_and_one_with_scrambled_fonts_is_not()
    {
        Assert.Equal("protected by DRM", Message(Book.Small().File("META-INF/encryption.xml", Encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))));
        Assert.Contains("spring", Book.Small().File("META-INF/encryption.xml", Encryption("http://www.idpf.org/2008/embedding")).Read().Text, StringComparison.Ordinal);

        static string Encryption(string algorithm) => $"""
            <encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{algorithm}"/>
            <CipherData><CipherReference URI="OEBPS/x"/></CipherData></EncryptedData></encryption>
            """;
    }

    [Fact]
    public void A_bomb_is_not_unpacked()
    {
        var bytes = new Book().Chapter("a.xhtml", new string(' ', 40 << 20)).ToBytes();

        Assert.InRange(bytes.Length, 0, 1 << 20);
        Assert.Equal("too large: “OEBPS/a.xhtml” unpacks to more than a book holds", Message(bytes));
    }

    [Fact]
    public void Many_small_bombs_are_one_too()
    {
        var book = new Book();
        foreach (var number in Enumerable.Range(1, 8))
        {
            book.Chapter($"{number}.xhtml", new string(' ', 10 << 20));
        }

        Assert.StartsWith("too large", Message(book), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_does_not_end_the_process()
    {
        var deep = string.Concat(Enumerable.Repeat("<x>", 100_000)) + "deep" + string.Concat(Enumerable.Repeat("</x>", 100_000));

        Assert.EndsWith("deep", Book.Small().Chapter("three.xhtml", deep).Read().Text, StringComparison.Ordinal);
        Assert.Equal("damaged: “OEBPS/book.opf” is nested more than 200 levels deep", Message(Book.Small().File("OEBPS/book.opf", deep)));
    }

    [Fact]
    public void A_damaged_book_is_read_or_says_why_not()
    {
        Prop.ForAll(Damage.Of(Book.Small().ToBytes()).ToArbitrary(), bytes =>
        {
            try
            {
                Book.Read(bytes).AssertSound(string.IsNullOrWhiteSpace);
            }
            catch (UnreadableDocumentException exception)
            {
                Assert.False(string.IsNullOrWhiteSpace(exception.Message));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static string Message(byte[] bytes) => Assert.Throws<UnreadableDocumentException>(() => Book.Read(bytes)).Message;

    private static string Message(Book book) => Message(book.ToBytes());
}
