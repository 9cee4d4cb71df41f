using Assistant.Core.Documents;

namespace Assistant.Core.Changes;

/// <summary>Compares two versions of a document sentence by sentence. Takes about linear time in their length.</summary>
public static class DocumentComparer
{
    /// <summary>
    /// What became of the sentences of <paramref name="before"/> in <paramref name="after"/>. Every sentence of either is unchanged,
    /// moved, reworded, removed or added, exactly once. The comparison reads the same in both directions: with the versions
    /// exchanged, what was added is removed, and pairs stay pairs.
    /// </summary>
    public static DocumentChanges Compare(DocumentVersion before, DocumentVersion after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var from = ComparedSentence.Of(before);
        var to = ComparedSentence.Of(after);
        // Where several pairings are equally good one has to be chosen: always as seen from the older version.
        var alignment = before.Number <= after.Number ? Align(before, from, after, to) : Align(after, to, before, from).Mirrored();
        var steady = (before.Number <= after.Number
            ? alignment.InOrder(i => from[i].Weight)
            : alignment.Mirrored().InOrder(j => to[j].Weight).Select(alignment.BeforeOf)).ToList();
        var inOrder = steady.ToHashSet();
        var changes = new List<SentenceChange>();
        var unchanged = 0;
        var next = 0;
        var passed = 0;
        for (var j = 0; j < to.Count; j++)
        {
            var i = alignment.BeforeOf(j);
            AddRemovedUpTo(passed < steady.Count ? steady[passed] : from.Count);
            passed += inOrder.Contains(i) ? 1 : 0;
            if (i < 0)
            {
                changes.Add(new SentenceChange(SentenceChangeKind.Added, null, Place(to[j], after)));
                continue;
            }

            var moved = !inOrder.Contains(i) || !IsUnderSameHeading(from[i], to[j], alignment);
            if (from[i].Key != to[j].Key)
            {
                changes.Add(Reworded(from[i], to[j]) with { Moved = moved });
            }
            else if (moved)
            {
                changes.Add(new SentenceChange(SentenceChangeKind.Moved, Place(from[i], before), Place(to[j], after)) { Moved = true });
            }
            else
            {
                unchanged++;
            }
        }

        AddRemovedUpTo(from.Count);
        return new DocumentChanges
        {
            DocumentId = after.DocumentId,
            Title = after.Title,
            From = before.Number,
            To = after.Number,
            Unchanged = unchanged,
            Changes = changes,
        };

        void AddRemovedUpTo(int end)
        {
            for (; next < end; next++)
            {
                if (alignment.AfterOf(next) < 0)
                {
                    changes.Add(new SentenceChange(SentenceChangeKind.Removed, Place(from[next], before), null));
                }
            }
        }

        SentenceChange Reworded(ComparedSentence was, ComparedSentence became)
        {
            var words = new WordDiff(before.Text, was.Span, after.Text, became.Span);
            return new SentenceChange(SentenceChangeKind.Reworded, Place(was, before), Place(became, after))
            {
                Words = words.Changes(),
                Values = ValueChanges.Between(words, before, was.Span, after, became.Span),
            };
        }
    }

    private static Alignment Align(DocumentVersion before, IReadOnlyList<ComparedSentence> from, DocumentVersion after, IReadOnlyList<ComparedSentence> to)
    {
        var alignment = new Alignment(from.Count, to.Count);
        SameSentences.Pair(from, to, alignment);
        Rewordings.Pair(before, from, after, to, alignment);
        return alignment;
    }

    /// <summary>A heading that was itself reworded is the same heading.</summary>
    private static bool IsUnderSameHeading(ComparedSentence was, ComparedSentence became, Alignment alignment) =>
        was.IsHeading
        || was.Headings.SequenceEqual(became.Headings)
        || (was.HeadingIndex >= 0 && alignment.AfterOf(was.HeadingIndex) is >= 0 and var heading && heading == became.HeadingIndex);

    private static SentencePlace Place(ComparedSentence sentence, DocumentVersion version) =>
        new(sentence.Headings, sentence.Span.Of(version.Text), sentence.Span.Start, sentence.Span.End);
}
