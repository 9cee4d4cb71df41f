using System.Runtime.CompilerServices;

namespace Assistant.Core.Ingestion;

/// <summary>Work on many items at once whose results come in the order of the items.</summary>
internal static class OrderedParallel
{
    /// <summary>The same items, and null whenever none has come for <paramref name="interval"/>.</summary>
    public static async IAsyncEnumerable<T?> WithPauses<T>(
        this IAsyncEnumerable<T> items, TimeSpan interval, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : struct
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var each = items.GetAsyncEnumerator(stop.Token);
        var next = Task.FromResult(true);
        try
        {
            while (true)
            {
                next = each.MoveNextAsync().AsTask();
                while (!next.IsCompleted)
                {
                    using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
                    if (await Task.WhenAny(next, Task.Delay(interval, time, waiting.Token)) != next && !stop.IsCancellationRequested)
                    {
                        yield return null;
                    }

                    await waiting.CancelAsync();
                }

                if (!await next)
                {
                    yield break;
                }

                yield return each.Current;
            }
        }
        finally
        {
            // The items may not be given up while the next one is on its way.
            await stop.CancelAsync();
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Applies <paramref name="selector"/> on the thread pool, ahead of the caller by at most <paramref name="ahead"/> items.</summary>
    public static async IAsyncEnumerable<TResult> Select<T, TResult>(
        IEnumerable<T> items,
        int ahead,
        Func<T, CancellationToken, Task<TResult>> selector,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Queue<Task<TResult>>();
        try
        {
            foreach (var item in items)
            {
                running.Enqueue(Task.Run(() => selector(item, stop.Token), stop.Token));
                if (running.Count > ahead)
                {
                    yield return await running.Dequeue();
                }
            }

            while (running.TryDequeue(out var next))
            {
                yield return await next;
            }
        }
        finally
        {
            // When the caller leaves early, nothing of this may still be at work behind its back.
            await stop.CancelAsync();
            await Task.WhenAll(running).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
