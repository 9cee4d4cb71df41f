using Assistant.Core.Answering;
using Assistant.Core.Retrieval;

namespace Assistant.Core.Tests.Answering;

public sealed class ExpectedAnswerTests
{
    [Theory]
    [InlineData("How many herders live on the plateau?", "The 1,200 herders of the plateau complain.")]
    [InlineData("How many members does the federation have?", "Some forty thousand members belong to it.")]
    [InlineData("Which president signed the agreement?", "It was signed by President Amara Diallo on Monday.")]
    [InlineData("What is the name of the mediator?", "The mediator, Agnes Torvald, is a former judge.")]
    [InlineData("Who is the director of the museum?", "Sanna Okell, director of the museum, wants a new wing.")]
    [InlineData("When will the council vote?", "The council will vote on 9 May.")]
    public void A_value_that_is_asked_for_is_found(string question, string sentence) =>
        Assert.NotNull(NearnessIn(question, sentence));

    [Theory]
    [InlineData("How many herders live on the plateau?", "The loudest criticism comes from the herders of the plateau.")]
    [InlineData("How much does the site of 1953 cost?", "The site of 1953 is expensive.")]
    [InlineData("Which president signed the agreement?", "Its president called the agreement an insurance policy.")]
    [InlineData("Who leads the National Front?", "The National Front complains that the quota is too low.")]
    public void A_sentence_about_it_without_a_new_value_does_not_answer(string question, string sentence) =>
        Assert.Null(NearnessIn(question, sentence));

    [Fact]
    public void A_value_beside_the_word_for_what_is_asked_is_nearer_than_one_elsewhere()
    {
        var beside = NearnessIn("How many herders live here?", "The hills feed 1,200 herders.");
        var elsewhere = NearnessIn("How many herders live here?", "In 2019 the hills still fed their herders.");
        var without = NearnessIn("How many herders live here?", "In 2019 the hills were green.");

        Assert.Equal(1, beside);
        Assert.InRange(elsewhere!.Value, 0.01, 0.5);
        Assert.Equal(0, without);
    }

    [Theory]
    [InlineData("Why did the talks fail?")]
    [InlineData("What do the herders want?")]
    [InlineData("List the proposals.")]
    public void Other_questions_expect_no_value(string question) => Assert.False(Expected(question).IsValue);

    [Fact]
    public void A_word_that_begins_the_sentence_is_a_name_only_where_it_is_known_as_one()
    {
        var expected = Expected("Who chaired the meeting?");

        Assert.Null(expected.NearnessIn("Yesterday it was chaired by nobody.", "en", new HashSet<string>()));
        Assert.NotNull(expected.NearnessIn("Torvald chaired it.", "en", new HashSet<string> { "torvald" }));
    }

    private static double? NearnessIn(string question, string sentence) => Expected(question).NearnessIn(sentence, "en", new HashSet<string> { "sanna" });

    private static ExpectedAnswer Expected(string question) => new(QuestionAnalysis.Of(new StandaloneQuestion(question), "en"));
}
