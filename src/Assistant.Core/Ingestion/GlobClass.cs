using System.Text;

namespace Assistant.Core.Ingestion;

/// <summary>A character class of a glob pattern, such as <c>[a-z]</c>, <c>[!0-9]</c> or <c>[[:alpha:]_]</c>; never matches a slash.</summary>
internal static class GlobClass
{
    private static readonly Dictionary<string, string> Named = new()
    {
        ["alnum"] = "a-zA-Z0-9",
        ["alpha"] = "a-zA-Z",
        ["blank"] = @" \t",
        ["cntrl"] = @"\x00-\x1F\x7F",
        ["digit"] = "0-9",
        ["graph"] = @"\x21-\x7E",
        ["lower"] = "a-z",
        ["print"] = @"\x20-\x7E",
        ["punct"] = @"\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x7E",
        ["space"] = @"\s",
        ["upper"] = "A-Z",
        ["xdigit"] = "0-9a-fA-F",
    };

    /// <summary>Appends the class at the beginning of <paramref name="pattern"/> as a regular expression.</summary>
    /// <returns>How many characters of the pattern it takes; 0 when it is not closed or names an unknown class.</returns>
    public static int Append(ReadOnlySpan<char> pattern, StringBuilder regex)
    {
        var isNegated = pattern.Length > 1 && pattern[1] is '!' or '^';
        var members = new StringBuilder();
        var first = isNegated ? 2 : 1;
        for (var i = first; i < pattern.Length;)
        {
            if (pattern[i] == ']' && i > first)
            {
                regex.Append(isNegated ? "[^/" : "(?:[").Append(members).Append(isNegated ? "]" : "-[/]])");
                return i + 1;
            }

            if (pattern[i..].StartsWith("[:") && pattern[(i + 2)..].IndexOf(":]") is >= 0 and var length)
            {
                if (!Named.TryGetValue(pattern.Slice(i + 2, length).ToString(), out var set))
                {
                    return 0;
                }

                members.Append(set);
                i += length + 4;
                continue;
            }

            if (!TryRead(pattern, ref i, out var low))
            {
                return 0;
            }

            var high = low;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            {
                i++;
                if (!TryRead(pattern, ref i, out high))
                {
                    return 0;
                }
            }

            // Of a range that runs backwards git takes the first end.
            members.Append(Escape(low)).Append('-').Append(Escape(low <= high ? high : low));
        }

        return 0;
    }

    private static bool TryRead(ReadOnlySpan<char> pattern, ref int position, out char character)
    {
        position += pattern[position] == '\\' ? 1 : 0;
        character = position < pattern.Length ? pattern[position] : '\0';
        return position++ < pattern.Length;
    }

    private static string Escape(char character) => $@"\u{(int)character:X4}";
}
