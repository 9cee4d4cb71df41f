using Microsoft.Extensions.Logging;

namespace Assistant.Shell;

/// <summary>
/// Writes log entries as single lines on standard error. The library's console logger colours and indents for a service's
/// operator and starts a thread; a command needs neither.
/// </summary>
public sealed class StandardErrorLog(Terminal terminal) : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(terminal);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Logger(Terminal terminal) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                terminal.WriteError(formatter(state, exception) + (exception is null ? "" : $" ({exception.Message})"));
            }
        }
    }
}
