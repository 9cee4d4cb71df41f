namespace Assistant.Documents.Pdf;

/// <summary>Puts lines together and undoes the hyphens that only the end of a line had put into a word.</summary>
internal sealed class PdfWordJoiner
{
    private const char SoftHyphen = '\u00AD';

    private readonly HashSet<string> words = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    /// <summary>Learns from <paramref name="lines"/> which words the document writes with a hyphen in the middle of a line.</summary>
    public PdfWordJoiner(IReadOnlyList<PdfLine> lines)
    {
        foreach (var line in lines)
        {
            words.UnionWith(line.Text.Split(' ').Select(word => word.Trim(',', '.', ';', ':', '(', ')', '"', '“', '”')));
        }

        lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The two lines as one text.</summary>
    public string Join(string upper, string lower)
    {
        if (upper.EndsWith(SoftHyphen))
        {
            return upper.TrimEnd(SoftHyphen) + lower;
        }

        if (upper.Length < 2 || upper[^1] is not ('-' or '‐') || !char.IsLetterOrDigit(upper[^2]))
        {
            return IsWrittenWithoutSpaces(upper[^1]) && IsWrittenWithoutSpaces(lower[0]) ? upper + lower : $"{upper} {lower}";
        }

        // “Stress-” and “Engineered”, “2014-” and “2015”: a capital or a digit does not stand in the middle of a word.
        if (!char.IsLower(lower[0]) || !char.IsLower(upper[^2]))
        {
            return upper + lower;
        }

        var first = upper.AsSpan(upper.LastIndexOf(' ') + 1);
        var second = lower.AsSpan(0, lower.AsSpan().IndexOfAny(' ', ',', '.') is var end and >= 0 ? end : lower.Length);
        var keepsHyphen = lookup.Contains([.. first, .. second]) && !lookup.Contains([.. first[..^1], .. second]);
        return keepsHyphen ? upper + lower : upper[..^1] + lower;
    }

    /// <summary>Chinese and Japanese.</summary>
    private static bool IsWrittenWithoutSpaces(char character) => character is >= '\u3000' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF' or >= '\uFF00' and <= '\uFFEF';
}
