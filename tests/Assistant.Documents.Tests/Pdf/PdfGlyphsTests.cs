using Assistant.Documents.Pdf;

namespace Assistant.Documents.Tests.Pdf;

public sealed class PdfGlyphsTests
{
    [Theory]
    [InlineData("\uFB01", "fi")]
    [InlineData("\uFB04", "ffl")]
    [InlineData("\uFEB3\uFEFC", "سلا")]
    [InlineData("\u00A0", " ")]
    [InlineData("\0", "")]
    [InlineData("\uD835\uDC49", "\uD835\uDC49")]
    public void Glyphs_become_the_characters_people_search_for(string glyph, string characters) =>
        Assert.Equal(characters, PdfGlyphs.Decompose(glyph));

    [Fact]
    public void Half_a_character_is_none() => Assert.Equal("a", PdfGlyphs.Decompose(new string(['\uD835', 'a', '\uDC49'])));

    [Fact]
    public void An_accent_drawn_above_a_letter_becomes_one_character_with_it()
    {
        Assert.True(PdfGlyphs.TryCompose(Letter("´", 1, 4), Letter("e", 0, 5), out var before));
        Assert.True(PdfGlyphs.TryCompose(Letter("u", 0, 5), Letter("¨", 1, 4), out var after));
        Assert.False(PdfGlyphs.TryCompose(Letter("´", 0, 3), Letter("e", 3, 8), out _));
        Assert.Equal("éü", before + after);
    }

    [Fact]
    public void Arabic_drawn_as_it_looks_is_turned_around_but_for_the_numbers_in_it()
    {
        PlacedLetter[] drawn = [Letter("ب", 0, 5), Letter("1", 10, 15), Letter("2", 15, 20), Letter("ن", 25, 30), Letter("م", 30, 35)];

        Assert.Equal("من12ب", string.Concat(PdfGlyphs.InReadingOrder([.. drawn]).Select(letter => letter.Value)));
        Assert.Equal("من", string.Concat(PdfGlyphs.InReadingOrder([Letter("م", 30, 35), Letter("ن", 25, 30)]).Select(letter => letter.Value)));
    }

    private static PlacedLetter Letter(string value, double start, double end) => new(value, start, end, 0, 10, false, 0);
}
