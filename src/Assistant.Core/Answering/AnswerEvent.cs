using Assistant.Core.Retrieval;

namespace Assistant.Core.Answering;

/// <summary>What happens while a question is answered, in order. The last event is <see cref="AnswerCompleted"/> or <see cref="AnswerFailed"/>.</summary>
public abstract record AnswerEvent;

/// <summary>The search begins.</summary>
/// <param name="Question">The standalone question that is searched.</param>
public sealed record Searching(string Question) : AnswerEvent;

/// <summary>The passages that the answer will be made from.</summary>
/// <param name="Evidence">The evidence.</param>
public sealed record EvidenceFound(Evidence Evidence) : AnswerEvent;

/// <summary>The next piece of the answer's text; all pieces together are <see cref="Answer.Text"/>.</summary>
/// <param name="Text">Whole sentences with their markers.</param>
public sealed record AnswerDelta(string Text) : AnswerEvent;

/// <summary>The answer.</summary>
/// <param name="Answer">The whole of it.</param>
public sealed record AnswerCompleted(Answer Answer) : AnswerEvent;

/// <summary>No answer could be made.</summary>
/// <param name="Error">What went wrong and what to do, in a person's words.</param>
public sealed record AnswerFailed(string Error) : AnswerEvent;
