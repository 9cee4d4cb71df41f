using System.Text;

namespace Assistant.Documents.Pdf;

/// <summary>Makes characters of glyphs: ligatures apart, accents onto their letters, right-to-left script in the order it is read.</summary>
internal static class PdfGlyphs
{
    /// <summary>Accents that old fonts draw as a glyph of their own, each with letters without and with it.</summary>
    private static readonly Dictionary<string, string> Accents = new()
    {
        ["´"] = "AÁCĆEÉIÍLĹNŃOÓRŔSŚUÚYÝZŹaácćeéiílĺnńoórŕsśuúyýzźıí",
        ["`"] = "AÀEÈIÌOÒUÙaàeèiìoòuùıì",
        ["ˆ"] = "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷıî",
        ["¨"] = "AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿıï",
        ["˜"] = "AÃIĨNÑOÕUŨaãiĩnñoõuũıĩ",
        ["¸"] = "CÇGĢKĶLĻNŅRŖSŞTŢcçgģkķlļnņrŗsştţ",
        ["ˇ"] = "CČDĎEĚLĽNŇRŘSŠTŤZŽcčdďeělľnňrřsštťzž",
        ["˚"] = "AÅUŮaåuů",
    };

    /// <summary>The glyph's characters without ligatures, presentation forms and control characters.</summary>
    public static string Decompose(string value)
    {
        if (value.Length == 1 && IsPlain(value[0]))
        {
            return value;
        }

        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            var character = value[i];
            if (char.IsSurrogate(character))
            {
                // A half of a pair is no character and would spoil every text it gets into.
                if (char.IsHighSurrogate(character) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                {
                    text.Append(character).Append(value[++i]);
                }
            }
            else if (character is (>= '\uFB00' and <= '\uFB06') or (>= '\uFE80' and <= '\uFEFC'))
            {
                // Latin ligatures and Arabic presentation forms; other compatibility characters (², ½, Å) are what was printed.
                text.Append(character.ToString().Normalize(NormalizationForm.FormKC));
            }
            else if (char.IsWhiteSpace(character))
            {
                text.Append(' ');
            }
            else if (!char.IsControl(character) && character is not ('\uFEFF' or '\u200B'))
            {
                text.Append(character);
            }
        }

        return text.ToString();

        static bool IsPlain(char character) => character is >= ' ' and < '\u007F' or (> '\u00A0' and < '\u2000') or (> '\u2010' and < '\u2028');
    }

    /// <summary>Whether the glyph belongs to Hebrew, Arabic or a related script.</summary>
    public static bool IsRightToLeft(string value) =>
        value.Length > 0 && value[0] is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC')
        && !char.IsDigit(value[0]);

    /// <summary>Puts the glyphs of one line, which come as the file draws them, into the order they are read in.</summary>
    public static List<PlacedLetter> InReadingOrder(List<PlacedLetter> letters)
    {
        var rightToLeft = letters.Count(letter => IsRightToLeft(letter.Value));
        if (rightToLeft == 0)
        {
            var jumpsBack = letters.Zip(letters.Skip(1)).Any(pair => pair.Second.Start < pair.First.Start - (0.5 * pair.First.Size));
            return jumpsBack ? [.. letters.OrderBy(letter => letter.Start)] : letters;
        }

        // Drawn in the order it is read, that is leftwards, it can stay; else it was drawn as it looks and is turned around,
        // but for the numbers and foreign words in it.
        var leftwards = 0;
        for (var i = 1; i < letters.Count; i++)
        {
            if (IsRightToLeft(letters[i].Value) && IsRightToLeft(letters[i - 1].Value))
            {
                leftwards += Math.Sign(letters[i - 1].Start - letters[i].Start);
            }
        }

        if (leftwards > 0 || rightToLeft * 2 < letters.Count(letter => !letter.IsSpace))
        {
            return letters;
        }

        List<PlacedLetter> ordered = [.. letters.OrderByDescending(letter => letter.Start)];
        for (var start = 0; start < ordered.Count; start++)
        {
            var end = start;
            while (end < ordered.Count && !IsRightToLeft(ordered[end].Value) && char.IsLetterOrDigit(ordered[end].Value[0]))
            {
                end++;
            }

            ordered.Reverse(start, end - start);
            start = Math.Max(start, end - 1);
        }

        return ordered;
    }

    /// <summary>Puts an accent and the letter it is drawn above, in either order, together.</summary>
    public static bool TryCompose(PlacedLetter first, PlacedLetter second, out string composed)
    {
        composed = string.Empty;
        var overlap = Math.Min(first.End, second.End) - Math.Max(first.Start, second.Start);
        if (overlap < 0.5 * Math.Min(first.End - first.Start, second.End - second.Start))
        {
            return false;
        }

        var (accent, letter) = Accents.ContainsKey(first.Value) ? (first.Value, second.Value) : (second.Value, first.Value);
        if (letter.Length != 1 || !Accents.TryGetValue(accent, out var pairs))
        {
            return false;
        }

        for (var i = 0; i < pairs.Length; i += 2)
        {
            if (pairs[i] == letter[0])
            {
                composed = pairs[i + 1].ToString();
                return true;
            }
        }

        return false;
    }
}
