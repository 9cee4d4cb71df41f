using Microsoft.Extensions.Logging;

namespace Assistant.Ingestion;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes in {Folder} cannot be listened to ({Reason}); it is compared with the index at intervals only.")]
    public static partial void CannotListen(ILogger logger, string folder, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker's health cannot be noted in {Path} ({Reason}); --health will say that it is not well.")]
    public static partial void CannotNoteHealth(ILogger logger, string path, string reason);
}
