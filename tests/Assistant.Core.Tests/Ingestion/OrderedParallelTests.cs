using Assistant.Core.Ingestion;

namespace Assistant.Core.Tests.Ingestion;

public sealed class OrderedParallelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_come_in_the_order_of_the_items_whoever_is_ready_first()
    {
        var gates = Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource()).ToArray();
        // Each waits for the one behind it, so they can only end in reverse.
        gates[^1].SetResult();
        var results = OrderedParallel.Select(
            Enumerable.Range(0, 5),
            ahead: 5,
            async (i, _) =>
            {
                await gates[i].Task;
                if (i > 0)
                {
                    gates[i - 1].SetResult();
                }

                return i;
            },
            Cancel);

        Assert.Equal([0, 1, 2, 3, 4], await results.ToListAsync(Cancel));
    }

    [Fact]
    public async Task Nothing_is_at_work_any_more_when_the_caller_has_left()
    {
        var running = 0;
        await foreach (var first in OrderedParallel.Select(Enumerable.Range(0, 100), 4, WorkAsync, Cancel))
        {
            Assert.Equal(0, first);
            break;
        }

        Assert.Equal(0, running);

        async Task<int> WorkAsync(int item, CancellationToken token)
        {
            Interlocked.Increment(ref running);
            try
            {
                if (item > 0)
                {
                    // Ends only by being cancelled.
                    await Task.Delay(Timeout.Infinite, token);
                }

                return item;
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }
    }

    [Fact]
    public async Task An_error_of_one_item_reaches_the_caller()
    {
        var results = OrderedParallel.Select(
            [1, 2, 3], 2, (i, _) => i == 2 ? throw new InvalidOperationException("two") : Task.FromResult(i), Cancel);

        Assert.Equal("two", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await results.ToListAsync(Cancel))).Message);
    }
}
