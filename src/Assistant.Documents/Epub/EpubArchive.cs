using System.IO.Compression;
using System.IO.Hashing;
using System.Xml;
using System.Xml.Linq;
using Assistant.Core.Documents;

namespace Assistant.Documents.Epub;

/// <summary>The files inside an EPUB, unpacked within limits: a few kilobytes can hold gigabytes of zeros.</summary>
internal sealed class EpubArchive : IDisposable
{
    /// <summary>Most bytes of one unpacked file.</summary>
    private const int MaximumEntry = 16 << 20;

    /// <summary>Most bytes unpacked of one book; the text of the longest novels has five million.</summary>
    private const int MaximumTotal = 32 << 20;

    /// <summary>Deepest nesting of a package file or table of contents; the time to take their text grows with the square of it.</summary>
    private const int MaximumXmlDepth = 200;

    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries;
    private long unpacked;

    private EpubArchive(ZipArchive archive)
    {
        this.archive = archive;
        entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in archive.Entries)
        {
            entries.TryAdd(entry.FullName.Replace('\\', '/'), entry);
        }
    }

    /// <summary>Names of the files inside.</summary>
    public IEnumerable<string> Names => entries.Keys;

    /// <exception cref="UnreadableDocumentException">The bytes are no whole ZIP archive.</exception>
    public static EpubArchive Open(ReadOnlyMemory<byte> bytes)
    {
        // The list of the files stands at the end; what follows its mark is a comment of at most 64 KB.
        var tail = bytes.Span[Math.Max(0, bytes.Length - (1 << 16) - 22)..];
        if (tail.LastIndexOf("PK\u0005\u0006"u8) < 0)
        {
            throw new UnreadableDocumentException($"truncated at byte {bytes.Length}: the end of the archive is missing");
        }

        try
        {
            return new EpubArchive(new ZipArchive(new MemoryStream(bytes.ToArray(), writable: false), ZipArchiveMode.Read));
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new UnreadableDocumentException("damaged: the list of files in the archive cannot be read", exception);
        }
    }

    /// <summary>The bytes of a file inside; null when there is none of that name (upper and lower case are not told apart).</summary>
    /// <exception cref="UnreadableDocumentException">The file is damaged or too large.</exception>
    public byte[]? Read(string name)
    {
        if (!entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        try
        {
            using var stream = entry.Open();
            var bytes = ReadWithinLimits(stream, name);
            return Crc32.HashToUInt32(bytes) == entry.Crc32 ? bytes
                : throw new UnreadableDocumentException($"damaged: “{name}” is not what was packed (its checksum differs)");
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new UnreadableDocumentException($"damaged: “{name}” cannot be unpacked", exception);
        }
    }

    /// <summary>The XML of a file inside; null when there is no such file.</summary>
    /// <exception cref="UnreadableDocumentException">The file is damaged or too large.</exception>
    public XElement? ReadXml(string name)
    {
        if (Read(name) is not { } bytes)
        {
            return null;
        }

        try
        {
            using (var check = CreateXmlReader(bytes))
            {
                while (check.Read())
                {
                    if (check.Depth > MaximumXmlDepth)
                    {
                        throw new UnreadableDocumentException($"damaged: “{name}” is nested more than {MaximumXmlDepth} levels deep");
                    }
                }
            }

            using var reader = CreateXmlReader(bytes);
            return XElement.Load(reader);
        }
        catch (XmlException exception)
        {
            throw new UnreadableDocumentException($"damaged: “{name}” is not valid XML (line {exception.LineNumber})", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();

    private static XmlReader CreateXmlReader(byte[] bytes) =>
        XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });

    /// <summary>Does not trust the sizes that the archive states.</summary>
    private byte[] ReadWithinLimits(Stream stream, string name)
    {
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            content.Write(buffer, 0, read);
            unpacked += read;
            if (content.Length > MaximumEntry || unpacked > MaximumTotal)
            {
                throw new UnreadableDocumentException($"too large: “{name}” unpacks to more than a book holds");
            }
        }

        return content.ToArray();
    }

    // What ZipArchive throws at archives whose fields were changed; it does not keep to InvalidDataException.
    private static bool IsDamage(Exception exception) => exception is InvalidDataException or IOException or NotSupportedException
        or ArgumentException or OverflowException or IndexOutOfRangeException or OutOfMemoryException;
}
