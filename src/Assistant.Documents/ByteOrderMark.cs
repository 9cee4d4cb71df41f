using System.Text;

namespace Assistant.Documents;

/// <summary>The mark at the start of a text that names its Unicode encoding.</summary>
/// <param name="Encoding">The encoding it names.</param>
/// <param name="Length">Number of bytes of the mark.</param>
internal readonly record struct ByteOrderMark(Encoding Encoding, int Length)
{
    // UTF-32 before UTF-16: the little-endian mark of the former begins with that of the latter.
    private static readonly Encoding[] Marked =
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        new UTF32Encoding(bigEndian: false, byteOrderMark: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
    ];

    /// <summary>The mark that <paramref name="bytes"/> begin with; null when there is none.</summary>
    public static ByteOrderMark? Find(ReadOnlySpan<byte> bytes)
    {
        foreach (var encoding in Marked)
        {
            if (bytes.StartsWith(encoding.Preamble))
            {
                return new ByteOrderMark(encoding, encoding.Preamble.Length);
            }
        }

        return null;
    }
}
