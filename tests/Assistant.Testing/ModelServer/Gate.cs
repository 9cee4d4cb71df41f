namespace Assistant.Testing.ModelServer;

/// <summary>
/// Lets the pieces of an answer through one by one when the test says so: a test knows where the server stands without waiting for
/// luck. Thread-safe.
/// </summary>
public sealed class Gate
{
    private readonly Lock guard = new();
    private long allowed;
    private long reached;
    private bool isOpen;
    private TaskCompletionSource changed = NewChange();

    /// <summary>Lets this many more pieces through.</summary>
    public void Release(int pieces = 1) => Change(() => allowed += pieces);

    /// <summary>Lets everything through from now on.</summary>
    public void Open() => Change(() => isOpen = true);

    /// <summary>Completes when this many pieces, from 1, have come to the gate: those before the last have passed it.</summary>
    public Task ReachedAsync(int pieces, CancellationToken cancellationToken) => WaitAsync(() => reached >= pieces, cancellationToken);

    internal Task PassAsync(CancellationToken cancellationToken)
    {
        var place = 0L;
        Change(() => place = ++reached);
        return WaitAsync(() => isOpen || allowed >= place, cancellationToken);
    }

    private async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (guard)
            {
                if (condition())
                {
                    return;
                }

                next = changed.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (guard)
        {
            change();
            (before, changed) = (changed, NewChange());
        }

        before.SetResult();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
