namespace Assistant.Documents.Pdf;

/// <summary>A letter in the direction it is read in.</summary>
/// <param name="Value">One or a few characters, or white space.</param>
/// <param name="Start">Where its baseline begins, in points.</param>
/// <param name="End">Where its baseline ends.</param>
/// <param name="Baseline">Height of its baseline.</param>
/// <param name="Size">Font size in points.</param>
/// <param name="Bold">Whether its font is bold.</param>
/// <param name="Direction">Degrees, anticlockwise, 0 for upright text.</param>
internal readonly record struct PlacedLetter(string Value, double Start, double End, double Baseline, double Size, bool Bold, int Direction)
{
    public bool IsSpace => string.IsNullOrWhiteSpace(Value);
}
