using Microsoft.Extensions.Logging;

namespace Assistant.Core.Ingestion;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Bringing the index in step with {Folder}: {Changes} changes (rebuild: {Rebuild}).")]
    public static partial void Planned(ILogger logger, string folder, int changes, bool rebuild);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{DocumentId} could not be taken in: {Error}")]
    public static partial void DocumentFailed(ILogger logger, string documentId, string error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{DocumentId} could not be taken in.")]
    public static partial void DocumentFailedBecause(ILogger logger, Exception exception, string documentId);
}
