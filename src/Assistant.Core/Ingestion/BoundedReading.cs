using System.Globalization;
using System.Runtime.ExceptionServices;
using Assistant.Core.Documents;

namespace Assistant.Core.Ingestion;

/// <summary>
/// Keeps one bad file from taking the process with it. Libraries that parse take no cancellation token, can loop for ever or
/// take quadratic time on odd input and recurse as deep as the input says; on a thread of its own such a file costs its time and no more.
/// </summary>
internal static class BoundedReading
{
    /// <summary>A reader that was told to stop has this part of its time left to do so before it is given up; its thread ends when it can.</summary>
    private const double Grace = 0.15;

    /// <summary>Room for the recursion of a parser in deeply nested input, in bytes.</summary>
    private const int StackSize = 64 * 1024 * 1024;

    /// <summary>Runs <paramref name="read"/> within a limit of time.</summary>
    /// <param name="read">Checks the token it gets between steps, if it can.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="UnreadableDocumentException">It takes too long, or whatever <paramref name="read"/> found.</exception>
    public static SourceDocument Run(Func<CancellationToken, SourceDocument> read, TimeSpan limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Neither is disposed of when a reader is given up: it still holds them.
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var finished = new ManualResetEventSlim();
        SourceDocument? document = null;
        ExceptionDispatchInfo? error = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    document = read(stop.Token);
                }
                catch (OutOfMemoryException exception)
                {
                    error = ExceptionDispatchInfo.Capture(new UnreadableDocumentException("too large: it does not fit into memory", exception));
                }
                catch (Exception exception)
                {
                    error = ExceptionDispatchInfo.Capture(exception);
                }

                finished.Set();
            },
            StackSize)
        {
            IsBackground = true,
            Name = "document reader",
        };
        thread.Start();
        if (!Wait(limit * (1 - Grace)))
        {
            stop.Cancel();
            finished.Wait(limit * Grace, CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw new UnreadableDocumentException(string.Create(
                CultureInfo.InvariantCulture, $"too large or too intricate: not read within {limit.TotalSeconds:0.#} seconds"));
        }

        stop.Dispose();
        finished.Dispose();
        error?.Throw();
        return document ?? throw new InvalidOperationException("A reader ended without a document.");

        bool Wait(TimeSpan time)
        {
            try
            {
                return finished.Wait(time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }
}
