using System.Text;
using Assistant.Core.Documents;

namespace Assistant.Core.Passages;

/// <summary>
/// Cuts a document into passages: structure first, then sentences, then tokens. A passage lies within one section and is made of whole
/// blocks. A paragraph is a passage of its own, so that editing it touches no other; a short block joins what follows it, a list or
/// table with the line that introduces it stays together. Only what exceeds the limit is split, at the ends of sentences.
/// </summary>
public sealed class PassageSplitter
{
    /// <summary>The most tokens of a passage unless configured otherwise.</summary>
    public const int DefaultMaxTokens = 200;

    /// <summary>A single character never has more tokens.</summary>
    private const int LeastMaxTokens = 16;

    /// <summary>A block of fewer UTF-8 bytes, about 20 tokens in most languages, says too little to stand alone.</summary>
    private const int ShortBlock = 80;

    private readonly TokenCounter tokens;

    /// <summary>Creates a splitter.</summary>
    /// <param name="maxTokens">The most tokens (o200k_base) that the text of a passage may have; 16 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTokens"/> is less than 16.</exception>
    public PassageSplitter(int maxTokens = DefaultMaxTokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, LeastMaxTokens);
        tokens = new TokenCounter(maxTokens);
    }

    /// <summary>Name, version and settings of the rules; part of the index's fingerprint.</summary>
    public string Fingerprint => $"splitter/1:{tokens.Limit}";

    /// <summary>The passages of a version, in reading order. Deterministic; no text outside headings is lost, and a document of headings alone has them as its passages. Thread-safe.</summary>
    public IReadOnlyList<Passage> Split(DocumentVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        var splitting = new Splitting(version, tokens);
        return splitting.Run();
    }

    private static bool IsShort(ReadOnlySpan<char> text) => text.Length < ShortBlock && Encoding.UTF8.GetByteCount(text) < ShortBlock;

    /// <summary>The work on one version.</summary>
    private sealed class Splitting(DocumentVersion version, TokenCounter tokens)
    {
        private readonly string text = version.Text;
        private readonly PassageUnits units = new(version.Text, tokens);
        private readonly HeadingTrail trail = new(version.Sections);
        private readonly List<Passage> passages = [];
        private readonly Dictionary<string, int> occurrences = new(StringComparer.Ordinal);

        /// <summary>Blocks that the next passage begins with.</summary>
        private readonly List<TextBlock> pending = [];
        private Section? section;

        public List<Passage> Run()
        {
            var blocks = version.Blocks.Count > 0 ? WithText(version.Blocks) : WholeText();
            for (var i = 0; i < blocks.Count;)
            {
                var sectionHere = trail.At(blocks[i].Span.Start);
                if (blocks[i].Kind == BlockKind.Heading || !ReferenceEquals(sectionHere, section))
                {
                    Flush();
                    section = sectionHere;
                }

                if (blocks[i].Kind == BlockKind.Heading)
                {
                    i++;
                    continue;
                }

                var end = EndOfRun(blocks, i);
                Add([.. blocks.Skip(i).Take(end - i)]);
                i = end;
            }

            Flush();
            return passages;
        }

        /// <summary>A document that is nothing but headings (often only a title) is found and quoted by them, or not at all.</summary>
        private static IReadOnlyList<TextBlock> WithText(IReadOnlyList<TextBlock> blocks) =>
            blocks.Any(block => block.Kind != BlockKind.Heading) ? blocks : [.. blocks.Select(block => block with { Kind = BlockKind.Paragraph })];

        /// <summary>Where the list or table ends that begins at <paramref name="first"/>, also with the line that introduces it; else the next block.</summary>
        private int EndOfRun(IReadOnlyList<TextBlock> blocks, int first)
        {
            var introduces = blocks[first].Kind == BlockKind.Paragraph && text[blocks[first].Span.End - 1] is ':' or '：';
            var start = introduces && first + 1 < blocks.Count ? first + 1 : first;
            if (blocks[start].Kind is not (BlockKind.ListItem or BlockKind.TableRow))
            {
                return first + 1;
            }

            var end = start + 1;
            while (end < blocks.Count && blocks[end].Kind == blocks[start].Kind)
            {
                end++;
            }

            return end;
        }

        private void Add(IReadOnlyList<TextBlock> run)
        {
            var isFull = !IsShort(Around(run).In(text));
            if (pending.Count > 0 && !tokens.Fits(Around(pending, run).In(text)) && !IsShort(Around(pending).In(text)))
            {
                Flush();
            }

            pending.AddRange(run);
            if (isFull)
            {
                Flush(isBalanced: run.Count == 1);
            }
        }

        private void Flush(bool isBalanced = true)
        {
            if (pending.Count == 0)
            {
                return;
            }

            if (tokens.Fits(Around(pending).In(text)))
            {
                AddPassage([.. pending.Select(units.OfBlock)]);
            }
            else
            {
                var parts = pending.SelectMany(block => tokens.Fits(block.Span.In(text)) ? [units.OfBlock(block)] : units.PartsOf(block)).ToArray();
                foreach (var range in PassagePacker.Pack(text, parts, isBalanced, tokens))
                {
                    AddPassage(parts[range]);
                }
            }

            pending.Clear();
        }

        private void AddPassage(PassageUnit[] content)
        {
            var span = new TextSpan(content[0].Span.Start, content[^1].Span.End);
            var quoted = span.Of(text);
            var headings = section?.Path ?? [];
            var indexed = Passage.ComposeIndexedText(version.OwnTitle, headings, quoted);
            var occurrence = occurrences.GetValueOrDefault(indexed);
            occurrences[indexed] = occurrence + 1;
            passages.Add(new Passage
            {
                Id = PassageId.Create(version.DocumentId, indexed, occurrence),
                DocumentId = version.DocumentId,
                Version = version.Number,
                Ordinal = passages.Count,
                OwnTitle = version.OwnTitle,
                Headings = headings,
                Span = span,
                Text = quoted,
                Sentences = [.. content.SelectMany(unit => unit.Sentences)],
                Language = version.Metadata.Language,
            });
        }

        /// <summary>A text without structure is one paragraph.</summary>
        private TextBlock[] WholeText()
        {
            var start = text.Length - text.AsSpan().TrimStart().Length;
            return start == text.Length ? [] : [new TextBlock(BlockKind.Paragraph, new TextSpan(start, text.AsSpan().TrimEnd().Length))];
        }

        private static TextSpan Around(IReadOnlyList<TextBlock> blocks) => Around(blocks, blocks);

        private static TextSpan Around(IReadOnlyList<TextBlock> first, IReadOnlyList<TextBlock> last) =>
            new(first[0].Span.Start, last[^1].Span.End);
    }
}
