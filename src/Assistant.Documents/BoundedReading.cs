using System.Runtime.ExceptionServices;
using Assistant.Core.Documents;

namespace Assistant.Documents;

/// <summary>
/// Keeps one bad file from taking the process with it. Libraries that parse binary formats take no cancellation token, can loop
/// for ever on damaged input and recurse as deep as the input says; on a thread of its own such a file costs its time and no more.
/// </summary>
internal static class BoundedReading
{
    /// <summary>Between two pages or blocks a reader stops by itself after this long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8.5);

    /// <summary>A reader that has not even come to the next page or block after this long is given up; its thread ends when it can.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(1);

    /// <summary>Room for the recursion of a parser in deeply nested input, in bytes.</summary>
    private const int StackSize = 64 * 1024 * 1024;

    /// <summary>Runs <paramref name="read"/> within the limits of time.</summary>
    /// <param name="read">Checks the token it gets between steps.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="UnreadableDocumentException">It takes too long, or whatever <paramref name="read"/> found.</exception>
    public static SourceDocument Run(Func<CancellationToken, SourceDocument> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Neither is disposed of here: a reader that was given up still holds them.
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
        if (!Wait(Patience))
        {
            stop.Cancel();
            finished.Wait(LastPatience, CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw new UnreadableDocumentException("too large or too intricate: not read within 10 seconds");
        }

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
