namespace Assistant.Core.Answering;

/// <summary>What a person asks, with what was said before.</summary>
/// <param name="Text">The question as typed.</param>
public sealed record Question(string Text)
{
    /// <summary>Earlier turns of the conversation, oldest first.</summary>
    public IReadOnlyList<ConversationTurn> History { get; init; } = [];

    /// <summary>Answer from these documents only; null for all.</summary>
    public IReadOnlyCollection<string>? DocumentIds { get; init; }
}

/// <summary>One earlier turn.</summary>
/// <param name="Role"><c>user</c> or <c>assistant</c>; other roles are ignored.</param>
/// <param name="Content">What was said.</param>
public sealed record ConversationTurn(string Role, string Content)
{
    /// <summary>Role of a question.</summary>
    public const string User = "user";

    /// <summary>Role of an answer.</summary>
    public const string Assistant = "assistant";
}
