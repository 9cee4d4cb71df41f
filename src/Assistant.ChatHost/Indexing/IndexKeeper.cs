using Assistant.ChatHost.Problems;
using Assistant.ChatHost.Protection;
using Assistant.Core.Embeddings;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Assistant.ChatHost.Indexing;

/// <summary>
/// Brings the index in step with the corpus once, when the host starts, or waits for the worker to do it, and says whether the index
/// can answer. An index that cannot be reached is tried again until it can; the host stays up meanwhile.
/// </summary>
internal sealed class IndexKeeper(
    CorpusReconciler reconciler, IPassageIndex index, IOptions<HttpOptions> options, TimeProvider time, ILogger<IndexKeeper> logger)
    : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    /// <summary>When the embedding service does not answer it is asked again after this long.</summary>
    private static readonly TimeSpan EmbeddingRetryInterval = TimeSpan.FromSeconds(20);

    /// <summary>The longest pause between two tries to reach the index, unless it asks for a longer one itself.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>A server that asks to be left alone for longer is tried earlier all the same.</summary>
    private static readonly TimeSpan LongestObeyed = TimeSpan.FromMinutes(1);

    /// <summary>Why the last try failed; null when it did not.</summary>
    private volatile string? failure;

    /// <summary>
    /// Whether questions are let through: from the start when there was an index already, else when the first run is over. A first index
    /// that is half full would say of the other half that it is not in the documents.
    /// </summary>
    private volatile bool isOpen;

    /// <summary>Whether what was in the index when the host started is known. Later it says nothing: another process may be filling it.</summary>
    private bool isLookedAt;

    /// <summary>How often in a row the index could not be reached.</summary>
    private int outages;

    private bool Ingests => options.Value.IngestAtStart;

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

        try
        {
            await index.CheckReadyAsync(cancellationToken);
            var state = await index.GetStateAsync(cancellationToken);
            if (!Ingests && Mismatch(state) is { } mismatch)
            {
                return HealthCheckResult.Unhealthy(mismatch);
            }

            return state.Passages > 0
                ? HealthCheckResult.Healthy($"{state.Documents} documents, {state.Passages} passages.")
                : HealthCheckResult.Unhealthy(failure ?? "There are no documents. Put some into the corpus folder"
                    + (Ingests ? " and start again." : "; the worker takes them in."));
        }
        catch (IndexUnavailableException unavailable)
        {
            return HealthCheckResult.Unhealthy(unavailable.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Lets the server begin to listen: comparing the folder with the index is work from its first step on.
        await Task.Yield();
        while (await TryAsync(stoppingToken) is { } pause)
        {
            await Task.Delay(pause, time, stoppingToken);
        }
    }

    /// <summary>Does what is left to do.</summary>
    /// <returns>After which time to try again; null when nothing is left.</returns>
    private async Task<TimeSpan?> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!Ingests)
            {
                return await WaitForWorkerAsync(cancellationToken);
            }

            if (!isLookedAt)
            {
                await OpenIfThereIsAnIndexAsync(cancellationToken);
            }

            await RunAsync(cancellationToken);
            return null;
        }
        catch (IndexUnavailableException unavailable)
        {
            failure = unavailable.Message;
            if (outages++ == 0)
            {
                Log.Unavailable(logger, unavailable.Message);
            }

            return PauseAfter(unavailable);
        }
        catch (IndexLeaseHeldException held)
        {
            failure = held.Message;
            Log.LeaseHeld(logger, held.Message);
            return RetryInterval;
        }
        catch (EmbeddingUnavailableException unavailable)
        {
            // What is indexed answers meanwhile. Told once, not every time.
            if (failure != unavailable.Message)
            {
                failure = unavailable.Message;
                Log.EmbeddingUnavailable(logger, unavailable.Message);
            }

            return EmbeddingRetryInterval;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The host goes on: what is indexed can be asked, and the health check says what is wrong.
            failure = exception.Message;
            Log.RunFailed(logger, exception);
            return Ingests ? null : RetryInterval;
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var step in reconciler.ReconcileAsync(cancellationToken))
        {
            if (step is EmbeddingProgressed { Embedded: var embedded })
            {
                Log.Embedding(logger, embedded);
            }
            else if (step is IngestionCompleted { Report: var report })
            {
                Log.InStep(
                    logger, report.Added.Count, report.Updated.Count, report.Moved.Count, report.Removed.Count, report.Unchanged,
                    report.Failed.Count, report.PassagesEmbedded, report.ElapsedMilliseconds);
            }
        }

        Open();
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

        isLookedAt = true;
    }

    private async Task<TimeSpan?> WaitForWorkerAsync(CancellationToken cancellationToken)
    {
        failure = Mismatch(await index.GetStateAsync(cancellationToken));
        outages = 0;
        if (failure is not null)
        {
            return RetryInterval;
        }

        Open();
        return null;
    }

    private void Open()
    {
        failure = null;
        outages = 0;
        isOpen = true;
    }

    /// <summary>Why a host that leaves the index to the worker cannot answer from it; null when it can.</summary>
    private string? Mismatch(IndexState state) => state.Fingerprint is null
        ? "There is no index yet. The worker (src/Assistant.Ingestion) builds it; this host has the setting Assistant:Http:IngestAtStart=false."
        : state.Fingerprint != reconciler.Fingerprint
            ? "The index was built by another version, or with other settings for passages or embeddings, than this host has. Run the worker "
                + "(src/Assistant.Ingestion) with the version and settings of this host, or this host with those of the worker."
            : null;

    private TimeSpan PauseAfter(IndexUnavailableException unavailable)
    {
        var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, outages - 1), LongestPause.TotalSeconds));
        var asked = unavailable.RetryAfter ?? TimeSpan.Zero;
        return asked < pause ? pause : asked > LongestObeyed ? LongestObeyed : asked;
    }
}
