using Assistant.Core.Ingestion;
using Assistant.Hosting;
using Assistant.Shell;

namespace Assistant.Ingestion;

/// <summary>Brings the index in step once, after another ingestion that is at work has ended and, in a run of its own, once the index can be reached.</summary>
internal sealed class IngestionRun(
    CorpusReconciler reconciler,
    IngestionProgress progress,
    EventView view,
    WorkerHealth health,
    WorkerRequest request,
    IngestionOptions options,
    Terminal terminal,
    TimeProvider time)
{
    private static readonly TimeSpan LeasePoll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan IndexPoll = TimeSpan.FromSeconds(1);

    /// <summary>Who follows the folder waits for the index between two runs.</summary>
    private readonly TimeSpan indexWait = TimeSpan.FromSeconds(request.Watch ? 0 : options.IndexWaitSeconds);
    private readonly TimeSpan leaseWait = TimeSpan.FromSeconds(options.LeaseWaitSeconds);

    /// <summary>Runs and tells of it.</summary>
    /// <exception cref="IndexLeaseHeldException">The other ingestion did not end in time.</exception>
    /// <exception cref="IndexUnavailableException">The index could not be reached, or not in time.</exception>
    /// <inheritdoc cref="CorpusReconciler.ReconcileAsync(ReconcileOptions, CancellationToken)"/>
    public async Task<IngestionReport> RunAsync(ReconcileOptions asked, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        Type? told = null;
        while (true)
        {
            TimeSpan pause;
            try
            {
                return await progress.FollowAsync(reconciler.ReconcileAsync(asked, cancellationToken), Show, cancellationToken);
            }
            catch (IndexLeaseHeldException held) when (time.GetElapsedTime(began) < leaseWait)
            {
                TellOnce(held);
                pause = LeasePoll;
            }
            catch (IndexUnavailableException away) when (time.GetElapsedTime(began) < indexWait)
            {
                TellOnce(away);
                pause = IndexPoll;
            }

            health.Working();
            await Task.Delay(pause, time, cancellationToken);
        }

        void TellOnce(Exception reason)
        {
            if (told != reason.GetType())
            {
                told = reason.GetType();
                terminal.WriteError($"Waiting. {reason.Message}");
            }
        }
    }

    private void Show(IngestionEvent happened)
    {
        health.Working();
        view.Show(happened);
    }
}
