using System.Globalization;

namespace Assistant.Documents.Word;

/// <summary>Characters of the symbol fonts, which have places of their own instead of Unicode's.</summary>
internal static class WordSymbols
{
    /// <summary>The letters of the font Symbol from A and from a; a space where it has a sign that is no letter.</summary>
    private const string GreekCapitals = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    private const string GreekSmall = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

    private static readonly Dictionary<int, string> Symbol = new()
    {
        [0xA3] = "≤", [0xA5] = "∞", [0xAB] = "↔", [0xAC] = "←", [0xAD] = "↑", [0xAE] = "→", [0xAF] = "↓", [0xB0] = "°", [0xB1] = "±",
        [0xB3] = "≥", [0xB4] = "×", [0xB7] = "•", [0xB8] = "÷", [0xB9] = "≠", [0xBA] = "≡", [0xBB] = "≈", [0xBC] = "…",
        [0xC5] = "⊕", [0xC7] = "∩", [0xC8] = "∪", [0xCE] = "∈", [0xCF] = "∉", [0xD1] = "∇", [0xD2] = "®", [0xD3] = "©", [0xD4] = "™",
        [0xD6] = "√", [0xD9] = "∧", [0xDA] = "∨", [0xDE] = "⇒", [0xE5] = "∑", [0xF2] = "∫",
    };

    private static readonly Dictionary<int, string> Wingdings = new()
    {
        [0x28] = "☎", [0x2A] = "✉", [0x4A] = "☺", [0x4C] = "☹", [0x6C] = "●", [0x6E] = "■", [0x6F] = "☐", [0x71] = "☐", [0x72] = "☐",
        [0xA7] = "▪", [0xA8] = "☐", [0xD8] = "➢", [0xDF] = "←", [0xE0] = "→", [0xE1] = "↑", [0xE2] = "↓", [0xE8] = "➔", [0xF0] = "⇨",
        [0xFB] = "✗", [0xFC] = "✓", [0xFD] = "☒", [0xFE] = "☑",
    };

    /// <summary>The character; an empty string when there is none like it.</summary>
    /// <param name="font">Name of the font.</param>
    /// <param name="code">Hexadecimal place in the font, often from F000.</param>
    public static string Character(string? font, string? code)
    {
        if (!int.TryParse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var place))
        {
            return string.Empty;
        }

        var isPrivate = place is >= 0xF000 and <= 0xF0FF;
        var index = isPrivate ? place - 0xF000 : place;
        if (string.Equals(font, "Symbol", StringComparison.OrdinalIgnoreCase))
        {
            return index is >= 'A' and <= 'Z' ? GreekCapitals[index - 'A'].ToString()
                : index is >= 'a' and <= 'z' ? GreekSmall[index - 'a'].ToString()
                : Symbol.TryGetValue(index, out var symbol) ? symbol
                : index < 0x80 ? Plain() : string.Empty;
        }

        return font?.StartsWith("Wingdings", StringComparison.OrdinalIgnoreCase) == true
            ? Wingdings.GetValueOrDefault(index, string.Empty)
            : Plain();

        string Plain() => index is >= ' ' and < 0xD800 and not (>= 0x7F and < 0xA0) ? ((char)index).ToString() : string.Empty;
    }
}
