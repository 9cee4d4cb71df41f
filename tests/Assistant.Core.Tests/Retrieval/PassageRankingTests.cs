using Assistant.Core.Documents;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Tests.Retrieval;

public sealed class PassageRankingTests
{
    private const string Ferry = "The ferry to the island leaves at noon.";
    private const string Museum = "The museum shows nets and lanterns.";

    [Fact]
    public void The_passage_that_has_the_words_of_the_question_comes_first() =>
        Assert.Equal(Ferry, Rank("When does the ferry leave?", Hit(Museum), Hit(Ferry))[0].Passage.Text);

    [Fact]
    public void Neither_the_order_nor_the_word_scores_of_the_index_change_the_ranking()
    {
        PassageHit[] hits = [Hit(Museum, dense: 0.3), Hit(Ferry, dense: 0.2), Hit("Noon bells ring on the island.", dense: 0.25)];
        var ranked = Rank("When does the ferry leave the island?", hits);
        var other = Rank("When does the ferry leave the island?", [.. hits.Reverse().Select((hit, i) => hit with { KeywordScore = i * 3 })]);

        Assert.Equal(ranked, other);
        Assert.All(ranked, passage => Assert.InRange(passage.Score, 0, 1.0000001));
    }

    [Fact]
    public void A_related_word_counts_for_a_word_that_is_not_there() =>
        Assert.Equal(
            "The physician arrived in the evening.",
            Rank("When did the doctor come?", Hit("The gardener arrived in the evening."), Hit("The physician arrived in the evening."))[0].Passage.Text);

    [Fact]
    public void A_title_that_is_also_the_heading_and_the_text_counts_once()
    {
        var repeated = Hit("Tram lines", title: "Tram lines", headings: ["Tram lines"]);
        Assert.Equal(4, PassageTerms.Of(repeated.Passage).Length);
    }

    [Fact]
    public void Words_that_stand_together_count_more_than_words_far_apart()
    {
        const string together = "The night ferry was full while rain and snow and hail fell on the town and the quay for days.";
        const string apart = "The night was full while rain and snow and hail fell on the town and the quay for the ferry days.";
        Assert.Equal(together, Rank("night ferry", Hit(apart), Hit(together))[0].Passage.Text);
    }

    [Fact]
    public void A_German_compound_is_found_by_its_part() =>
        Assert.Equal(
            "Die Dorfkirche steht am Ufer.",
            Rank("Wo steht die Kirche?", "de", Hit("Die Mühle steht am Ufer.", language: "de"), Hit("Die Dorfkirche steht am Ufer.", language: "de"))[0].Passage.Text);

    [Fact]
    public void What_a_question_says_twice_is_counted_and_searched_once()
    {
        var analysis = QuestionAnalysis.Of(new StandaloneQuestion("Ferry tickets: which ferry tickets are cheap?"), "en");
        Assert.Equal([("ferri", 2), ("ticket", 2), ("cheap", 1)], analysis.Terms.Select(term => (term.Term, term.Count)));
    }

    [Fact]
    public void Nothing_found_is_nothing_ranked() => Assert.Empty(Rank("When does the ferry leave?"));

    [Fact]
    public void Passages_without_a_word_are_ranked_too() => Assert.Equal(2, Rank("When does the ferry leave?", Hit("— — —"), Hit("…")).Count);

    [Theory]
    [InlineData("Wie heißt die Art und Weise?", "de", "weis")]
    [InlineData("Какой способ использовали?", "ru", "способ")]
    [InlineData("Quelle façon ?", "fr", "facon")]
    [InlineData("¿De qué manera?", "es", "maner")]
    [InlineData("In what way?", "en", "way")]
    public void Words_that_stand_for_what_the_answer_says_are_light_in_every_language_with_a_list(string question, string language, string term)
    {
        Assert.Contains(QuestionAnalysis.Of(new StandaloneQuestion(question), language).Terms, asked => asked.Term == term);
        Assert.Equal(LightWords.Factor, LightWords.Weight(term, language));
    }

    private static IReadOnlyList<RankedPassage> Rank(string question, params PassageHit[] hits) => Rank(question, "en", hits);

    private static IReadOnlyList<RankedPassage> Rank(string question, string language, params PassageHit[] hits) => PassageRanking.Rank(
        QuestionAnalysis.Of(new StandaloneQuestion(question), language),
        new PassageCandidates(hits, 100, new Dictionary<string, int>()));

    private static PassageHit Hit(string text, double dense = 0, string title = "Town", string[]? headings = null, string language = "en") => new(
        new Passage
        {
            Id = PassageId.Create("d", text, 0),
            DocumentId = "d",
            Version = 1,
            Ordinal = 0,
            OwnTitle = title,
            Headings = headings ?? [],
            Span = new TextSpan(0, text.Length),
            Text = text,
            Sentences = [],
            Language = language,
        },
        0, dense);
}
