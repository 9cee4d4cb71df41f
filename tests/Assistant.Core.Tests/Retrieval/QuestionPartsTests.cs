using Assistant.Core.Retrieval;

namespace Assistant.Core.Tests.Retrieval;

public sealed class QuestionPartsTests
{
    [Theory]
    [InlineData("How does Russia see it, and how do officials respond?", "How does Russia see it|how do officials respond?")]
    [InlineData("What was proposed? Who objected?", "What was proposed?|Who objected?")]
    [InlineData("What do carmakers and cell producers say?", "What do carmakers say?|What do cell producers say?")]
    [InlineData("What do the Drivers’ Union, Arlen Rail and the federation say about shifts?", "What do the Drivers’ Union say about shifts?|What do Arlen Rail say about shifts?|What do the federation say about shifts?")]
    public void Several_questions_are_taken_apart(string question, string parts) =>
        Assert.Equal(parts.Split('|'), QuestionParts.Of(question));

    [Theory]
    [InlineData("What is the dispute between the union and the company?")]
    [InlineData("What do the differences between Russia and Ukraine say?")]
    [InlineData("Which risks and benefits are named?")]
    [InlineData("Who wants what?")]
    public void One_question_is_left_whole(string question) => Assert.Equal([question], QuestionParts.Of(question));
}
