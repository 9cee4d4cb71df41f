using System.IO.Compression;
using System.Text;
using Assistant.Core.Documents;
using Assistant.Documents.Pdf;
using FsCheck;
using FsCheck.Fluent;
using UglyToad.PdfPig.Tokens;
using static Assistant.Documents.Tests.Pdf.PdfFile;

namespace Assistant.Documents.Tests.Pdf;

public sealed class PdfDamageTests
{
    private static readonly PdfReader Reader = new();

    private static byte[] Whole => Make([
        [new Line("A heading", 60, 780, 16), .. Column(60, 700, "Some text that goes on", "over two lines.")],
        [.. Column(60, 700, "More of it on another page.")]]);

    [Fact]
    public void What_is_no_pdf_says_what_it_is()
    {
        Assert.Equal("empty file", DocumentAssert.Refusal(Reader, []));
        Assert.Equal("not really a PDF: HTML", DocumentAssert.Refusal(Reader, Encoding.UTF8.GetBytes("<!DOCTYPE html><html><body>404</body></html>")));
        Assert.Equal("not really a PDF: plain text", DocumentAssert.Refusal(Reader, Encoding.UTF8.GetBytes("Nothing but words.")));
    }

    [Fact]
    public void A_truncated_file_says_where_it_ends()
    {
        var half = Whole[..(Whole.Length / 2)];

        Assert.Equal($"truncated at byte {half.Length}", DocumentAssert.Refusal(Reader, half));
    }

    [Fact]
    public void Rubbish_before_the_header_does_no_harm() =>
        Assert.Equal(
            DocumentAssert.Read(Reader, Whole).Text,
            DocumentAssert.Read(Reader, [.. "HTTP/1.1 200 OK\r\n\r\n"u8, .. Whole]).Text);

    [Fact]
    public void A_file_that_opens_with_a_password_only_says_so() =>
        Assert.Equal("password-protected", DocumentAssert.Refusal(Reader, OfObjects(
            $"/ID [ <00> <00> ] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{new string('1', 64)}> /U <{new string('2', 64)}> >>",
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [ ] /Count 0 >>")));

    [Fact]
    public void A_scan_without_text_says_so() =>
        Assert.Equal("scanned: no text layer", DocumentAssert.Refusal(Reader, PageWith(
            Stream("q 500 0 0 700 0 0 cm /I Do Q"),
            Stream("\u0080", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"))));

    [Fact]
    public void A_page_without_anything_says_so() =>
        Assert.Equal("no text in it", DocumentAssert.Refusal(Reader, PageWith(Stream(""), "null")));

    [Fact]
    public void A_page_that_unpacks_to_more_than_a_page_can_be_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var blank = new byte[1 << 20];
            for (var megabytes = 0; megabytes < 100; megabytes++)
            {
                zlib.Write(blank);
            }
        }

        var bomb = PageWith(Stream(Encoding.Latin1.GetString(packed.ToArray()), "/Filter /FlateDecode"), "null");
        var flate = PdfFilters.Instance.GetNamedFilters([NameToken.FlateDecode])[0];

        Assert.Throws<UnreadableDocumentException>(() => flate.Decode(packed.ToArray(), new DictionaryToken(new Dictionary<NameToken, IToken>()), PdfFilters.Instance, 0));
        Assert.Equal("too large: unpacks to more than a document can be", DocumentAssert.Refusal(Reader, bomb));
    }

    [Fact]
    public void Pages_and_outlines_that_lead_back_to_themselves_do_not_hang() =>
        Assert.True(DocumentAssert.IsReadOrRefused(Reader, OfObjects(
            "",
            "<< /Type /Catalog /Pages 2 0 R /Outlines 3 0 R >>",
            "<< /Type /Pages /Kids [ 2 0 R 2 0 R ] /Count 2 >>",
            "<< /First 4 0 R /Last 4 0 R >>",
            "<< /Title (Round) /Next 4 0 R /First 4 0 R /Parent 3 0 R >>")));

    [Fact]
    public void Deep_nesting_does_not_overflow_the_stack() =>
        Assert.True(DocumentAssert.IsReadOrRefused(Reader, PageWith(Stream(new string('[', 200_000)), new string('[', 200_000))));

    [Fact]
    public void A_damaged_file_is_read_or_refused_in_words() =>
        Prop.ForAll(DamagedFiles.Of(Whole), file => DocumentAssert.IsReadOrRefused(Reader, file))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Reading_stops_when_it_is_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Reader.Read(new DocumentFile("a.pdf", Whole), new CancellationToken(canceled: true)));

    private static byte[] PageWith(string content, string image) => OfObjects(
        "",
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
        content,
        image);
}
