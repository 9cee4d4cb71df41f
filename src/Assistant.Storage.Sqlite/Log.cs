using Microsoft.Extensions.Logging;

namespace Assistant.Storage.Sqlite;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Writing to the index {Path} (rebuild: {Rebuild}).")]
    public static partial void WriterOpened(ILogger logger, string path, bool rebuild);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The index in memory is at revision {Revision} with {Passages} passages.")]
    public static partial void ViewAdvanced(ILogger logger, long revision, int passages);
}
