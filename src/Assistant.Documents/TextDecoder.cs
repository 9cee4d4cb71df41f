using System.Buffers;
using System.Text;
using System.Text.Unicode;
using UtfUnknown;

namespace Assistant.Documents;

/// <summary>Turns bytes of unknown encoding into text.</summary>
internal static class TextDecoder
{
    /// <summary>How many bytes, from the first that is not ASCII, statistics look at: more tells them nothing new.</summary>
    private const int SampleLength = 1 << 17;

    /// <summary>A file with fewer broken characters than one in this many is still UTF-8 (cut off, or damaged in a place).</summary>
    private const int CharactersPerBrokenOne = 50;

    /// <summary>
    /// The text of <paramref name="bytes"/> without a byte-order mark. In this order: the byte-order mark, UTF-16 without a mark,
    /// <paramref name="declaredCharset"/> (when the bytes are valid in it), UTF-8 when valid, else what statistics say.
    /// A declared single-byte charset yields to UTF-8 when the bytes are valid UTF-8 beyond ASCII: nearly every byte sequence is
    /// valid in the former, hardly any in the latter by accident. Never fails: what no encoding explains becomes U+FFFD.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? declaredCharset = null)
    {
        if (ByteOrderMark.Find(bytes) is { } mark)
        {
            return mark.Encoding.GetString(bytes[mark.Length..]);
        }

        if (Utf16Sniffer.Sniff(bytes) is { } utf16)
        {
            return utf16.GetString(bytes);
        }

        var firstSpecial = bytes.IndexOfAnyExceptInRange((byte)0x00, (byte)0x7F);
        if (CharsetNames.Find(declaredCharset) is { } declared
            && !(firstSpecial >= 0 && declared.IsSingleByte && Utf8.IsValid(bytes))
            && TryDecode(bytes, declared) is { } text)
        {
            return text;
        }

        return firstSpecial < 0 || LooksLikeUtf8(bytes[firstSpecial..])
            ? Encoding.UTF8.GetString(bytes)
            : DecodeByStatistics(bytes, firstSpecial);
    }

    private static string DecodeByStatistics(ReadOnlySpan<byte> bytes, int firstSpecial)
    {
        // A little of what stands before the first special byte: its neighbours are part of the evidence.
        var start = Math.Max(0, firstSpecial - 64);
        var sample = bytes.Slice(start, Math.Min(SampleLength, bytes.Length - start)).ToArray();
        foreach (var candidate in CharsetDetector.DetectFromBytes(sample).Details ?? [])
        {
            if (CharsetNames.Find(candidate.EncodingName) is { } encoding && TryDecode(bytes, encoding) is { } text)
            {
                return text;
            }
        }

        return CharsetNames.Western.GetString(bytes);
    }

    private static bool LooksLikeUtf8(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return true;
        }

        var whole = 0;
        var broken = 0;
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out _, out var length) != OperationStatus.Done)
            {
                broken++;
            }
            else if (length > 1)
            {
                whole++;
            }

            bytes = bytes[length..];
        }

        return whole >= (long)broken * CharactersPerBrokenOne;
    }

    private static string? TryDecode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        try
        {
            var text = strict.GetString(bytes);
            // Code pages give their undefined bytes as C1 control characters, which no text has.
            return encoding.IsSingleByte && text.AsSpan().ContainsAnyInRange('\u0080', '\u009F') ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
