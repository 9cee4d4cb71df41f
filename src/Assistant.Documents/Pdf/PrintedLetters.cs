namespace Assistant.Documents.Pdf;

/// <summary>The letters of a page so far, to find those that are printed once more in the same place to look bold or shadowed.</summary>
internal sealed class PrintedLetters
{
    /// <summary>How far, as part of their size, two prints of a letter are apart; the narrowest letters are wider.</summary>
    private const double Offset = 0.1;

    private readonly Dictionary<(int Column, int Row), PlacedLetter> cells = [];

    /// <summary>Adds a letter; false when it was printed there before.</summary>
    public bool Add(PlacedLetter letter)
    {
        // The place may lie anywhere in its cell: what is near enough is in the cell or in one of the three next to that corner.
        var near = Offset * letter.Size;
        var (x, y) = (letter.Start / (2 * near), letter.Baseline / (2 * near));
        var (column, row) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (nextColumn, nextRow) = (x - column < 0.5 ? column - 1 : column + 1, y - row < 0.5 ? row - 1 : row + 1);
        if (IsPrint(letter, column, row, near) || IsPrint(letter, nextColumn, row, near)
            || IsPrint(letter, column, nextRow, near) || IsPrint(letter, nextColumn, nextRow, near))
        {
            return false;
        }

        cells[(column, row)] = letter;
        return true;
    }

    private bool IsPrint(PlacedLetter letter, int column, int row, double near) =>
        cells.TryGetValue((column, row), out var other) && other.Value == letter.Value && other.Direction == letter.Direction
        && Math.Abs(other.Start - letter.Start) < near && Math.Abs(other.Baseline - letter.Baseline) < near;
}
