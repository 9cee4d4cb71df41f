using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Assistant.Documents;

/// <summary>Recognises UTF-16 that has no byte-order mark.</summary>
internal static class Utf16Sniffer
{
    /// <summary>How many bytes are looked at.</summary>
    private const int SampleLength = 1 << 16;

    /// <summary>
    /// The encoding when <paramref name="bytes"/> are UTF-16 text, else null. Text of any script has spaces, line ends or digits,
    /// one byte of which is zero in UTF-16; read in the right order they outnumber those of the wrong order, and every character is
    /// one that text has. Zero bytes in other files mean binary data.
    /// </summary>
    public static Encoding? Sniff(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..Math.Min(SampleLength, bytes.Length & ~1)];
        var zeros = sample.Count((byte)0);
        // Zero bytes strewn into a text of single bytes do not make it UTF-16.
        if (zeros == 0 || (zeros < sample.Length / 4 && !sample.ContainsAnyInRange((byte)1, (byte)8) && Utf8.IsValid(sample)))
        {
            return null;
        }

        var little = CountAscii(Encoding.Unicode, sample);
        var big = CountAscii(Encoding.BigEndianUnicode, sample);
        return (little, big) switch
        {
            _ when little > big => Encoding.Unicode,
            _ when big > little => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    /// <summary>Number of ASCII characters when <paramref name="sample"/> is text in <paramref name="encoding"/>, else 0.</summary>
    private static int CountAscii(Encoding encoding, ReadOnlySpan<byte> sample)
    {
        var text = encoding.GetString(sample).AsSpan();
        // The sample may end between two surrogates, of which the decoder then makes a replacement character.
        if (text.EndsWith("\uFFFD"))
        {
            text = text[..^1];
        }

        var ascii = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                ascii++;
            }

            var isText = rune.Value is '\t' or '\n' or '\f' or '\r' || (rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune)
                is not (UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate));
            if (!isText)
            {
                return 0;
            }
        }

        return ascii;
    }
}
