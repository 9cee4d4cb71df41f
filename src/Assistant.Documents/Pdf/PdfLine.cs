namespace Assistant.Documents.Pdf;

/// <summary>
/// A piece of one line of a page, up to a gap as wide as between columns or table cells. Coordinates are points in the
/// direction of the text: to the right and upwards, whichever way the page is turned.
/// </summary>
internal sealed record PdfLine
{
    /// <summary>Number of the page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>Its text, words separated by one space.</summary>
    public required string Text { get; init; }

    public required double Left { get; init; }

    public required double Right { get; init; }

    public required double Baseline { get; init; }

    /// <summary>Size of most of its letters in points.</summary>
    public required double Size { get; init; }

    /// <summary>Whether most of its letters are bold.</summary>
    public required bool Bold { get; init; }

    /// <summary>How far its baseline is below the top of the page, 0 to 1.</summary>
    public required double Depth { get; init; }

    public double Width => Right - Left;

    /// <summary>Whether both stand on one line of the page.</summary>
    public bool IsBeside(PdfLine other) => Page == other.Page && Math.Abs(Baseline - other.Baseline) < 0.45 * Math.Min(Size, other.Size);

    /// <summary>Whether some of both stands above each other.</summary>
    public bool SharesColumn(PdfLine other) => Math.Min(Right, other.Right) - Math.Max(Left, other.Left) > 0;
}
