using System.IO.Compression;
using System.Text;
using Assistant.Core.Documents;
using Assistant.Documents.Word;
using FsCheck;
using FsCheck.Fluent;
using static Assistant.Documents.Tests.Word.WordFile;

namespace Assistant.Documents.Tests.Word;

public sealed class WordDamageTests
{
    private static readonly WordReader Reader = new();

    private static byte[] Whole => Make(
        P("A heading", "<w:outlineLvl w:val=\"0\"/>") + P("Some text.") + Table(["A", "B", "C"], ["1", "2", "3"]),
        "<w:style w:type=\"paragraph\" w:styleId=\"x\"><w:name w:val=\"heading 1\"/></w:style>");

    [Fact]
    public void What_is_no_word_document_says_what_it_is()
    {
        Assert.Equal("empty file", DocumentAssert.Refusal(Reader, []));
        Assert.Equal("not really a Word document: plain text", DocumentAssert.Refusal(Reader, "Nothing but words."u8.ToArray()));
        Assert.Equal("not really a Word document: a ZIP archive", DocumentAssert.Refusal(Reader, Zip(new() { ["a.txt"] = "a" })));
        Assert.Equal(
            "not really a Word document: Word 2003 XML; save it as .docx",
            DocumentAssert.Refusal(Reader, Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"/>")));
    }

    [Fact]
    public void A_protected_file_says_so() =>
        Assert.Equal("password-protected", DocumentAssert.Refusal(Reader, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[512], .. Encoding.Unicode.GetBytes("EncryptedPackage")]));

    [Fact]
    public void A_truncated_file_says_where_it_ends()
    {
        var half = Whole[..(Whole.Length / 2)];

        Assert.Equal($"truncated at byte {half.Length}", DocumentAssert.Refusal(Reader, half));
    }

    [Fact]
    public void A_document_without_text_says_so() => Assert.Equal("no text in it", DocumentAssert.Refusal(Reader, Make("<w:p/><w:sectPr/>")));

    [Fact]
    public void A_part_that_is_no_xml_says_so() =>
        Assert.Equal("damaged: its text cannot be read", DocumentAssert.Refusal(Reader, Rewrite(Whole, xml => xml.Replace("</w:body>", "", StringComparison.Ordinal))));

    [Fact]
    public void A_part_that_unpacks_to_more_than_a_document_can_be_is_not_unpacked() =>
        Assert.Equal("too large: unpacks to more than a document can be", DocumentAssert.Refusal(Reader, Make($"<w:p>{new string(' ', 40_000_000)}</w:p>")));

    [Fact]
    public void Deep_nesting_does_not_overflow_the_stack() =>
        Assert.StartsWith("damaged", DocumentAssert.Refusal(Reader, Make(
            string.Concat(Enumerable.Repeat("<w:sdt><w:sdtContent>", 50_000)) + P("x") + string.Concat(Enumerable.Repeat("</w:sdtContent></w:sdt>", 50_000)))), StringComparison.Ordinal);

    [Fact]
    public void Entities_are_not_expanded() =>
        Assert.StartsWith("damaged", DocumentAssert.Refusal(Reader, Rewrite(Whole, xml => xml.Contains("<w:document", StringComparison.Ordinal)
            ? "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]>" + xml.Replace("Some text.", "&c;", StringComparison.Ordinal)
            : xml)), StringComparison.Ordinal);

    [Fact]
    public void A_damaged_file_is_read_or_refused_in_words() =>
        Prop.ForAll(DamagedFiles.Of(Whole), file => DocumentAssert.IsReadOrRefused(Reader, file))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Reading_stops_when_it_is_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Reader.Read(new DocumentFile("a.docx", Whole), new CancellationToken(canceled: true)));

    /// <summary>The archive with the text of its entries changed.</summary>
    public static byte[] Rewrite(byte[] file, Func<string, string> change)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        return Zip(archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return change(reader.ReadToEnd());
        }));
    }
}
