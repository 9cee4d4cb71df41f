using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Assistant.Generation.Tests.Support;

/// <summary>All that is logged, at every level, with scopes and exceptions.</summary>
internal sealed class LogRecord : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    /// <summary>What was logged at a level or above.</summary>
    public string From(LogLevel level) => string.Join('\n', lines.Where(line => line.Level >= level).Select(line => line.Text));

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<(LogLevel Level, string Text)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue((LogLevel.Information, $"{category} {state}"));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => pair.Value)) : "";
            lines.Enqueue((logLevel, $"{category} {formatter(state, exception)} {values} {exception}"));
        }
    }
}
