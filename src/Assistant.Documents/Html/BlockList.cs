using System.Collections;
using Assistant.Core.Documents;

namespace Assistant.Documents.Html;

/// <summary>
/// The blocks of a page, of limited size: a small file can ask for more text than it has (cells that span thousands of rows,
/// compressed chapters).
/// </summary>
internal sealed class BlockList : IReadOnlyList<HtmlBlock>
{
    /// <summary>Most text of one file, in UTF-16 code units; the Bible has 4 million.</summary>
    private const int MaximumText = 16_000_000;

    private readonly List<HtmlBlock> blocks = [];
    private int textLength;

    /// <inheritdoc/>
    public int Count => blocks.Count;

    /// <inheritdoc/>
    public HtmlBlock this[int index] => blocks[index];

    /// <exception cref="UnreadableDocumentException">The text is too long.</exception>
    public void Add(HtmlBlock block)
    {
        textLength += block.Text.Length;
        if (textLength > MaximumText)
        {
            throw new UnreadableDocumentException($"too large: more than {MaximumText / 1_000_000} million characters of text");
        }

        blocks.Add(block);
    }

    public void AddRange(IEnumerable<HtmlBlock> more)
    {
        foreach (var block in more)
        {
            Add(block);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<HtmlBlock> GetEnumerator() => blocks.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
