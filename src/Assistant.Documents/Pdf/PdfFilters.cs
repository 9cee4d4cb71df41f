using System.IO.Compression;
using Assistant.Core.Documents;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Assistant.Documents.Pdf;

/// <summary>The library's filters, with an upper bound to what a stream may unpack to.</summary>
internal sealed class PdfFilters() : BaseFilterProvider(Bounded())
{
    /// <summary>Bytes one stream may unpack to. The drawings of a whole city map take less; images are not unpacked at all.</summary>
    private const int LargestStream = 24 * 1024 * 1024;

    public static PdfFilters Instance { get; } = new();

    private static Dictionary<string, IFilter> Bounded()
    {
        var flate = new BoundedFilter(new FlateFilter(), UnpacksToTooMuch);
        // By the way these two pack, nothing shorter than a bound on the input unpacks to more than the limit.
        var lzw = new BoundedFilter(new LzwFilter(), input => input.Length > LargestStream / 8);
        var runLength = new BoundedFilter(new RunLengthFilter(), input => input.Length > LargestStream / 64);
        var names = new Dictionary<string, IFilter>
        {
            [NameToken.FlateDecode.Data] = flate,
            [NameToken.FlateDecodeAbbreviation.Data] = flate,
            [NameToken.LzwDecode.Data] = lzw,
            [NameToken.LzwDecodeAbbreviation.Data] = lzw,
            [NameToken.RunLengthDecode.Data] = runLength,
            [NameToken.RunLengthDecodeAbbreviation.Data] = runLength,
        };
        foreach (var name in (NameToken[])[
            NameToken.Ascii85Decode, NameToken.Ascii85DecodeAbbreviation, NameToken.AsciiHexDecode, NameToken.AsciiHexDecodeAbbreviation,
            NameToken.CcittfaxDecode, NameToken.CcittfaxDecodeAbbreviation, NameToken.DctDecode, NameToken.DctDecodeAbbreviation,
            NameToken.Jbig2Decode, NameToken.JpxDecode])
        {
            names[name.Data] = DefaultFilterProvider.Instance.GetNamedFilters([name])[0];
        }

        return names;
    }

    private static bool UnpacksToTooMuch(Memory<byte> input)
    {
        const int HighestRatio = 1032;
        const int HeaderLength = 2;
        if (input.Length < LargestStream / HighestRatio)
        {
            return false;
        }

        var buffer = new byte[64 * 1024];
        var unpacked = 0L;
        try
        {
            using var packed = new MemoryStream(input[HeaderLength..].ToArray());
            using var deflate = new DeflateStream(packed, CompressionMode.Decompress);
            for (var read = deflate.Read(buffer); read > 0 && unpacked <= LargestStream; read = deflate.Read(buffer))
            {
                unpacked += read;
            }
        }
        catch (InvalidDataException)
        {
            // What came before the damage is all that the filter itself will get out of it.
        }

        return unpacked > LargestStream;
    }

    private sealed class BoundedFilter(IFilter filter, Func<Memory<byte>, bool> isTooLarge) : IFilter
    {
        public bool IsSupported => filter.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex) =>
            isTooLarge(input)
                ? throw new UnreadableDocumentException("too large: unpacks to more than a document can be")
                : filter.Decode(input, streamDictionary, filterProvider, filterIndex);
    }
}
