namespace Assistant.Core.Documents;

/// <summary>What a stretch of a document's text is.</summary>
public enum BlockKind
{
    /// <summary>Running text; the only kind whose sentences are split off one by one.</summary>
    Paragraph,

    /// <summary>The title of the document or the heading of a section; never part of a passage.</summary>
    Heading,

    /// <summary>One item of a list, without its marker.</summary>
    ListItem,

    /// <summary>One row of a table.</summary>
    TableRow,

    /// <summary>Preformatted text, quoted whole.</summary>
    Code,
}

/// <summary>A paragraph, heading, list item, table row or code block of a document's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands, without the white space around it; never empty.</param>
public readonly record struct TextBlock(BlockKind Kind, TextSpan Span);
