using Assistant.Console.Chat;
using Assistant.Console.Tests.Rendering;
using Assistant.Core.Answering;
using Assistant.Core.Documents;

namespace Assistant.Console.Tests.Chat;

public sealed class ChatSessionTests
{
    private readonly List<Question> asked = [];
    private readonly List<string> errors = [];
    private readonly Paper paper = new(100);

    [Fact]
    public async Task Every_line_is_a_question_and_blank_lines_are_none()
    {
        Assert.Equal(ExitCode.Done, await ChatAsync("Who?", "", "   ", " Why? "));

        Assert.Equal(["Who?", "Why?"], asked.Select(question => question.Text));
    }

    [Fact]
    public async Task A_question_carries_what_was_said_before()
    {
        await ChatAsync("Who?", "/help", "Why?");

        Assert.Empty(asked[0].History);
        Assert.Equal(
            [new ConversationTurn("user", "Who?"), new ConversationTurn("assistant", Samples.Answered.Text)],
            asked[1].History);
    }

    [Fact]
    public async Task Only_the_last_ten_turns_are_carried()
    {
        await ChatAsync([.. Enumerable.Range(1, 13).Select(number => $"Question {number}?")]);

        Assert.Equal(20, asked[^1].History.Count);
        Assert.Equal("Question 3?", asked[^1].History[0].Content);
        Assert.Equal("Question 12?", asked[^1].History[^2].Content);
    }

    [Fact]
    public async Task A_new_conversation_knows_nothing_of_the_old()
    {
        await ChatAsync("Who?", "/new", "Why?", "/new", "/sources", "/open 1");

        Assert.Empty(asked[1].History);
        Assert.EndsWith(
            "There are no sources to show yet: ask a question first.\n\n\nThere is no source to open yet: ask a question first.\n\n",
            paper.Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/open 1")]
    [InlineData("/open [1]")]
    [InlineData("/OPEN   1 ")]
    public async Task A_source_is_opened_by_its_number(string command)
    {
        await ChatAsync("Who?", command);

        Assert.Contains("Europe was careful. ⟦Some states urged prudence, citing law.⟧ Others went ahead.", paper.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/open")]
    [InlineData("/open 0")]
    [InlineData("/open 2")]
    [InlineData("/open -1")]
    [InlineData("/open one")]
    [InlineData("/open 99999999999")]
    public async Task A_number_without_a_source_is_explained(string command)
    {
        await ChatAsync("Who?", command);

        Assert.EndsWith("The last answer has one source: /open 1\n\n", paper.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_near_passage_is_opened_by_its_number_too()
    {
        await ChatAsync(Samples.NotInDocuments, "What was the score?", "/open 1");

        Assert.Contains("⟦Some states urged prudence, citing law.⟧", paper.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/quit")]
    [InlineData("/exit")]
    public async Task Leaving_ends_the_chat(string command)
    {
        Assert.Equal(ExitCode.Done, await ChatAsync(command, "Who?"));

        Assert.Empty(asked);
    }

    [Fact]
    public async Task A_command_that_does_not_exist_is_not_a_question()
    {
        await ChatAsync("/sauces");

        Assert.Empty(asked);
        Assert.Equal("\nThere is no command /sauces; /help lists them.\n\n", paper.Text);
    }

    [Fact]
    public async Task Help_lists_every_command()
    {
        await ChatAsync("/help");

        Assert.All(["/sources", "/open N", "/documents", "/new", "/help", "/quit"], name => Assert.Contains(name, paper.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_question_is_told_and_the_chat_goes_on()
    {
        var exitCode = await ChatAsync(
            (question, _) => question.Text == "Who?" ? throw new IOException("The disk is gone.") : Task.FromResult(Samples.Answered), "Who?", "Why?");

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Equal(["The disk is gone."], errors);
        Assert.Contains(Samples.Quote, paper.Text, StringComparison.Ordinal);
        Assert.Empty(asked[1].History);
    }

    [Fact]
    public async Task Cancelling_ends_the_answer_and_not_the_chat()
    {
        using var work = new CancellationTokenSource();
        var exitCode = await ChatAsync(
            async (question, cancellationToken) =>
            {
                if (question.Text == "Who?")
                {
                    await work.CancelAsync();
                    cancellationToken.ThrowIfCancellationRequested();
                }

                return Samples.Answered;
            },
            [work.Token, CancellationToken.None],
            "Who?", "Why?");

        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Equal(["Cancelled."], errors);
        Assert.Equal(2, asked.Count);
        Assert.Contains(Samples.Quote, paper.Text, StringComparison.Ordinal);
    }

    private Task<int> ChatAsync(params string[] lines) => ChatAsync(Samples.Answered, lines);

    private Task<int> ChatAsync(Answer answer, params string[] lines) => ChatAsync((_, _) => Task.FromResult(answer), lines);

    private Task<int> ChatAsync(Func<Question, CancellationToken, Task<Answer>> answer, params string[] lines) => ChatAsync(answer, [], lines);

    private Task<int> ChatAsync(Func<Question, CancellationToken, Task<Answer>> answer, CancellationToken[] work, params string[] lines)
    {
        var tokens = new Queue<CancellationToken>(work);
        var conversation = new Conversation();
        var session = new ChatSession(
            (question, cancellationToken) =>
            {
                asked.Add(question);
                return Steps(answer(question, cancellationToken));
            },
            new ChatCommands(new OneDocument(), conversation, paper.Screen),
            conversation,
            paper.Screen,
            errors.Add,
            () => tokens.TryDequeue(out var token) ? token : TestContext.Current.CancellationToken);
        return session.RunAsync(new Lines(lines));
    }

    private static async IAsyncEnumerable<AnswerEvent> Steps(Task<Answer> answer)
    {
        var whole = await answer;
        yield return new Searching(whole.Question);
        yield return new AnswerDelta(whole.Text);
        yield return new AnswerCompleted(whole);
    }

    private sealed class Lines(string[] lines) : ILineSource
    {
        private int next;

        public string? ReadLine() => next < lines.Length ? lines[next++] : null;
    }

    private sealed class OneDocument : IDocumentStore
    {
        public Task<IReadOnlyList<DocumentSummary>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DocumentSummary>>([]);

        public Task<DocumentVersion?> GetAsync(string documentId, int? version, CancellationToken cancellationToken) =>
            Task.FromResult(documentId == Samples.Version.DocumentId && version == Samples.Version.Number ? Samples.Version : null);

        public Task<IReadOnlyList<RemovedDocument>> ListRemovedAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<RemovedDocument>>([]);

        public Task<IReadOnlyList<VersionSummary>> GetVersionsAsync(string documentId, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<VersionSummary>>([]);
    }
}
