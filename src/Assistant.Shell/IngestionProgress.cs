using System.Globalization;
using Assistant.Core.Ingestion;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Assistant.Shell;

/// <summary>Shows on standard error how far an ingestion is: a bar with rate and remaining time where a person looks on.</summary>
/// <param name="terminal">The streams.</param>
public sealed class IngestionProgress(Terminal terminal)
{
    /// <summary>Follows a run to its end.</summary>
    /// <param name="run">Its events.</param>
    /// <param name="onEvent">Told of every event, as it happens. It must not write to standard error: that would tear the bar.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>The report.</returns>
    public async Task<IngestionReport> FollowAsync(
        IAsyncEnumerable<IngestionEvent> run, Action<IngestionEvent> onEvent, CancellationToken cancellationToken)
    {
        await using var events = run.GetAsyncEnumerator(cancellationToken);
        await events.MoveNextAsync();
        var planned = (IngestionPlanned)events.Current;
        onEvent(planned);
        if (!HasBar(planned))
        {
            return await FollowAsync(events, onEvent, () => { }, embedded => terminal.WriteError($"{Counted.Of(embedded, "passage")} embedded so far"));
        }

        return await terminal.ErrorScreen.Progress()
            .AutoClear(true)
            .Columns(
                new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new RateColumn(), new RemainingTimeColumn())
            .StartAsync(progress =>
            {
                var task = progress.AddTask("Indexing documents", maxValue: planned.Changes);
                return FollowAsync(
                    events, onEvent, () => task.Increment(1), embedded => task.Description = $"Indexing documents, {Counted.Of(embedded, "passage")} embedded");
            });
    }

    /// <summary>Whether such a run is shown as a bar.</summary>
    public static bool HasBar(IngestionPlanned planned) => planned.Changes > 1 && Terminal.ErrorIsSeen;

    private static async Task<IngestionReport> FollowAsync(
        IAsyncEnumerator<IngestionEvent> events, Action<IngestionEvent> onEvent, Action advance, Action<int> onEmbedded)
    {
        while (await events.MoveNextAsync())
        {
            onEvent(events.Current);
            if (events.Current is EmbeddingProgressed embedding)
            {
                onEmbedded(embedding.Embedded);
                continue;
            }

            advance();
            if (events.Current is IngestionCompleted completed)
            {
                return completed.Report;
            }
        }

        throw new InvalidOperationException("An ingestion ended without a report.");
    }

    private sealed class RateColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(
            task.Speed is { } speed ? string.Create(CultureInfo.InvariantCulture, $"{speed:0}/s") : "");
    }
}
