using Assistant.Core.Documents;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;
using FsCheck;
using FsCheck.Fluent;

namespace Assistant.Core.Tests.Retrieval;

public sealed class ScoreFusionTests
{
    [Fact]
    public void The_best_on_both_sides_comes_first_and_scores_one()
    {
        var ranked = ScoreFusion.Fuse([Hit("a", 2, 0.1), Hit("b", 9, 0.8), Hit("c", 0, 0.5)]);
        Assert.Equal("b", ranked[0].Passage.Text);
        Assert.Equal(1, ranked[0].Score, 6);
    }

    [Fact]
    public void Without_words_in_common_meaning_decides() =>
        Assert.Equal(["c", "b", "a"], ScoreFusion.Fuse([Hit("a", 0, 0.1), Hit("b", 0, 0.4), Hit("c", 0, 0.9)]).Select(ranked => ranked.Passage.Text));

    [Fact]
    public void Without_vectors_words_decide() =>
        Assert.Equal(["b", "a"], ScoreFusion.Fuse([Hit("a", 1, 0), Hit("b", 2, 0)]).Select(ranked => ranked.Passage.Text));

    [Fact]
    public void Scores_stay_between_zero_and_one_and_the_order_does_not_depend_on_the_order_of_the_hits() =>
        Prop.ForAll(
            Gen.Choose(0, 20).Two().Select(pair => (Keyword: pair.Item1 * 0.7, Dense: (pair.Item2 - 10) / 10.0)).ListOf().ToArbitrary(),
            scores =>
            {
                var hits = scores.Select((score, i) => Hit(i.ToString(System.Globalization.CultureInfo.InvariantCulture), score.Keyword, score.Dense)).ToList();
                var ranked = ScoreFusion.Fuse(hits);
                return ranked.All(passage => passage.Score is >= 0 and <= 1.0000001)
                    && ranked.SequenceEqual(ScoreFusion.Fuse([.. hits.AsEnumerable().Reverse()]));
            }).QuickCheckThrowOnFailure();

    private static PassageHit Hit(string text, double keyword, double dense) => new(
        new Passage
        {
            Id = PassageId.Create("d", text, 0),
            DocumentId = "d",
            Version = 1,
            Ordinal = 0,
            Span = new TextSpan(0, text.Length),
            Text = text,
            Sentences = [],
        },
        keyword, dense);
}
