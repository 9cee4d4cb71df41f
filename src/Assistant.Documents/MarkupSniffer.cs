using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Assistant.Documents;

/// <summary>Tells HTML, XML, other text and binary data apart by how a file begins, in any encoding.</summary>
internal static class MarkupSniffer
{
    /// <summary>Bytes that decide whether a file is text.</summary>
    private const int Sample = 4096;

    /// <summary>Bytes within which the first element must begin; pages with 50 KB of comments in front of it exist.</summary>
    private const int Window = 256 * 1024;

    private static readonly SearchValues<char> EndsTagName = SearchValues.Create(" \t\r\n\f/>");

    /// <summary>Elements that nothing but HTML begins with. XHTML fragments begin with them too.</summary>
    private static readonly HashSet<string> HtmlElements = new(StringComparer.OrdinalIgnoreCase)
    {
        "html", "head", "body", "title", "meta", "link", "script", "style", "base",
        "div", "p", "span", "table", "h1", "h2", "h3", "h4", "h5", "h6", "a", "b", "i", "br", "hr", "ul", "ol", "dl", "pre", "img",
        "article", "section", "main", "header", "nav", "form", "center", "font", "iframe", "frameset", "blockquote",
    };

    /// <summary>Html, Xml, WordXml, Text or Binary.</summary>
    public static FileKind Detect(ReadOnlySpan<byte> bytes)
    {
        if (Beginning(bytes) is not { } beginning)
        {
            return FileKind.Binary;
        }

        var rest = SkipComments(beginning);
        var isXml = rest.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase);
        while (rest.StartsWith("<?"))
        {
            var end = rest.IndexOf("?>");
            rest = end < 0 ? [] : SkipComments(rest[(end + 2)..]);
        }

        if (rest.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase))
        {
            var name = rest["<!doctype".Length..].TrimStart();
            return name.StartsWith("html", StringComparison.OrdinalIgnoreCase) ? FileKind.Html : FileKind.Xml;
        }

        if (rest.Length > 1 && rest[0] == '<' && char.IsAsciiLetter(rest[1]))
        {
            var nameEnd = rest[1..].IndexOfAny(EndsTagName);
            var name = nameEnd < 0 ? rest[1..] : rest.Slice(1, nameEnd);
            if (HtmlElements.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
            {
                return FileKind.Html;
            }

            if (name is "pkg:package" or "w:wordDocument")
            {
                return FileKind.WordXml;
            }
        }

        return isXml ? FileKind.Xml : FileKind.Text;
    }

    private static ReadOnlySpan<char> SkipComments(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        while (text.StartsWith("<!--"))
        {
            var end = text.IndexOf("-->");
            text = end < 0 ? [] : text[(end + 3)..].TrimStart();
        }

        return text;
    }

    /// <summary>The beginning with every character beyond ASCII as it comes; null when the bytes are no text.</summary>
    private static string? Beginning(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, Window)];
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Encoding.Unicode.GetString(bytes[2..]);
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        }

        if (IsByteText(bytes[..Math.Min(bytes.Length, Sample)]))
        {
            return Encoding.Latin1.GetString(bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes);
        }

        return IsUtf16(bytes, bigEndian: false) ? Encoding.Unicode.GetString(bytes)
            : IsUtf16(bytes, bigEndian: true) ? Encoding.BigEndianUnicode.GetString(bytes)
            : null;
    }

    /// <summary>Text in UTF-8 or a legacy encoding: no NUL, and hardly a control character (ISO-2022 escapes, DOS end marks, page breaks do occur).</summary>
    private static bool IsByteText(ReadOnlySpan<byte> sample)
    {
        var controls = 0;
        foreach (var value in sample)
        {
            if (value == 0)
            {
                return false;
            }

            if (value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0C or 0x1B))
            {
                controls++;
            }
        }

        return controls <= sample.Length / 50;
    }

    /// <summary>UTF-16 without a mark: pairs of surrogates are whole, no control characters, and some of the characters every text has.</summary>
    private static bool IsUtf16(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var sample = bytes[..(Math.Min(bytes.Length, Sample) & ~1)];
        var common = 0;
        var highSurrogate = false;
        for (var i = 0; i < sample.Length; i += 2)
        {
            var unit = (char)(bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(sample[i..]) : BinaryPrimitives.ReadUInt16LittleEndian(sample[i..]));
            if (highSurrogate != char.IsLowSurrogate(unit) || (char.IsControl(unit) && !char.IsWhiteSpace(unit)))
            {
                return false;
            }

            highSurrogate = char.IsHighSurrogate(unit);
            common += char.IsAscii(unit) || unit is '\u3001' or '\u3002' or '\u3000' ? 1 : 0;
        }

        return common > 0 && common >= sample.Length / 200;
    }
}
