using Assistant.Core.Documents;

namespace Assistant.Core.Changes;

/// <summary>Names the values that changed in a reworded sentence.</summary>
internal static class ValueChanges
{
    /// <summary>
    /// Which value became which: first those that share words (“12 May” and “14 May”), then those that stand for each other in the
    /// word diff, then what is left of one kind, in order. A value that is only written otherwise is no change.
    /// </summary>
    public static IReadOnlyList<ValueChange> Between(
        WordDiff words, DocumentVersion before, TextSpan sentenceBefore, DocumentVersion after, TextSpan sentenceAfter)
    {
        var ours = ValueFinder.Find(before.Text, sentenceBefore, before.Metadata.Language);
        var theirs = ValueFinder.Find(after.Text, sentenceAfter, after.Metadata.Language);
        var matching = new Matching(ours, theirs);
        foreach (var (gone, come) in words.SameWords())
        {
            matching.Pair(
                ours.Where(value => value.Span.Contains(gone)), theirs.Where(value => value.Span.Contains(come)), (_, _) => true);
        }

        foreach (var hunk in words.Hunks)
        {
            var gone = ours.Where(value => words.GoneIn(hunk) is { } span && value.Span.Overlaps(span)).ToList();
            var come = theirs.Where(value => words.ComeIn(hunk) is { } span && value.Span.Overlaps(span)).ToList();
            matching.Pair(gone, come, (one, other) => one.Meaning == other.Meaning);
            matching.Pair(gone, come, (one, other) => one.Kind == other.Kind);
            matching.Pair(gone, come, (_, _) => true);
        }

        matching.Pair(ours, theirs, (one, other) => one.Meaning == other.Meaning);
        matching.Pair(ours, theirs, (one, other) => one.Kind == other.Kind);
        return
        [
            .. theirs.Select(value => (Before: matching.BeforeOf(value), After: (FoundValue?)value))
                .Concat(ours.Where(matching.IsGone).Select(value => (Before: (FoundValue?)value, After: (FoundValue?)null)))
                .Where(pair => pair.Before?.Meaning != pair.After?.Meaning)
                .Select(pair => new ValueChange((pair.After ?? pair.Before)!.Kind, Place(pair.Before, before), Place(pair.After, after))),
        ];
    }

    private static ValuePlace? Place(FoundValue? value, DocumentVersion version) =>
        value is null ? null : new ValuePlace(value.Span.Of(version.Text), value.Span.Start, value.Span.End);

    private sealed class Matching(IEnumerable<FoundValue> ours, IEnumerable<FoundValue> theirs)
    {
        private readonly HashSet<FoundValue> gone = [.. ours];
        private readonly HashSet<FoundValue> come = [.. theirs];
        private readonly Dictionary<FoundValue, FoundValue> beforeOf = [];

        public FoundValue? BeforeOf(FoundValue after) => beforeOf.GetValueOrDefault(after);

        public bool IsGone(FoundValue before) => gone.Contains(before);

        public void Pair(IEnumerable<FoundValue> from, IEnumerable<FoundValue> to, Func<FoundValue, FoundValue, bool> belong)
        {
            var free = to.Where(come.Contains).ToList();
            foreach (var before in from.Where(gone.Contains).ToList())
            {
                if (free.Find(after => belong(before, after)) is { } after)
                {
                    beforeOf.Add(after, before);
                    gone.Remove(before);
                    come.Remove(after);
                    free.Remove(after);
                }
            }
        }
    }
}
