using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Documents.Tests;

public sealed class FileSignatureTests
{
    public static TheoryData<byte[], string> Signatures => new()
    {
        { [], "an empty file" },
        { Ascii("%PDF-1.7\n%âãÏÓ\n1 0 obj"), "PDF" },
        { Ascii("HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj <<>>"), "PDF" },
        { Ascii("Every PDF begins with %PDF-1.7 and some rubbish."), "plain text" },
        { Ascii("{\\rtf1\\ansi hello}"), "rich text (RTF)" },
        { [0x89, .. "PNG\r\n\u001a\n"u8], "a PNG image" },
        { [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], "a JPEG image" },
        { Ascii("GIF89a"), "a GIF image" },
        { [0x1F, 0x8B, 0x08, 0], "a gzip archive" },
        { Ascii("<!DOCTYPE html><html>"), "HTML" },
        { Ascii("\r\n <HTML lang=en>"), "HTML" },
        { Ascii("<!-- " + new string('x', 50_000) + " -->\n<!-- b --><body>x"), "HTML" },
        { Ascii("<?xml version='1.0'?>\n<!-- c -->\n<html xmlns='http://www.w3.org/1999/xhtml'>"), "HTML" },
        { Ascii("<?xml version='1.0'?><feed/>"), "XML" },
        { Ascii("<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument xmlns:w='x'>"), "a Word document saved as XML" },
        { [0xEF, 0xBB, 0xBF, .. "<p>fragment</p>"u8], "HTML" },
        { Encoding.Unicode.GetBytes("<html><body>Straße 𝄞</body></html>"), "HTML" },
        { [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("<html>")], "HTML" },
        { Encoding.BigEndianUnicode.GetBytes("Nothing but words."), "plain text" },
        { Encoding.UTF8.GetBytes("Просто текст. < 3 и > 2"), "plain text" },
        { [0xCF, 0xF0, 0xEE, 0xF1, 0xF2, 0xEE], "plain text" },
        { [1, 2, 3, 0, 0, 5, 0xFF, 0x00, 0xD8, 0x00], "unknown binary data" },
        { Zip("a.txt"), "a ZIP archive" },
        { Zip("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "a Word document" },
        { Zip("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook" },
        { Zip("[Content_Types].xml", "ppt/presentation.xml"), "a PowerPoint presentation" },
        { Zip("META-INF/container.xml"), "an EPUB book" },
        { Ole("WordDocument"), "an old Word document (.doc)" },
        { Ole("EncryptedPackage"), "a password-protected Office file" },
        { Ole("Something"), "an old Office or OLE file" },
    };

    [Theory]
    [MemberData(nameof(Signatures))]
    public void A_file_is_what_its_bytes_say(byte[] bytes, string name) => Assert.Equal(name, FileSignature.Detect(bytes).Name());

    [Fact]
    public void A_truncated_archive_is_still_recognised()
    {
        var whole = Zip("[Content_Types].xml", "word/document.xml", "word/styles.xml");

        Assert.Equal(FileKind.Word, FileSignature.Detect(whole.AsSpan(0, whole.Length / 2)));
    }

    [Fact]
    public void Every_kind_has_a_name_of_its_own()
    {
        var names = Enum.GetValues<FileKind>().Select(kind => kind.Name()).ToArray();

        Assert.Distinct(names);
        Assert.All(names, name => Assert.False(string.IsNullOrWhiteSpace(name)));
    }

    [Fact]
    public void Any_bytes_are_of_some_kind()
    {
        byte[][] beginnings = [[], .. Signatures.Select(row => row.Data.Item1)];
        var files = from beginning in Gen.Elements(beginnings)
                    from rest in ArbMap.Default.GeneratorFor<byte[]>()
                    from length in Gen.Choose(0, beginning.Length)
                    select (byte[])[.. beginning.AsSpan(0, length), .. rest];

        Prop.ForAll(files.ToArbitrary(), bytes => Enum.IsDefined(FileSignature.Detect(bytes)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Zip(params string[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                using var writer = new StreamWriter(archive.CreateEntry(entry).Open());
                writer.Write("some content of " + entry);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Ole(string streamName) =>
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[64], .. Encoding.Unicode.GetBytes(streamName), .. new byte[64]];
}
