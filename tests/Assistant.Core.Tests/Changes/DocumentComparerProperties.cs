using Assistant.Core.Changes;
using Assistant.Core.Documents;
using Assistant.Core.Tests.Passages;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Changes;

public sealed class DocumentComparerProperties
{
    private static readonly Gen<string> Sentence =
        from words in Gen.Elements("the", "talks", "Paris", "guarantee", "2 billion", "12 May", "harbour", "in", "Überblick", "помощь", "😀", "e\u0301", "会议", "40 %").NonEmptyListOf()
        select "S " + string.Join(' ', words) + ". ";

    /// <summary>Two versions of which the second is the first with paragraphs dropped, moved, edited and put in.</summary>
    private static readonly Arbitrary<(DocumentVersion Before, DocumentVersion After)> Edited =
        (from pieces in Piece().NonEmptyListOf()
         from edits in Gen.Zip(Gen.Choose(0, 5), Gen.Choose(0, 1000)).ListOf(pieces.Count)
         from fresh in Piece().ListOf(pieces.Count)
         select (Versions.Of([.. pieces]) with { Number = 1 }, Versions.Of([.. Edit(pieces, edits, fresh)]) with { Number = 2 })).ToArbitrary();

    /// <summary>Any two versions, with any text, sharing nothing or some blocks.</summary>
    private static readonly Arbitrary<(DocumentVersion Before, DocumentVersion After)> Any = Gen.OneOf(
        Edited.Generator,
        from one in Versions.Any.Generator
        from other in Versions.Any.Generator
        select (one with { Number = 1 }, other with { Number = 2 })).ToArbitrary();

    [Fact]
    public void A_version_compared_with_itself_has_no_changes() => Prop.ForAll(Versions.Any, version =>
    {
        var changes = DocumentComparer.Compare(version, version);

        Assert.Empty(changes.Changes);
        Assert.Equal(ComparedSentence.Of(version).Count, changes.Unchanged);
    }).Check(Texts.Runs(150));

    [Fact]
    public void Every_sentence_of_either_version_is_accounted_for_exactly_once() => Prop.ForAll(Any, pair =>
    {
        var changes = DocumentComparer.Compare(pair.Before, pair.After);
        var before = ComparedSentence.Of(pair.Before);
        var after = ComparedSentence.Of(pair.After);
        var gone = changes.Changes.Select(change => change.Before).OfType<SentencePlace>().Select(place => place.Start).ToList();
        var come = changes.Changes.Select(change => change.After).OfType<SentencePlace>().Select(place => place.Start).ToList();

        Assert.Equal(gone.Count, gone.Distinct().Count());
        Assert.Equal(come.Count, come.Distinct().Count());
        // What no change names is unchanged: the same sentences, in the same order.
        var left = before.Where(sentence => !gone.Contains(sentence.Span.Start)).Select(sentence => sentence.Key).ToList();
        Assert.Equal(left, after.Where(sentence => !come.Contains(sentence.Span.Start)).Select(sentence => sentence.Key));
        Assert.Equal(changes.Unchanged, left.Count);
        Assert.Equal(before.Count, gone.Count + left.Count);
        Assert.Equal(after.Count, come.Count + left.Count);
        // Nothing is both added and removed.
        var removed = before.Where((_, i) => changes.Changes.Any(change => change.After is null && change.Before!.Start == before[i].Span.Start)).Select(sentence => sentence.Key);
        var added = after.Where((_, i) => changes.Changes.Any(change => change.Before is null && change.After!.Start == after[i].Span.Start)).Select(sentence => sentence.Key);
        Assert.Empty(removed.Intersect(added));
    }).Check(Texts.Runs(200));

    [Fact]
    public void With_the_sides_exchanged_added_is_removed_and_pairs_stay_pairs() => Prop.ForAll(Any, pair =>
    {
        var there = DocumentComparer.Compare(pair.Before, pair.After);
        var back = DocumentComparer.Compare(pair.After, pair.Before);

        Assert.Equal(
            there.Changes.Select(change => (Mirror(change.Kind), change.After?.Start, change.Before?.Start, change.Moved)).ToHashSet(),
            back.Changes.Select(change => (change.Kind, change.Before?.Start, change.After?.Start, change.Moved)).ToHashSet());
        Assert.Equal(there.Unchanged, back.Unchanged);
    }).Check(Texts.Runs(150));

    [Fact]
    public void Every_span_is_exact() => Prop.ForAll(Any, pair =>
    {
        foreach (var change in DocumentComparer.Compare(pair.Before, pair.After).Changes)
        {
            AssertExact(change.Before, pair.Before);
            AssertExact(change.After, pair.After);
            Assert.Equal(change.Kind == SentenceChangeKind.Reworded, change.Words.Count > 0);
            foreach (var value in change.Values)
            {
                Assert.True(value.Before is not { } was || pair.Before.Text[was.Start..was.End] == was.Text);
                Assert.True(value.After is not { } became || pair.After.Text[became.Start..became.End] == became.Text);
            }

            if (change.Kind == SentenceChangeKind.Reworded)
            {
                Assert.Equal(change.Before!.Quote, string.Concat(change.Words.Select(word => word.Before?.Of(pair.Before.Text))));
                Assert.Equal(change.After!.Quote, string.Concat(change.Words.Select(word => word.After?.Of(pair.After.Text))));
                Assert.Contains(change.Words, word => word.Kind != WordChangeKind.Same);
                Assert.All(change.Words, word => Assert.Equal(
                    word.Text, word.After?.Of(pair.After.Text) ?? word.Before?.Of(pair.Before.Text)));
            }
        }
    }).Check(Texts.Runs(200));

    private static void AssertExact(SentencePlace? place, DocumentVersion version)
    {
        if (place is not null)
        {
            Assert.Equal(place.Quote, version.Text[place.Start..place.End]);
            Assert.NotEqual("", place.Quote);
        }
    }

    private static SentenceChangeKind Mirror(SentenceChangeKind kind) => kind switch
    {
        SentenceChangeKind.Added => SentenceChangeKind.Removed,
        SentenceChangeKind.Removed => SentenceChangeKind.Added,
        _ => kind,
    };

    private static Gen<Versions.Piece> Piece() =>
        from kind in Gen.Frequency((6, Gen.Constant(BlockKind.Paragraph)), (2, Gen.Elements(Enum.GetValues<BlockKind>())))
        from sentences in Sentence.NonEmptyListOf()
        from level in Gen.Choose(1, 3)
        select new Versions.Piece(kind, string.Concat(sentences), level);

    private static List<Versions.Piece> Edit(List<Versions.Piece> pieces, List<(int What, int Where)> edits, List<Versions.Piece> fresh)
    {
        var edited = new List<Versions.Piece>();
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            switch (edits[i].What)
            {
                case 0:
                    break;
                case 1:
                    edited.Insert(edits[i].Where % (edited.Count + 1), piece);
                    break;
                case 2:
                    edited.Add(piece with { Text = piece.Text.Replace("2 billion", "3 billion", StringComparison.Ordinal).Replace("the ", "", StringComparison.Ordinal) });
                    break;
                case 3:
                    edited.AddRange([piece, fresh[i]]);
                    break;
                default:
                    edited.Add(piece);
                    break;
            }
        }

        return edited;
    }
}
