using Assistant.ChatHost.Problems;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Assistant.ChatHost.Indexing;

/// <summary>Brings the index in step with the corpus once, when the host starts, and says whether the index can answer.</summary>
internal sealed class IndexKeeper(CorpusReconciler reconciler, IPassageIndex index, TimeProvider time, ILogger<IndexKeeper> logger)
    : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    /// <summary>Why the last run failed; null when none did.</summary>
    private volatile string? failure;
    private volatile bool isFinished;

    /// <summary>Lets questions through as soon as there is something to answer from, or known to be nothing.</summary>
    /// <exception cref="RequestRefusedException">The index is being built for the first time, or could not be.</exception>
    public async ValueTask EnsureReadyAsync(CancellationToken cancellationToken)
    {
        if (!isFinished && (await index.GetStateAsync(cancellationToken)).Passages == 0)
        {
            throw new RequestRefusedException(
                failure ?? "The index is being built for the first time. Ask again in a moment; GET /health/ready says when it is ready.",
                StatusCodes.Status503ServiceUnavailable)
            {
                RetryAfter = (int)RetryInterval.TotalSeconds,
            };
        }
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var state = await index.GetStateAsync(cancellationToken);
        return state.Passages > 0 ? HealthCheckResult.Healthy($"{state.Documents} documents, {state.Passages} passages.")
            : HealthCheckResult.Unhealthy(failure ?? (isFinished
                ? "There are no documents. Put some into the corpus folder and start again."
                : "The index is being built."));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Lets the server begin to listen: comparing the folder with the index is work from its first step on.
        await Task.Yield();
        while (!await TryRunAsync(stoppingToken))
        {
            await Task.Delay(RetryInterval, time, stoppingToken);
        }
    }

    private async Task<bool> TryRunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var step in reconciler.ReconcileAsync(cancellationToken))
            {
                if (step is IngestionCompleted { Report: var report })
                {
                    Log.InStep(
                        logger, report.Added.Count, report.Updated.Count, report.Moved.Count, report.Removed.Count, report.Unchanged,
                        report.Failed.Count, report.PassagesEmbedded, report.ElapsedMilliseconds);
                }
            }

            failure = null;
            isFinished = true;
            return true;
        }
        catch (IndexLeaseHeldException held)
        {
            failure = held.Message;
            Log.LeaseHeld(logger, held.Message);
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The host goes on: what is indexed can be asked, and the health check says what is wrong.
            failure = exception.Message;
            Log.RunFailed(logger, exception);
            return true;
        }
    }
}
