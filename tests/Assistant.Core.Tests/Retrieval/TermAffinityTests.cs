using Assistant.Core.Retrieval;

namespace Assistant.Core.Tests.Retrieval;

public sealed class TermAffinityTests
{
    [Fact]
    public void The_terms_of_the_question_have_the_first_numbers()
    {
        var affinity = Of("When does the night ferry leave?");
        Assert.Equal(["night", "ferri", "leav"], Enumerable.Range(0, affinity.Count).Select(number => affinity.WordAt(number).Term));
        Assert.Equal(1, affinity.NumberOf(Word.Of("ferri")));
        Assert.Equal([0, 1, 0], affinity.StandIns(1)!);
    }

    [Fact]
    public void A_word_stands_for_its_relatives_less_for_its_neighbours_and_not_for_strangers()
    {
        var affinity = Of("Which doctor came?");
        var physician = affinity.StandIns(affinity.NumberOf(Word.Of("physician")))![0];

        Assert.InRange(physician, 0.01, 0.99);
        Assert.InRange(affinity.StandIns(affinity.NumberOf(Word.Of("hospit")))![0], 0, physician - 0.01);
        Assert.Null(affinity.StandIns(affinity.NumberOf(Word.Of("butter"))));
    }

    [Theory]
    [InlineData("skarnevik", true)] // as in the documents
    [InlineData("skarnevvik", true)] // one letter too many
    [InlineData("skanevik", true)] // one too few
    [InlineData("skarmevik", true)] // another one
    [InlineData("skanrevik", true)] // two swapped
    [InlineData("skrnaevik", true)] // one moved to the right
    [InlineData("skvarneik", true)] // one moved to the left
    [InlineData("skervanik", false)] // two that stand elsewhere
    [InlineData("skolmevik", false)] // three others
    public void A_name_that_the_table_does_not_know_is_found_with_one_slip_of_the_pen(string term, bool isFound)
    {
        var affinity = Of($"What happened at {term}?");
        Assert.Equal(term, affinity.WordAt(affinity.Count - 1).Term);
        Assert.Equal(isFound, affinity.StandIns(affinity.NumberOf(Word.Of("skarnevik"))) is not null);
    }

    [Fact]
    public void What_a_word_is_worth_does_not_depend_on_the_words_before_it()
    {
        string[] terms = ["physician", "boat", "harbour", "leav", "ferri", "zzyzx", "urg"];
        var one = Of("Who wants the doctor to leave by ferry?");
        var other = Of("Who wants the doctor to leave by ferry?");
        var forwards = terms.ToDictionary(term => term, term => one.StandIns(one.NumberOf(Word.Of(term))));
        var backwards = terms.Reverse().ToDictionary(term => term, term => other.StandIns(other.NumberOf(Word.Of(term))));

        Assert.All(terms, term => Assert.Equal(forwards[term], backwards[term]));
    }

    private static TermAffinity Of(string question) => QuestionAnalysis.Of(new StandaloneQuestion(question), "en").Affinity;
}
