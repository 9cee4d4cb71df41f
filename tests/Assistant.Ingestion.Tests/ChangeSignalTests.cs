using Microsoft.Extensions.Time.Testing;

namespace Assistant.Ingestion.Tests;

public sealed class ChangeSignalTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider time = new();
    private readonly ChangeSignal signal;

    public ChangeSignalTests() => signal = new ChangeSignal(time);

    [Fact]
    public async Task A_change_is_told_of_when_nothing_has_changed_for_a_while()
    {
        signal.Raise();
        Assert.True(await PassAsync(WaitAsync(600 * Second)) >= Second);
    }

    [Fact]
    public async Task Changes_without_end_are_told_of_all_the_same() =>
        Assert.True(await PassAsync(WaitAsync(600 * Second), signal.Raise) >= 3 * Second);

    [Fact]
    public async Task Without_a_change_the_wait_ends_in_time() =>
        Assert.True(await PassAsync(WaitAsync(60 * Second)) >= 60 * Second);

    [Fact]
    public async Task No_wait_at_all_is_allowed() => await WaitAsync(-Second);

    [Fact]
    public async Task The_wait_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var waiting = signal.WaitAsync(60 * Second, Second, 3 * Second, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private Task WaitAsync(TimeSpan atMost) => signal.WaitAsync(atMost, Second, 3 * Second, TestContext.Current.CancellationToken);

    /// <summary>Lets time pass in steps until the wait ends, and says how much did.</summary>
    private async Task<TimeSpan> PassAsync(Task waiting, Action? atEveryStep = null)
    {
        var start = time.GetUtcNow();
        while (!waiting.IsCompleted)
        {
            atEveryStep?.Invoke();
            time.Advance(Second / 10);
            // Whoever waits must get its turn between two steps.
            await Task.Yield();
        }

        await waiting;
        return time.GetUtcNow() - start;
    }
}
