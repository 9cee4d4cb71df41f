using Assistant.Core.Documents;

namespace Assistant.Documents.Word;

/// <summary>A paragraph, list item, table row or heading of a Word document.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="HeadingLevel">For a heading its level from 1, 0 for the document's title.</param>
internal sealed record WordBlock(BlockKind Kind, string Text, int HeadingLevel = 0);
