using Assistant.Core.Documents;

namespace Assistant.Documents.Pdf;

/// <summary>A paragraph, list item or table row put together from lines.</summary>
internal sealed record PdfBlock
{
    public required BlockKind Kind { get; init; }

    public required string Text { get; init; }

    /// <summary>Number of the page it begins on, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>Number of the page it ends on.</summary>
    public required int LastPage { get; init; }

    /// <summary>How far its first line is below the top of the page, 0 to 1.</summary>
    public required double Depth { get; init; }

    /// <summary>Font size in points.</summary>
    public required double Size { get; init; }

    /// <summary>Whether all of its lines are bold.</summary>
    public required bool Bold { get; init; }

    /// <summary>Number of lines of the page it takes.</summary>
    public required int Lines { get; init; }

    /// <summary>For a heading, its level from 1; else 0.</summary>
    public int HeadingLevel { get; init; }
}
