using Microsoft.Extensions.Logging;

namespace Assistant.Embeddings;

/// <summary>All that the room logs. Never a text, a key or what a service answered.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A question is searched by its words only. {Reason}")]
    public static partial void QuestionNotEmbedded(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Service} refuses a passage of {Characters} characters ({Status}); it is found by its words only.")]
    public static partial void TextRefused(ILogger logger, string service, int characters, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of embeddings {Path} cannot be used; embeddings are computed anew. {Reason}")]
    public static partial void CacheUnusable(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of embeddings {Path} is damaged. It was put aside as {Aside}, and a new one is begun.")]
    public static partial void CacheDamaged(ILogger logger, string path, string aside);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The file of embeddings {Path} was over its limit; {Removed} embeddings that were not used for longest were dropped.")]
    public static partial void CacheTrimmed(ILogger logger, string path, int removed);
}
