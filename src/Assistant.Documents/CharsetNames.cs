using System.Text;

namespace Assistant.Documents;

/// <summary>The encodings that charset names stand for.</summary>
internal static class CharsetNames
{
    /// <summary>
    /// Names that stand for more than they say (WHATWG Encoding, section 4.2: a page that says ISO 8859-1 may hold any
    /// character of Windows-1252), and names that only the statistics use.
    /// </summary>
    private static readonly Dictionary<string, int> CodePages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ascii"] = 1252,
        ["us-ascii"] = 1252,
        ["latin1"] = 1252,
        ["iso8859-1"] = 1252,
        ["iso-8859-1"] = 1252,
        ["cp1252"] = 1252,
        ["iso-8859-9"] = 1254,
        ["iso-8859-11"] = 874,
        ["tis-620"] = 874,
        ["iso-8859-16"] = 1250,
        ["gb2312"] = 54936,
        ["gbk"] = 54936,
        ["x-gbk"] = 54936,
        ["gb18030"] = 54936,
        ["euc-kr"] = 949,
        ["ks_c_5601-1987"] = 949,
        ["cp949"] = 949,
        ["shift-jis"] = 932,
        ["sjis"] = 932,
        ["x-sjis"] = 932,
        ["windows-31j"] = 932,
        ["big5-hkscs"] = 950,
    };

    /// <summary>Windows-1252, which every byte sequence can be read as.</summary>
    public static Encoding Western { get; } = ByCodePage(1252);

    /// <summary>
    /// The encoding a charset name stands for; null when it is blank, unknown, or names a UTF other than UTF-8: whoever could
    /// read that name in the text did so byte by byte.
    /// </summary>
    public static Encoding? Find(string? name)
    {
        var label = name?.Trim().Trim('"', '\'') ?? "";
        if (label.Length == 0 || label.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase)
            || label.StartsWith("utf-32", StringComparison.OrdinalIgnoreCase) || label.StartsWith("utf-7", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (CodePages.TryGetValue(label, out var codePage))
        {
            return ByCodePage(codePage);
        }

        return label.ToUpperInvariant() is "UTF-8" or "UTF8" or "UNICODE-1-1-UTF-8"
            ? Encoding.UTF8
            : CodePagesEncodingProvider.Instance.GetEncoding(label);
    }

    private static Encoding ByCodePage(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(codePage)
        ?? throw new InvalidOperationException($"Code page {codePage} is missing.");
}
