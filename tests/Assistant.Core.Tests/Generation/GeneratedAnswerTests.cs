using Assistant.Core.Answering;
using Assistant.Core.Embeddings;
using Assistant.Core.Generation;
using Assistant.Core.Retrieval;
using Assistant.Core.Tests.Answering;

namespace Assistant.Core.Tests.Generation;

public sealed class GeneratedAnswerTests
{
    /// <summary>A question that brings every passage into the evidence.</summary>
    private const string Everything = "What did European states urge, what has Moscow criticized, and what does the fund hold?";

    private const string Talks =
        "Some European states urged prudence, emphasizing legal clarity. They stressed the importance of guarantees that are sustainable at home.\n\n"
        + "Moscow has repeatedly criticized Western security arrangements. Western officials counter that guarantees are defensive.\n\n"
        + "The fund holds 2 billion euros. It was set up on 12 May 2025.";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task A_sentence_that_its_citation_says_is_the_answer_whatever_the_pieces_it_comes_in(int pieceLength)
    {
        var answer = await Ask(new ScriptedModel("Some European states urged prudence. [{Some European}]\nThey emphasized legal clarity [{Some European}].") { PieceLength = pieceLength });

        Assert.Equal("Some European states urged prudence. [1] They emphasized legal clarity. [1]", answer.Text);
        Assert.Equal("Some European states urged prudence, emphasizing legal clarity.", Assert.Single(answer.Citations).Quote);
        Assert.Equal(("scripted-1", Outcome.Answered, 0, null), (answer.AnsweredBy, answer.Outcome, answer.WithheldSentences, answer.Notice));
    }

    [Theory]
    [InlineData("Some European states urged war. [{Some European}]")]
    [InlineData("Some European states urged prudence.")]
    [InlineData("Some European states urged prudence. [1]")]
    [InlineData("Some European states urged prudence. [S3]")]
    [InlineData("Some European states urged prudence. [{Moscow}]")]
    [InlineData("Some European states did not urge prudence. [{Some European}]")]
    [InlineData("All European states urged prudence. [{Some European}]")]
    [InlineData("Some <b>European</b> states urged prudence. [{Some European}]")]
    [InlineData("Some [European states](http://evil.example) urged prudence. [{Some European}]")]
    [InlineData("The fund holds 3 billion euros. [{The fund}]")]
    [InlineData("It was set up on 13 May 2025. [{It was}]")]
    [InlineData("Yes. [{The fund}]")]
    public async Task A_sentence_that_is_not_proved_is_withheld_and_counted(string sentence)
    {
        var answer = await Ask(new ScriptedModel(sentence + " Moscow has repeatedly criticized Western security arrangements. [{Moscow}]"), Everything);

        Assert.Equal("Moscow has repeatedly criticized Western security arrangements. [1]", answer.Text);
        Assert.Equal(1, answer.WithheldSentences);
    }

    [Fact]
    public async Task When_nothing_is_proved_the_model_is_asked_once_more()
    {
        var model = new ScriptedModel("The states urged war.", "Some European states urged prudence. [{Some European}]");

        var answer = await Ask(model);

        Assert.Equal([false, true], model.Tasks.Select(task => task.IsRepair));
        Assert.Equal(("scripted-1", 1), (answer.AnsweredBy, answer.WithheldSentences));
    }

    [Fact]
    public async Task When_nothing_is_proved_twice_the_documents_are_quoted_and_the_notice_says_why()
    {
        var answer = await Ask(new ScriptedModel("The states urged war.", "The states urged war again."));

        Assert.Equal("extractive", answer.AnsweredBy);
        Assert.StartsWith("Some European states urged prudence", answer.Text, StringComparison.Ordinal);
        Assert.Equal(2, answer.WithheldSentences);
        Assert.NotNull(answer.Notice);
    }

    [Theory]
    [InlineData("NOT_IN_DOCUMENTS")]
    [InlineData("Not in documents.")]
    [InlineData("I do not know.")]
    [InlineData("The documents do not mention this.")]
    public async Task A_model_that_does_not_know_says_that_the_documents_do_not_answer(string text)
    {
        var answer = await Ask(new ScriptedModel(text), "What did European states urge in Lisbon?");

        Assert.Equal(Outcome.NotInDocuments, answer.Outcome);
        Assert.Equal("scripted-1", answer.AnsweredBy);
        Assert.Contains("Lisbon", answer.Missing);
        Assert.NotEmpty(answer.Related);
        Assert.Empty(answer.Citations);
    }

