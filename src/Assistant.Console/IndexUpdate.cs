using System.Globalization;
using Assistant.Console.Rendering;
using Assistant.Core.Ingestion;
using Assistant.Core.Retrieval;
using Spectre.Console;

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

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    private async Task ReconcileAsync(Action<IngestionEvent>? onEvent, CancellationToken cancellationToken)
    {
        await using var events = reconciler.ReconcileAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await events.MoveNextAsync();
        var planned = (IngestionPlanned)events.Current;
        // Only when the next event is there has the lease been had: nothing is told of a plan that another process carries out.
        await events.MoveNextAsync();
        onEvent?.Invoke(planned);
        var told = new List<string>();
        if (planned.Changes > 1 && Terminal.ErrorIsSeen)
        {
            await terminal.ErrorScreen.Progress()
                .AutoClear(true)
                .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(progress =>
                {
                    var task = progress.AddTask("Indexing documents", maxValue: planned.Changes);
                    return FollowAsync(events, onEvent, told, () => task.Increment(1));
                });
        }
        else
        {
            await FollowAsync(events, onEvent, told, () => { });
        }

        // Only now, because a line in between would tear the progress bar.
        told.ForEach(terminal.WriteError);
    }

    private static async Task FollowAsync(
        IAsyncEnumerator<IngestionEvent> events, Action<IngestionEvent>? onEvent, List<string> told, Action advance)
    {
        do
        {
            onEvent?.Invoke(events.Current);
            advance();
            switch (events.Current)
            {
                case DocumentFailed failed:
                    told.Add($"Could not read {failed.DocumentId}: {failed.Error}");
                    break;
                case IngestionCompleted { Report.ChangedAnything: true } completed:
                    told.Add(Summary(completed.Report));
                    break;
            }
        }
        while (await events.MoveNextAsync());
    }

    /// <summary>The run in a line: <c>Indexed 1 document (14 passages) in 0.2 s</c>.</summary>
    internal static string Summary(IngestionReport report)
    {
        var done = new List<string>();
        var indexed = report.Added.Count + report.Updated.Count;
        if (indexed > 0)
        {
            var kept = report.PassagesReused > 0
                ? string.Create(CultureInfo.InvariantCulture, $" new, {report.PassagesReused:N0} kept")
                : "";
            done.Add($"indexed {Counted.Of(indexed, "document")} ({Counted.Of(report.PassagesEmbedded, "passage")}{kept})");
        }

        if (report.Moved.Count > 0)
        {
            done.Add($"moved {Counted.Of(report.Moved.Count, "document")}");
        }

        if (report.Removed.Count > 0)
        {
            done.Add($"removed {Counted.Of(report.Removed.Count, "document")}");
        }

        var line = string.Join(", ", done);
        return $"{char.ToUpperInvariant(line[0])}{line[1..]} in {Counted.Seconds(report.ElapsedMilliseconds)}";
    }
}
