using System.Threading.Channels;

namespace Assistant.Ingestion;

/// <summary>Waits for changes to begin and to end: of a thousand changes in a row one signal is made. Thread-safe.</summary>
/// <param name="time">Clock.</param>
internal sealed class ChangeSignal(TimeProvider time)
{
    private readonly Channel<bool> changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something changed.</summary>
    public void Raise() => changes.Writer.TryWrite(true);

    /// <summary>Waits until something has changed and then nothing for a while.</summary>
    /// <param name="atMost">How long to wait for the first change.</param>
    /// <param name="quiet">How long nothing must have changed.</param>
    /// <param name="longest">How long to wait for that when changes do not end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(TimeSpan atMost, TimeSpan quiet, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (!await NextAsync(atMost, cancellationToken))
        {
            return;
        }

        var first = time.GetTimestamp();
        while (time.GetElapsedTime(first) < longest && await NextAsync(quiet, cancellationToken))
        {
        }
    }

    private async Task<bool> NextAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await changes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
