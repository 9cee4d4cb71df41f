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

    /// <summary>Letters on one page: those of a hundred full ones. The library takes some 500 bytes for each.</summary>
    private const int MostLetters = 250_000;

    public static PdfFilters Instance { get; } = new();

    private static Dictionary<string, IFilter> Bounded()
    {
        var flate = new BoundedFilter(new FlateFilter(), UnpacksToTooMuch);
        // By the way these two pack, and what for they are used, nothing longer than this is a page or a font.
        var lzw = new BoundedFilter(new LzwFilter(), (input, _) => input.Length > LargestStream / 32);
        var runLength = new BoundedFilter(new RunLengthFilter(), (input, _) => input.Length > LargestStream / 64);
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

    private static bool UnpacksToTooMuch(Memory<byte> input, DictionaryToken stream)
    {
        const int HighestRatio = 1032;
        const int HeaderLength = 2;
        if (input.Length < MostLetters / HighestRatio || input.Length <= HeaderLength)
        {
            return false;
        }

        var letters = IsContent(stream) ? new PdfLetterCounter() : null;
        var buffer = new byte[64 * 1024];
        var unpacked = 0L;
        try
        {
            using var packed = new MemoryStream(input[HeaderLength..].ToArray());
            using var deflate = new DeflateStream(packed, CompressionMode.Decompress);
            for (var read = deflate.Read(buffer); read > 0 && unpacked <= LargestStream; read = deflate.Read(buffer))
            {
                unpacked += read;
                letters?.Add(buffer.AsSpan(0, read));
            }
        }
        catch (InvalidDataException)
        {
            // What came before the damage is all that the filter itself will get out of it.
        }

        return unpacked > LargestStream || letters?.Count > MostLetters;
    }

    /// <summary>Whether the stream may be what is drawn on a page; fonts, tables of objects and pictures say what they are.</summary>
    private static bool IsContent(DictionaryToken stream) =>
        !stream.ContainsKey(NameToken.Length1) && !stream.ContainsKey(NameToken.N) && !stream.ContainsKey(NameToken.Width)
        && (!stream.TryGet(NameToken.Subtype, out var subtype) || subtype.Equals(NameToken.Form));

    private sealed class BoundedFilter(IFilter filter, Func<Memory<byte>, DictionaryToken, bool> isTooLarge) : IFilter
    {
        public bool IsSupported => filter.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex) =>
            isTooLarge(input, streamDictionary)
                ? throw new UnreadableDocumentException("too large: unpacks to more than a document can be")
                : filter.Decode(input, streamDictionary, filterProvider, filterIndex);
    }
}
