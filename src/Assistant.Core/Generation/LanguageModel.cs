using Assistant.Core.Answering;

namespace Assistant.Core.Generation;

/// <summary>A language model that writes answers and makes follow-up questions stand alone. Without one, answers are quoted.</summary>
/// <param name="Name">Its name, as <see cref="Answer.AnsweredBy"/> tells it.</param>
/// <param name="Generator">Writes answers.</param>
/// <param name="Rewriter">Makes follow-up questions stand alone.</param>
public sealed record LanguageModel(string Name, IAnswerGenerator Generator, IQuestionRewriter Rewriter)
{
    /// <summary>How long it may take.</summary>
    public GenerationLimits Limits { get; init; } = new();
}

/// <summary>How long a language model may take before a question is answered without it.</summary>
public sealed record GenerationLimits
{
    /// <summary>The longest silence: until the first text, and between two pieces of it. Default 30 seconds.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time for everything that is asked of the model for one question. Default 50 seconds.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>The time for making a follow-up question stand alone, within <see cref="Total"/>. Default 8 seconds.</summary>
    public TimeSpan Rewriting { get; init; } = TimeSpan.FromSeconds(8);
}

/// <summary>Makes a question that leans on its conversation stand alone. Thread-safe.</summary>
public interface IQuestionRewriter
{
    /// <summary>The question as it would be asked without the conversation.</summary>
    /// <param name="question">A question with its history.</param>
    /// <param name="cancellationToken">Cancels the work, also when it takes too long.</param>
    /// <exception cref="LanguageModelException">The model could not be used.</exception>
    Task<string> RewriteAsync(Question question, CancellationToken cancellationToken);
}

/// <summary>Writes answers from sentences of the evidence. What it writes is not trusted: every sentence is checked. Thread-safe.</summary>
public interface IAnswerGenerator
{
    /// <summary>
    /// The text as it is written, in pieces of any size: sentences, each followed by the ids in square brackets of the sentences that
    /// say it; or <see cref="WritingTask.NotInDocuments"/>; then further questions, each on a line that begins with <c>Q:</c>.
    /// </summary>
    /// <param name="task">What is to be written.</param>
    /// <param name="cancellationToken">Cancels the work, also when it takes too long.</param>
    /// <exception cref="LanguageModelException">The model could not be used.</exception>
    IAsyncEnumerable<string> WriteAsync(WritingTask task, CancellationToken cancellationToken);
}

/// <summary>An answer to be written.</summary>
public sealed record WritingTask
{
    /// <summary>What is written when the sentences do not answer.</summary>
    public const string NotInDocuments = "NOT_IN_DOCUMENTS";

    /// <summary>The standalone question.</summary>
    public required string Question { get; init; }

    /// <summary>The evidence, best passage first; those at the end are left out when there is no room for them.</summary>
    public required IReadOnlyList<NumberedPassage> Passages { get; init; }

    /// <summary>Letters that begin every id of this question and stand nowhere in the evidence, so that no document can name an id.</summary>
    public required string Mark { get; init; }

    /// <summary>Whether an answer was written already and nothing of it could be proved.</summary>
    public bool IsRepair { get; init; }
}

/// <summary>A passage of the evidence.</summary>
/// <param name="Place">Title and headings, outermost first.</param>
/// <param name="Sentences">Its sentences in order.</param>
public sealed record NumberedPassage(IReadOnlyList<string> Place, IReadOnlyList<NumberedSentence> Sentences);

/// <summary>A sentence of the evidence.</summary>
/// <param name="Id">The id that the server gave it.</param>
/// <param name="Text">The sentence on one line.</param>
public sealed record NumberedSentence(string Id, string Text);

/// <summary>A language model could not be used. The message is a sentence for the person who asked; it holds no secret and no prompt.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="innerException">The cause.</param>
public sealed class LanguageModelException(string message, Exception? innerException = null) : Exception(message, innerException);
