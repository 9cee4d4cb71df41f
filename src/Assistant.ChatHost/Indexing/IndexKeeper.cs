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

    /// <summary>
    /// Whether questions are let through: from the start when there was an index already, else when the first run is over. A first index
    /// that is half full would say of the other half that it is not in the documents.
    /// </summary>
    private volatile bool isOpen;

    /// <summary>Lets questions through as soon as they can be answered.</summary>
    /// <exception cref="RequestRefusedException">The index is being built for the first time, or could not be.</exception>
    public void EnsureReady()
    {
        if (!isOpen)
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
        if (!isOpen)
        {
            return HealthCheckResult.Unhealthy(failure ?? "The index is being built.");
        }

        var state = await index.GetStateAsync(cancellationToken);
        return state.Passages > 0
            ? HealthCheckResult.Healthy($"{state.Documents} documents, {state.Passages} passages.")
            : HealthCheckResult.Unhealthy(failure ?? "There are no documents. Put some into the corpus folder and start again.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Lets the server begin to listen: comparing the folder with the index is work from its first step on.
        await Task.Yield();
        await OpenIfThereIsAnIndexAsync(stoppingToken);
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
            isOpen = true;
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

    private async Task OpenIfThereIsAnIndexAsync(CancellationToken cancellationToken)
    {
        try
        {
            isOpen = (await index.GetStateAsync(cancellationToken)).Passages > 0;
        }
        catch (IndexUnusableException unusable)
        {
            // The run that follows meets the same and tells the log.
            failure = unusable.Message;
        }
    }
}
