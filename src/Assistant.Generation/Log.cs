using Microsoft.Extensions.Logging;

namespace Assistant.Generation;

/// <summary>All that this room logs. Never a prompt, an answer, a document's text or a key.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Model} wrote {Characters} characters for prompt {Prompt} in {Milliseconds} ms, the first after {FirstMilliseconds} ms.")]
    public static partial void Wrote(ILogger logger, string model, int characters, string prompt, double milliseconds, double firstMilliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Host} does not take all parameters ({Status}); they are left out from now on.")]
    public static partial void Simplified(ILogger logger, string host, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The language model {Model} at {Host} failed: {Kind}.")]
    public static partial void Failed(ILogger logger, string model, string host, string kind);
}
