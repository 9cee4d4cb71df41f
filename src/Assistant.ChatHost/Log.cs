namespace Assistant.ChatHost;

/// <summary>All that the host logs. Never a question, an answer or a document's text.</summary>
internal static partial class Log
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The index is in step: {Added} added, {Updated} updated, {Moved} moved, {Removed} removed, {Unchanged} unchanged, {Failed} failed; "
            + "{Embedded} passages embedded in {Milliseconds} ms.")]
    public static partial void InStep(
        ILogger logger, int added, int updated, int moved, int removed, int unchanged, int failed, int embedded, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index is not brought in step yet: {Reason}")]
    public static partial void LeaseHeld(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index cannot be reached; it is tried again until it can. {Reason}")]
    public static partial void Unavailable(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request was refused because the index cannot be reached: {Reason}")]
    public static partial void RefusedMeanwhile(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index is not brought in step yet; questions are answered from what is in it. {Reason}")]
    public static partial void EmbeddingUnavailable(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Embedded} passages embedded so far.")]
    public static partial void Embedding(ILogger logger, int embedded);

    [LoggerMessage(Level = LogLevel.Error, Message = "The index could not be brought in step; questions are answered from what is in it.")]
    public static partial void RunFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A question could not be answered.")]
    public static partial void QuestionFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Listening on {Address} without an API key: everyone who reaches it can read all documents. "
            + "Set Assistant:Http:ApiKeys:0, or listen on localhost only.")]
    public static partial void OpenDoor(ILogger logger, string address);
}
