namespace Assistant.Documents.PlainText;

/// <summary>The marks that list items begin with: “- ”, “* ”, “• ”, “1. ”, “2) ”.</summary>
internal static class ListMarker
{
    /// <summary>No list counts further; “1990. ” is a year.</summary>
    private const int MostDigits = 3;

    /// <summary>Length of the marker of <paramref name="line"/> with the white space after it; 0 when it has none or nothing else.</summary>
    public static int LengthIn(ReadOnlySpan<char> line)
    {
        var digits = line.IndexOfAnyExceptInRange('0', '9');
        var mark = digits switch
        {
            0 when line[0] is '-' or '*' or '+' or '•' => 1,
            > 0 and <= MostDigits when line[digits] is '.' or ')' => digits + 1,
            _ => 0,
        };
        if (mark == 0 || mark == line.Length || !char.IsWhiteSpace(line[mark]))
        {
            return 0;
        }

        var item = line[mark..].TrimStart();
        return item.IsEmpty ? 0 : line.Length - item.Length;
    }
}
