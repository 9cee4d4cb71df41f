using Microsoft.Extensions.Logging;

namespace Assistant.Core.Retention;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Retention dropped version {Number} of {DocumentId}.")]
    public static partial void VersionDropped(ILogger logger, string documentId, int number);
}
