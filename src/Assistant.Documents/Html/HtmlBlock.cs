using Assistant.Core.Documents;

namespace Assistant.Documents.Html;

/// <summary>One block of a page on its way into a document.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="HeadingLevel">1 to 6 for a heading, else 0.</param>
/// <param name="Text">Its text as people read it; never blank.</param>
/// <param name="LinkedLength">How many characters of the text stand in links.</param>
internal readonly record struct HtmlBlock(BlockKind Kind, int HeadingLevel, string Text, int LinkedLength)
{
    /// <summary>Whether the block is little else than links: menus, tags, “read more”.</summary>
    public bool IsMostlyLinks => LinkedLength * 4 > Text.Length * 3;

    /// <summary>Adds the blocks to a document.</summary>
    public static void AddAll(IEnumerable<HtmlBlock> blocks, SourceDocumentBuilder builder)
    {
        foreach (var block in blocks)
        {
            if (block.Kind == BlockKind.Heading)
            {
                builder.AddHeading(block.HeadingLevel, block.Text);
            }
            else
            {
                builder.AddBlock(block.Kind, block.Text);
            }
        }
    }
}
