using System.Text;
using Assistant.Core.Documents;
using Assistant.Core.Text;

namespace Assistant.Core.Passages;

/// <summary>What goes into a passage whole: a block, or a sentence of a block that is too long.</summary>
/// <param name="Span">Range of the version's text.</param>
/// <param name="Sentences">What can be quoted of it.</param>
internal readonly record struct PassageUnit(TextSpan Span, IReadOnlyList<TextSpan> Sentences);

/// <summary>Makes units of the blocks of one text.</summary>
internal sealed class PassageUnits(string text, TokenCounter tokens)
{
    /// <summary>A list item from this length on, in UTF-8 bytes, is quoted by its sentences, a shorter one whole.</summary>
    private const int LongItem = 240;

    public PassageUnit OfBlock(TextBlock block) => new(block.Span, SentencesOf(block));

    /// <summary>The parts of a block that exceeds a passage: sentences, lines of code, pieces of longer ones.</summary>
    public IEnumerable<PassageUnit> PartsOf(TextBlock block) =>
        from sentence in block.Kind == BlockKind.Code ? Lines(block.Span) : SentenceSplitter.Split(text, block.Span)
        from piece in tokens.Fits(sentence.In(text)) ? [sentence] : LongSentence.Cut(text, sentence, tokens)
        select new PassageUnit(piece, [piece]);

    private IReadOnlyList<TextSpan> SentencesOf(TextBlock block) => block.Kind switch
    {
        BlockKind.Paragraph => SentenceSplitter.Split(text, block.Span),
        BlockKind.ListItem when Encoding.UTF8.GetByteCount(block.Span.In(text)) >= LongItem => SentenceSplitter.Split(text, block.Span),
        _ => [block.Span],
    };

    private List<TextSpan> Lines(TextSpan span)
    {
        var lines = new List<TextSpan>();
        var content = span.In(text);
        foreach (var line in content.Split('\n'))
        {
            var start = line.Start.GetOffset(content.Length);
            var written = content[line];
            var trimmed = written.Trim();
            if (!trimmed.IsEmpty)
            {
                start += span.Start + written.IndexOf(trimmed, StringComparison.Ordinal);
                lines.Add(new TextSpan(start, start + trimmed.Length));
            }
        }

        return lines;
    }
}
