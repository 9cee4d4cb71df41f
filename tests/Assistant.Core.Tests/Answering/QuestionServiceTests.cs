using System.Text.RegularExpressions;
using Assistant.Core.Answering;
using Assistant.Core.Embeddings;
using Assistant.Core.Retrieval;
using FsCheck;
using FsCheck.Fluent;
using Outcome = Assistant.Core.Answering.Outcome;

namespace Assistant.Core.Tests.Answering;

public sealed class QuestionServiceTests
{
    private const string Talks =
        "Some European states urged prudence, emphasizing legal clarity. They stressed the importance of guarantees that are sustainable at home.\n\n"
        + "Moscow has repeatedly criticized Western security arrangements.[3] Western officials counter that guarantees are defensive.\n\n"
        + "Region\tVotes\n\nNorth\t1,204\n\nSouth\t977";

    [Fact]
    public async Task A_reason_is_quoted_with_the_sentence_that_it_leans_on() =>
        Assert.Equal(
            "Some European states urged prudence, emphasizing legal clarity. [1] They stressed the importance of guarantees that are sustainable at home. [2]",
            (await Ask("Which states urged prudence, and why?")).Text);

    [Fact]
    public async Task An_answer_begins_with_the_sentence_that_answers_wherever_it_stands()
    {
        var corpus = new MemoryCorpus(["Fellow lineman Mario Addison added six sacks. The line also featured Jared Allen, the leader in career sacks with 136."]);
        var answer = await Ask("How many career sacks did Jared Allen have, and who added six sacks?", corpus);

        Assert.Equal(2, answer.Citations.Count);
        Assert.StartsWith("The line also featured Jared Allen", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The quay has been closed to lorries ever since.")]
    [InlineData("Since then the quay has been closed to lorries.")]
    [InlineData("As a result the quay is closed to lorries.")]
    [InlineData("For that reason the quay is closed to lorries.")]
    public async Task What_follows_from_the_sentence_before_it_is_quoted_behind_that(string closed)
    {
        var corpus = new MemoryCorpus([$"Divers found that shipworm had hollowed out a third of the piles. {closed} The tram will stop at the church."]);

        Assert.Equal(
            ["Divers found that shipworm had hollowed out a third of the piles.", closed],
            (await Ask("Why is the quay closed to lorries?", corpus)).Citations.Select(citation => citation.Quote).Take(2));
    }

    [Fact]
    public async Task An_answer_that_leans_on_the_sentence_before_it_begins_with_that() =>
        Assert.StartsWith("Some European states", (await Ask("Who stressed guarantees that are sustainable at home?")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task What_the_best_sentence_leans_on_is_quoted_beside_three_that_answer()
    {
        var corpus = new MemoryCorpus(
            ["Ostrin countered that delay rewards those who overfish. His cabinet accepts slow cuts.\n\nDearer fuel was announced.\n\nClosed harbours are planned for the winter."]);
        var answer = await Ask("Which cabinet accepts slow cuts, dearer fuel, closed harbours?", corpus);

        Assert.Equal(4, answer.Citations.Count);
        Assert.StartsWith("Ostrin countered that delay rewards those who overfish. [1] His cabinet accepts", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_part_of_a_question_is_answered()
    {
        var answer = await Ask("What did European states urge, and what has Moscow criticized?");

        Assert.Equal(Outcome.Answered, answer.Outcome);
        Assert.Contains(answer.Citations, citation => citation.Quote.StartsWith("Some European states", StringComparison.Ordinal));
        Assert.Contains(answer.Citations, citation => citation.Quote.StartsWith("Moscow has repeatedly", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_footnote_mark_of_the_source_is_in_the_quote_and_is_no_marker_of_the_answer()
    {
        var answer = await Ask("What has Moscow criticized?");

        Assert.DoesNotContain("[3]", answer.Text, StringComparison.Ordinal);
        Assert.Contains(answer.Citations, citation => citation.Quote.EndsWith("[3]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bare_row_of_a_table_is_quoted_under_its_head() =>
        Assert.Equal(["Region\tVotes", "North\t1,204"], (await Ask("How many votes did the North have?")).Citations.Select(citation => citation.Quote).Take(2));

    [Theory]
    [InlineData("How many troops will be sent?")]
    [InlineData("When will the states meet again?")]
    [InlineData("What did Zelensky say about prudence?")]
    [InlineData("What did Zelensky say about the guarantees?")]
    [InlineData("How is bread baked?")]
    [InlineData("Who won the chess championship last year?")]
    public async Task What_the_documents_do_not_say_is_not_answered(string question)
    {
        var answer = await Ask(question);

        Assert.Equal(Outcome.NotInDocuments, answer.Outcome);
        Assert.Empty(answer.Citations);
        Assert.DoesNotContain("[1]", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_documents_the_answer_says_so() =>
        Assert.Equal(Outcome.NoDocuments, (await Ask("Which states urged prudence?", new MemoryCorpus([]))).Outcome);

    [Fact]
    public async Task A_blank_question_is_refused() => await Assert.ThrowsAsync<ArgumentException>(() => Ask(" "));

    [Fact]
    public void Every_marker_has_its_citation_every_citation_its_marker_and_every_quote_is_exact() =>
        Prop.ForAll(
            Gen.Elements("states", "prudence", "guarantees", "Moscow", "officials", "votes", "North", "why", "What", "and what", "defensive", "Lisbon")
                .NonEmptyListOf().Select(words => string.Join(' ', words) + "?").ToArbitrary(),
            question =>
            {
                var corpus = new MemoryCorpus([Talks, Talks.Replace("European", "Nordic", StringComparison.Ordinal)]);
                var answer = Ask(question, corpus).GetAwaiter().GetResult();
                var markers = Regex.Matches(answer.Text, @"\[(\d+)\]").Select(marker => int.Parse(marker.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
                Assert.Equal(Enumerable.Range(1, answer.Citations.Count), markers.Distinct());
                Assert.Equal(markers.Distinct(), answer.Citations.Select(citation => citation.Number));
                Assert.All(answer.Citations, citation => Assert.Equal(
                    corpus.TextOf(citation.DocumentId)[citation.Start..citation.End], citation.Quote));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task What_an_enumeration_announces_is_quoted_with_it()
    {
        var corpus = new MemoryCorpus([
            "Three scenarios are being discussed among insiders. The first is a quick compromise. It would please nobody. "
            + "The second is a partial deal with the federation. The third is a breakdown.\n\nThe drivers wait for a new roster."]);

        Assert.Equal(
            ["Three scenarios are being discussed among insiders.", "The first is a quick compromise.", "The second is a partial deal with the federation.", "The third is a breakdown."],
            (await Ask("Which three scenarios are being discussed?", corpus)).Citations.Select(citation => citation.Quote));
    }

    [Fact]
    public async Task What_two_documents_say_in_the_same_words_is_quoted_once()
    {
        const string said = "The mill at Marrow grinds rye for the whole valley.";
        var corpus = new MemoryCorpus([$"{said} It was built in 1874.", $"Nobody lives beside the river. {said}", "The drivers wait for a new roster."]);

        Assert.Single((await Ask("What does the mill at Marrow grind?", corpus)).Citations, citation => citation.Quote == said);
    }

    [Fact]
    public async Task What_somebody_wants_is_quoted_with_the_sentence_that_goes_on_about_it()
    {
        var corpus = new MemoryCorpus([
            "The transport minister has resisted calls to order the strikers back to work. He argues that a forced return would poison relations.\n\nThe drivers wait for a new roster."]);

        Assert.Contains(
            (await Ask("What does the transport minister think?", corpus)).Citations,
            citation => citation.Quote == "He argues that a forced return would poison relations.");
    }

    [Fact]
    public async Task A_follow_up_is_answered_by_what_stands_behind_the_sentence_that_was_read()
    {
        var corpus = new MemoryCorpus([
            "The government appointed a former labour judge as mediator. She settled the dockers’ conflict of 2016 within a week.\n\n"
            + "The company introduced a new roster in March. Nobody achieved a better price before the winter."]);
        var answer = await Ask("What has she achieved before?", corpus, new("user", "Who mediates?"), new("assistant", "The government appointed a former labour judge as mediator. [1]"));

        Assert.Equal(
            ["The government appointed a former labour judge as mediator.", "She settled the dockers’ conflict of 2016 within a week."],
            answer.Citations.Select(citation => citation.Quote).Take(2));
    }

    [Fact]
    public async Task The_same_is_asked_of_each_party()
    {
        var quotes = (await Ask("What do European states and Western officials say?")).Citations.Select(citation => citation.Quote).ToList();

        Assert.Contains(quotes, quote => quote.StartsWith("Some European states urged", StringComparison.Ordinal));
        Assert.Contains(quotes, quote => quote.StartsWith("Western officials counter", StringComparison.Ordinal));
    }

    private static Task<Answer> Ask(string question, MemoryCorpus? corpus = null, params ConversationTurn[] history)
    {
        corpus ??= new MemoryCorpus([Talks]);
        using var embedder = new BuiltInEmbeddingGenerator();
        return new QuestionService(new Retriever(corpus, embedder), new CitationVerifier(corpus), TimeProvider.System)
            .AnswerAsync(new Question(question) { History = history }, TestContext.Current.CancellationToken);
    }
}
