namespace Assistant.Console;

/// <summary>While it lives, Ctrl+C cancels the work at hand instead of ending the process.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly Lock gate = new();
    private CancellationTokenSource work = new();

    /// <summary>Begins to listen.</summary>
    public Interrupt() => System.Console.CancelKeyPress += OnCancelKeyPress;

    /// <summary>A token for the next piece of work; the one before is no longer cancelled.</summary>
    public CancellationToken NextWork()
    {
        lock (gate)
        {
            work.Dispose();
            work = new CancellationTokenSource();
            return work.Token;
        }
    }

    /// <summary>Gives Ctrl+C back.</summary>
    public void Dispose()
    {
        System.Console.CancelKeyPress -= OnCancelKeyPress;
        lock (gate)
        {
            work.Dispose();
        }
    }

    private void OnCancelKeyPress(object? sender, ConsoleCancelEventArgs e)
    {
        e.Cancel = true;
        lock (gate)
        {
            work.Cancel();
        }
    }
}
