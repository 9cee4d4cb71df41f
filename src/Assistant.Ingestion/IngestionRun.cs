using Assistant.Core.Ingestion;
using Assistant.Hosting;
using Assistant.Shell;

namespace Assistant.Ingestion;

/// <summary>Brings the index in step once, after another ingestion that is at work has ended.</summary>
internal sealed class IngestionRun(
    CorpusReconciler reconciler, IngestionProgress progress, EventView view, IngestionOptions options, Terminal terminal, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs and tells of it.</summary>
    /// <exception cref="IndexLeaseHeldException">The other ingestion did not end in time.</exception>
    /// <inheritdoc cref="CorpusReconciler.ReconcileAsync(ReconcileOptions, CancellationToken)"/>
    public async Task<IngestionReport> RunAsync(ReconcileOptions asked, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var waits = false; ; waits = true)
        {
            try
            {
                return await progress.FollowAsync(reconciler.ReconcileAsync(asked, cancellationToken), view.Show, cancellationToken);
            }
            catch (IndexLeaseHeldException held) when (time.GetElapsedTime(began) < TimeSpan.FromSeconds(options.LeaseWaitSeconds))
            {
                if (!waits)
                {
                    terminal.WriteError($"Waiting. {held.Message}");
                }
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }
}
