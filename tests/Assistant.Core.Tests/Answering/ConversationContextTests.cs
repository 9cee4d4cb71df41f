using Assistant.Core.Answering;

namespace Assistant.Core.Tests.Answering;

public sealed class ConversationContextTests
{
    private static readonly ConversationTurn[] History =
    [
        new(ConversationTurn.User, "Which states urged prudence?"),
        new(ConversationTurn.Assistant, "Some European states urged prudence. [1]"),
    ];

    [Theory]
    [InlineData("Why?")]
    [InlineData("And why?")]
    [InlineData("And what about the others?")]
    [InlineData("What did they stress?")]
    [InlineData("Und warum?")]
    public void A_question_that_leans_on_the_last_one_takes_it_along(string text) =>
        Assert.Equal("Which states urged prudence?", ConversationContext.Resolve(new Question(text) { History = History }).Context);

    [Theory]
    [InlineData("What comes next after Paris?")]
    [InlineData("How has Moscow criticized Western security arrangements?")]
    [InlineData("What are the key proposals for Ukraine?")]
    public void A_new_topic_does_not_drag_the_old_one_along(string text) =>
        Assert.Null(ConversationContext.Resolve(new Question(text) { History = History }).Context);

    [Theory]
    [InlineData("Another topic: when does it open, and why?", "when does it open, and why?")]
    [InlineData("Something else entirely: how far is it?", "how far is it?")]
    [InlineData("Changing the topic: what does the abbot say?", "what does the abbot say?")]
    [InlineData("Neues Thema: wann beginnt es?", "wann beginnt es?")]
    public void A_question_that_announces_a_new_topic_leaves_the_conversation_and_the_announcement_behind(string text, string alone)
    {
        var resolved = ConversationContext.Resolve(new Question(text) { History = History });
        Assert.Null(resolved.Context);
        Assert.Equal(alone, resolved.Text);
    }

    [Fact]
    public void The_other_one_of_a_kind_is_a_topic_and_not_a_wish_for_the_rest() =>
        Assert.False(ConversationContext.Resolve(new Question("Is it the same in the other country?") { History = History }).WantsOthers);

    [Fact]
    public void A_chain_of_follow_ups_leans_on_its_first_question()
    {
        ConversationTurn[] chain = [.. History, new(ConversationTurn.User, "And why?"), new(ConversationTurn.Assistant, "For laws. [1]")];
        Assert.Equal(
            "Which states urged prudence? And why?",
            ConversationContext.Resolve(new Question("What about the others?") { History = chain }).Context);
    }

    [Fact]
    public void Asking_for_others_asks_for_what_was_not_quoted()
    {
        Assert.True(ConversationContext.Resolve(new Question("And the others?") { History = History }).WantsOthers);
        Assert.False(ConversationContext.Resolve(new Question("And why?") { History = History }).WantsOthers);
        Assert.Equal("Some European states urged prudence. [1]", ConversationContext.Resolve(new Question("And why?") { History = History }).Answered);
    }

    [Fact]
    public void Without_a_conversation_a_question_stands_alone() =>
        Assert.Null(ConversationContext.Resolve(new Question("And why?")).Context);
}
