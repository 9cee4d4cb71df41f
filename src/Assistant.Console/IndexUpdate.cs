using Assistant.Core.Embeddings;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;

namespace Assistant.Console;

/// <summary>What to do when the index cannot be updated because another process is at it.</summary>
internal enum Stale
{
    /// <summary>Go on with the index as it is, if it can answer.</summary>
    Accepted,

    /// <summary>Wait for the other process.</summary>
    Refused,
}

/// <summary>Brings the index in step with the folder before a command uses it, and tells about it on standard error.</summary>
internal sealed class IndexUpdate(CorpusReconciler reconciler, IPassageIndex index, Terminal terminal, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Updates the index.</summary>
    /// <param name="stale">What to do when another process updates it already.</param>
    /// <param name="cancellationToken">Stops between two documents; what was done stays.</param>
    /// <param name="onEvent">Told of every event, as it happens.</param>
    /// <exception cref="EmbeddingUnavailableException">Passages cannot be embedded, and that is not accepted or there is nothing to go on with.</exception>
    /// <exception cref="IndexLeaseHeldException">The other process did not end within five minutes.</exception>
    public async Task RunAsync(Stale stale, CancellationToken cancellationToken, Action<IngestionEvent>? onEvent = null)
    {
        var began = time.GetTimestamp();
        for (var waited = false; ; waited = true)
        {
            try
            {
                await ReconcileAsync(onEvent, cancellationToken);
                return;
            }
            catch (IndexLeaseHeldException) when (time.GetElapsedTime(began) < LongestWait)
            {
                if (stale == Stale.Accepted && (await index.GetStateAsync(cancellationToken)).Fingerprint is not null)
                {
                    terminal.WriteError("Another process is updating the index; going on with what is indexed so far.");
                    return;
                }

                if (!waited)
                {
                    terminal.WriteError("Another process is updating the index; waiting for it to finish.");
                }
            }

            catch (EmbeddingUnavailableException unavailable) when (stale == Stale.Accepted)
            {
                if ((await index.GetStateAsync(cancellationToken)).Passages == 0)
                {
                    throw;
                }

                terminal.WriteError($"{unavailable.Message} Going on with what is indexed so far.");
                return;
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    private async Task ReconcileAsync(Action<IngestionEvent>? onEvent, CancellationToken cancellationToken)
    {
        var report = await new IngestionProgress(terminal).FollowAsync(
            reconciler.ReconcileAsync(cancellationToken), ingestionEvent => onEvent?.Invoke(ingestionEvent), cancellationToken);
        foreach (var failed in report.Failed)
        {
            terminal.WriteError(IngestionText.Failure(failed.DocumentId, failed.Error));
        }

        if (report.ChangedAnything)
        {
            terminal.WriteError(IngestionText.Summary(report));
        }
    }
}
