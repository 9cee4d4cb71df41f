using Assistant.Core.Documents;
using DiffPlex;

namespace Assistant.Core.Changes;

/// <summary>The difference of two sentences, word by word.</summary>
internal sealed class WordDiff
{
    /// <summary>Most words that are compared with most words; beyond it, only what the sentences begin and end with is taken for the same.</summary>
    private const long MostComparisons = 4_000_000;

    private readonly string textBefore;
    private readonly string textAfter;
    private readonly IReadOnlyList<TextSpan> before;
    private readonly IReadOnlyList<TextSpan> after;

    public WordDiff(string textBefore, TextSpan sentenceBefore, string textAfter, TextSpan sentenceAfter)
    {
        this.textBefore = textBefore;
        this.textAfter = textAfter;
        before = WordPieces.Of(textBefore, sentenceBefore);
        after = WordPieces.Of(textAfter, sentenceAfter);
        Hunks = Join(Compare());
    }

    /// <summary>What differs, in order: pieces before, pieces after; one of the two may be empty.</summary>
    public IReadOnlyList<(Range Before, Range After)> Hunks { get; }

    /// <summary>Both sentences in one.</summary>
    public IReadOnlyList<WordChange> Changes()
    {
        var changes = new List<WordChange>();
        var (b, a) = (0, 0);
        foreach (var (gone, come) in Hunks)
        {
            AddSame(b, a, gone.Start.Value - b);
            Add(WordChangeKind.Removed, SpanOf(before, gone), null);
            Add(WordChangeKind.Added, null, SpanOf(after, come));
            (b, a) = (gone.End.Value, come.End.Value);
        }

        AddSame(b, a, before.Count - b);
        return changes;

        void AddSame(int fromBefore, int fromAfter, int count) => Add(
            WordChangeKind.Same,
            SpanOf(before, fromBefore..(fromBefore + count)),
            SpanOf(after, fromAfter..(fromAfter + count)));

        void Add(WordChangeKind kind, TextSpan? spanBefore, TextSpan? spanAfter)
        {
            if ((spanAfter ?? spanBefore) is not null)
            {
                changes.Add(new WordChange(kind, spanAfter?.Of(textAfter) ?? spanBefore!.Value.Of(textBefore), spanBefore, spanAfter));
            }
        }
    }

    /// <summary>The range of the text before that a hunk takes away; null for nothing.</summary>
    public TextSpan? GoneIn((Range Before, Range After) hunk) => SpanOf(before, hunk.Before);

    /// <summary>The range of the text after that a hunk brings; null for nothing.</summary>
    public TextSpan? ComeIn((Range Before, Range After) hunk) => SpanOf(after, hunk.After);

    /// <summary>The words that are in both: where each stands before and after.</summary>
    public IEnumerable<(TextSpan Before, TextSpan After)> SameWords()
    {
        var (b, a) = (0, 0);
        foreach (var (gone, come) in Hunks.Append((before.Count..before.Count, after.Count..after.Count)))
        {
            for (; b < gone.Start.Value; b++, a++)
            {
                if (!IsSpace(b))
                {
                    yield return (before[b], after[a]);
                }
            }

            (b, a) = (gone.End.Value, come.End.Value);
        }
    }

    private List<(Range Before, Range After)> Compare()
    {
        var start = 0;
        while (start < before.Count && start < after.Count && Text(textBefore, before[start]) == Text(textAfter, after[start]))
        {
            start++;
        }

        var end = 0;
        while (end < before.Count - start && end < after.Count - start && Text(textBefore, before[^(end + 1)]) == Text(textAfter, after[^(end + 1)]))
        {
            end++;
        }

        string[] ours = [.. before.Take(start..(before.Count - end)).Select(piece => Text(textBefore, piece))];
        string[] theirs = [.. after.Take(start..(after.Count - end)).Select(piece => Text(textAfter, piece))];
        if ((long)ours.Length * theirs.Length > MostComparisons)
        {
            return [(start..(before.Count - end), start..(after.Count - end))];
        }

        var blocks = Differ.Instance.CreateDiffs(
            "before", "after", ignoreWhiteSpace: false, ignoreCase: false, new Pieces(text => text == "before" ? ours : theirs)).DiffBlocks;
        return
        [
            .. blocks.Select(block => (
                (start + block.DeleteStartA)..(start + block.DeleteStartA + block.DeleteCountA),
                (start + block.InsertStartB)..(start + block.InsertStartB + block.InsertCountB))),
        ];
    }

    /// <summary>Hunks with only white space between them as one: phrases are easier to read than every other word.</summary>
    private List<(Range Before, Range After)> Join(List<(Range Before, Range After)> hunks)
    {
        var joined = new List<(Range Before, Range After)>();
        foreach (var hunk in hunks)
        {
            if (joined.Count > 0 && Enumerable.Range(0, hunk.Before.Start.Value).Skip(joined[^1].Before.End.Value).All(IsSpace))
            {
                joined[^1] = (joined[^1].Before.Start..hunk.Before.End, joined[^1].After.Start..hunk.After.End);
            }
            else
            {
                joined.Add(hunk);
            }
        }

        return [.. joined.Select(Trim)];
    }

    /// <summary>White space at both ends of either side is no part of the difference.</summary>
    private (Range Before, Range After) Trim((Range Before, Range After) hunk)
    {
        var (b, bEnd, a, aEnd) = (hunk.Before.Start.Value, hunk.Before.End.Value, hunk.After.Start.Value, hunk.After.End.Value);
        while (b < bEnd && a < aEnd && IsSpace(b) && IsSpaceAfter(a))
        {
            (b, a) = (b + 1, a + 1);
        }

        while (b < bEnd && a < aEnd && IsSpace(bEnd - 1) && IsSpaceAfter(aEnd - 1))
        {
            (bEnd, aEnd) = (bEnd - 1, aEnd - 1);
        }

        return (b..bEnd, a..aEnd);
    }

    private bool IsSpace(int piece) => char.IsWhiteSpace(textBefore[before[piece].Start]);

    private bool IsSpaceAfter(int piece) => char.IsWhiteSpace(textAfter[after[piece].Start]);

    private static string Text(string text, TextSpan piece) => char.IsWhiteSpace(text[piece.Start]) ? " " : piece.Of(text);

    private static TextSpan? SpanOf(IReadOnlyList<TextSpan> pieces, Range range) =>
        range.Start.Value == range.End.Value ? null : new TextSpan(pieces[range.Start.Value].Start, pieces[range.End.Value - 1].End);

    /// <summary>Hands the pieces that there are already to the library.</summary>
    private sealed class Pieces(Func<string, IReadOnlyList<string>> of) : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => of(text);
    }
}
