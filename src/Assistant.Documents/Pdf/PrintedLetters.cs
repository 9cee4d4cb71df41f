namespace Assistant.Documents.Pdf;

/// <summary>The letters of a page so far, to find those that are printed once more in the same place to look bold or shadowed.</summary>
internal sealed class PrintedLetters
{
    /// <summary>How far, as part of their size, two prints of a letter are apart; the narrowest letters are wider.</summary>
    private const double Offset = 0.1;

    private readonly Dictionary<(string Value, int Direction, int Column, int Row), PlacedLetter> cells = [];

    /// <summary>Adds a letter; false when it was printed there before.</summary>
    public bool Add(PlacedLetter letter)
    {
        var cell = Offset * letter.Size;
        var (column, row) = ((int)(letter.Start / cell), (int)(letter.Baseline / cell));
        for (var x = column - 1; x <= column + 1; x++)
        {
            for (var y = row - 1; y <= row + 1; y++)
            {
                if (cells.TryGetValue((letter.Value, letter.Direction, x, y), out var other)
                    && Math.Abs(other.Start - letter.Start) < cell && Math.Abs(other.Baseline - letter.Baseline) < cell)
                {
                    return false;
                }
            }
        }

        cells[(letter.Value, letter.Direction, column, row)] = letter;
        return true;
    }
}