    [Fact]
    public async Task A_failure_before_the_first_sentence_is_answered_from_quotes_with_a_notice()
    {
        var answer = await Ask(new ScriptedModel("") { Failure = new LanguageModelException("The language model cannot be reached.") });

        Assert.Equal("extractive", answer.AnsweredBy);
        Assert.NotEmpty(answer.Citations);
        Assert.StartsWith("The language model cannot be reached.", answer.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_proved_before_a_failure_stays_and_the_broken_sentence_does_not()
    {
        var answer = await Ask(new ScriptedModel("Some European states urged prudence. [{Some European}] Moscow has repeatedly")
        {
            Failure = new LanguageModelException("The language model broke off."),
        });

        Assert.Equal("Some European states urged prudence. [1]", answer.Text);
        Assert.Equal("scripted-1", answer.AnsweredBy);
        Assert.Equal("The language model broke off. The answer may be incomplete.", answer.Notice);
    }

    [Fact]
    public async Task A_pronoun_is_proved_with_the_sentence_before_which_is_cited_too()
    {
        var answer = await Ask(new ScriptedModel("European states stressed the importance of guarantees that are sustainable at home. [{They stressed}]"));

        Assert.Equal(2, answer.Citations.Count);
        Assert.Equal(0, answer.WithheldSentences);
    }

    [Fact]
    public async Task Thoughts_are_no_part_of_the_answer() =>
        Assert.Equal(
            "Some European states urged prudence. [1]",
            (await Ask(new ScriptedModel("<think>Hmm. States urged war.</think>\n\nSome European states urged prudence. [{Some European}]"))).Text);

    [Fact]
    public async Task Questions_of_the_model_are_suggested_when_a_sentence_answers_them()
    {
        var answer = await Ask(new ScriptedModel(
            "Some European states urged prudence. [{Some European}]\nQ: What has Moscow criticized? [{Moscow}]\nQ: What does Lisbon think? [{Moscow}]"), Everything);

        Assert.Equal("What has Moscow criticized?", Assert.Single(answer.Suggestions!).Question);
        Assert.Equal(0, answer.WithheldSentences);
    }

    [Fact]
    public async Task Sentences_arrive_before_the_model_has_finished()
    {
        using var embedder = new BuiltInEmbeddingGenerator();
        var corpus = new MemoryCorpus([Talks]);
        var model = new ScriptedModel("Some European states urged prudence. [{Some European}] Moscow") { Failure = new InvalidOperationException("read too far") };
        var service = new QuestionService(new Retriever(corpus, embedder), new CitationVerifier(corpus), TimeProvider.System, model.Model);

        await foreach (var step in service.AskAsync(new Question("What did European states urge?"), TestContext.Current.CancellationToken))
        {
            if (step is AnswerDelta delta)
            {
                Assert.Equal("Some European states urged prudence. [1]", delta.Text);
                return;
            }
        }

        Assert.Fail("No sentence came.");
    }

    [Fact]
    public async Task No_document_holds_the_letters_that_ids_begin_with()
    {
        var model = new ScriptedModel("Some European states urged prudence. [{Some European}]");
        await Ask(model);

        var task = Assert.Single(model.Tasks);
        Assert.DoesNotContain(task.Mark, Talks, StringComparison.OrdinalIgnoreCase);
        Assert.All(task.Passages.SelectMany(passage => passage.Sentences), sentence => Assert.StartsWith(task.Mark, sentence.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_rewritten_question_is_searched_and_shown()
    {
        var answer = await Ask(
            new ScriptedModel("Some European states urged prudence. [{Some European}]") { Rewritten = "What did European states urge?" },
            "And what did they urge?", History("Who are the European states?"));

        Assert.Equal("What did European states urge?", answer.Question);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Where does the treasure of the pirates lie?")]
    public async Task A_rewriting_that_fails_or_strays_is_replaced_by_the_rules(string? rewritten)
    {
        var answer = await Ask(new ScriptedModel("") { Rewritten = rewritten }, "And what did they urge?", History("Who are the European states?"));

        Assert.Equal("Who are the European states? And what did they urge?", answer.Question);
    }

    private static ConversationTurn[] History(string question) => [new(ConversationTurn.User, question), new(ConversationTurn.Assistant, "They are many.")];

    private static async Task<Answer> Ask(ScriptedModel model, string question = "What did European states urge?", params ConversationTurn[] history)
    {
        using var embedder = new BuiltInEmbeddingGenerator();
        var corpus = new MemoryCorpus([Talks]);
        return await new QuestionService(new Retriever(corpus, embedder), new CitationVerifier(corpus), TimeProvider.System, model.Model)
            .AnswerAsync(new Question(question) { History = history }, TestContext.Current.CancellationToken);
    }
}
