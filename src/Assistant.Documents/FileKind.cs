namespace Assistant.Documents;

/// <summary>What the bytes of a file are, whatever its name says.</summary>
internal enum FileKind
{
    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>Bytes that are no text and carry no known signature.</summary>
    Binary,

    /// <summary>Text in some encoding, Markdown included.</summary>
    Text,

    Html,
    Xml,

    /// <summary>A Word document as one XML file: Word 2003 or flat OPC.</summary>
    WordXml,

    Rtf,
    Pdf,

    /// <summary>A ZIP archive that is none of the formats made of one.</summary>
    Zip,

    Word,
    Excel,
    PowerPoint,
    Epub,
    OpenDocument,

    /// <summary>An OLE compound file that is none of the formats made of one.</summary>
    Ole,

    OldWord,
    OldExcel,
    OldPowerPoint,

    /// <summary>A Word, Excel or PowerPoint file that opens with a password only.</summary>
    EncryptedOffice,

    Png,
    Jpeg,
    Gif,
    WebP,
    Tiff,
    Gzip,
    SevenZip,
    Rar,
}

/// <summary>Names for people.</summary>
internal static class FileKindNames
{
    /// <summary>The kind in a person's words, to be put after “not really a PDF: ”.</summary>
    public static string Name(this FileKind kind) => kind switch
    {
        FileKind.Empty => "an empty file",
        FileKind.Binary => "unknown binary data",
        FileKind.Text => "plain text",
        FileKind.Html => "HTML",
        FileKind.Xml => "XML",
        FileKind.WordXml => "a Word document saved as XML",
        FileKind.Rtf => "rich text (RTF)",
        FileKind.Pdf => "PDF",
        FileKind.Zip => "a ZIP archive",
        FileKind.Word => "a Word document",
        FileKind.Excel => "an Excel workbook",
        FileKind.PowerPoint => "a PowerPoint presentation",
        FileKind.Epub => "an EPUB book",
        FileKind.OpenDocument => "an OpenDocument file",
        FileKind.Ole => "an old Office or OLE file",
        FileKind.OldWord => "an old Word document (.doc)",
        FileKind.OldExcel => "an old Excel workbook (.xls)",
        FileKind.OldPowerPoint => "an old PowerPoint presentation (.ppt)",
        FileKind.EncryptedOffice => "a password-protected Office file",
        FileKind.Png => "a PNG image",
        FileKind.Jpeg => "a JPEG image",
        FileKind.Gif => "a GIF image",
        FileKind.WebP => "a WebP image",
        FileKind.Tiff => "a TIFF image",
        FileKind.Gzip => "a gzip archive",
        FileKind.SevenZip => "a 7-Zip archive",
        FileKind.Rar => "a RAR archive",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
