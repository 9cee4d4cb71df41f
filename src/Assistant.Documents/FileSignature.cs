using System.Buffers.Binary;
using System.Text;

namespace Assistant.Documents;

/// <summary>Tells what a file really is by its bytes, so that a wrong extension gets a clear message and no rubbish is indexed.</summary>
internal static class FileSignature
{
    /// <summary>PDF readers accept rubbish of up to this many bytes in front of the header.</summary>
    private const int PdfHeaderWindow = 1024;

    private static readonly (byte[] Prefix, FileKind Kind)[] Prefixes =
    [
        ([0x89, .. "PNG\r\n"u8], FileKind.Png),
        ([0xFF, 0xD8, 0xFF], FileKind.Jpeg),
        ([.. "GIF8"u8], FileKind.Gif),
        ([.. "II*\0"u8], FileKind.Tiff),
        ([.. "MM\0*"u8], FileKind.Tiff),
        ([0x1F, 0x8B, 0x08], FileKind.Gzip),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], FileKind.SevenZip),
        ([.. "Rar!\u001a\u0007"u8], FileKind.Rar),
        ([.. "{\\rtf"u8], FileKind.Rtf),
    ];

    private static readonly (byte[] EntryPrefix, FileKind Kind)[] ZipContents =
    [
        ([.. "META-INF/container.xml"u8], FileKind.Epub),
        ([.. "word/"u8], FileKind.Word),
        ([.. "xl/"u8], FileKind.Excel),
        ([.. "ppt/"u8], FileKind.PowerPoint),
    ];

    // Names of streams in the directory of an OLE compound file, where they stand as UTF-16.
    private static readonly (byte[] Stream, FileKind Kind)[] OleContents =
    [
        (Encoding.Unicode.GetBytes("EncryptedPackage"), FileKind.EncryptedOffice),
        (Encoding.Unicode.GetBytes("WordDocument"), FileKind.OldWord),
        (Encoding.Unicode.GetBytes("PowerPoint Document"), FileKind.OldPowerPoint),
        (Encoding.Unicode.GetBytes("Workbook"), FileKind.OldExcel),
    ];

    /// <summary>What <paramref name="bytes"/> are. Never throws; reads little more than the beginning, of archives the names of the entries.</summary>
    public static FileKind Detect(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return FileKind.Empty;
        }

        foreach (var (prefix, kind) in Prefixes)
        {
            if (bytes.StartsWith(prefix))
            {
                return kind;
            }
        }

        if (bytes.StartsWith("RIFF"u8) && bytes.Length >= 12 && bytes[8..].StartsWith("WEBP"u8))
        {
            return FileKind.WebP;
        }

        if (bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("PK\u0005\u0006"u8))
        {
            return DetectZip(bytes);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            return DetectOle(bytes);
        }

        var markup = MarkupSniffer.Detect(bytes);
        if (markup is FileKind.Html or FileKind.Xml or FileKind.WordXml)
        {
            return markup;
        }

        // Text that speaks of "%PDF-" in passing is no PDF; after the header of one come bytes that are no text, or its objects.
        var header = bytes[..Math.Min(bytes.Length, PdfHeaderWindow)].IndexOf("%PDF-"u8);
        var isPdf = header == 0 || (header > 0 && (markup == FileKind.Binary || bytes.IndexOf(" obj"u8) > header));
        return isPdf ? FileKind.Pdf : markup;
    }

    /// <summary>Goes by the names in the local headers, which a truncated archive still has.</summary>
    private static FileKind DetectZip(ReadOnlySpan<byte> bytes)
    {
        const int HeaderLength = 30;
        var rest = bytes;
        for (var next = 0; next >= 0 && rest.Length >= HeaderLength; next = rest.IndexOf("PK\u0003\u0004"u8))
        {
            rest = rest[next..];
            if (rest.Length < HeaderLength)
            {
                break;
            }

            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[26..]);
            var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
            var name = rest.Slice(HeaderLength, Math.Min(nameLength, rest.Length - HeaderLength));
            if (name.SequenceEqual("mimetype"u8))
            {
                var content = rest[Math.Min(rest.Length, HeaderLength + nameLength + extraLength)..];
                if (content.StartsWith("application/epub+zip"u8))
                {
                    return FileKind.Epub;
                }

                if (content.StartsWith("application/vnd.oasis.opendocument"u8))
                {
                    return FileKind.OpenDocument;
                }
            }

            foreach (var (prefix, kind) in ZipContents)
            {
                if (name.StartsWith(prefix))
                {
                    return kind;
                }
            }

            rest = rest[4..];
        }

        return FileKind.Zip;
    }

    private static FileKind DetectOle(ReadOnlySpan<byte> bytes)
    {
        foreach (var (stream, kind) in OleContents)
        {
            if (bytes.IndexOf(stream) >= 0)
            {
                return kind;
            }
        }

        return FileKind.Ole;
    }
}
