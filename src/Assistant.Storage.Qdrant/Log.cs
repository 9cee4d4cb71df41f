using Microsoft.Extensions.Logging;

namespace Assistant.Storage.Qdrant;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Writing to the index {Collection} in generation {Generation} (rebuild: {Rebuild}).")]
    public static partial void WriterOpened(ILogger logger, string collection, long generation, bool rebuild);

    [LoggerMessage(Level = LogLevel.Information, Message = "Made the collection {Collection}.")]
    public static partial void CollectionCreated(ILogger logger, string collection);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed the collection {Collection}, which is of no generation in use.")]
    public static partial void CollectionDeleted(ILogger logger, string collection);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of the index {Collection} could not be renewed: {Reason}")]
    public static partial void LeaseNotRenewed(ILogger logger, string collection, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of the index {Collection} could not be given back and ends by itself: {Reason}")]
    public static partial void LeaseNotReturned(ILogger logger, string collection, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The index {Collection} changed while it was read; reading again.")]
    public static partial void ReadAgain(ILogger logger, string collection);
}
