using System.Text.Json;
using Assistant.Core;
using Assistant.Core.Ingestion;
using Assistant.Shell;

namespace Assistant.Ingestion;

/// <summary>
/// Tells of runs: one line per document and a report, or events as JSON lines. While the folder is followed, a run in which
/// nothing is new is not told of.
/// </summary>
internal sealed class EventView(WorkerRequest request, Terminal terminal)
{
    private readonly Dictionary<string, string> failures = new(StringComparer.Ordinal);
    private IngestionPlanned? planned;
    private bool toldAnything;
    private bool isFirst = true;

    /// <summary>Shows an event.</summary>
    public void Show(IngestionEvent happened)
    {
        switch (happened)
        {
            case IngestionPlanned plan:
                planned = plan;
                toldAnything = false;
                break;
            case EmbeddingProgressed when !request.Json:
                // Shown with the progress.
                break;
            case DocumentFailed failed when failures.GetValueOrDefault(failed.DocumentId) == failed.Error:
                break;
            case IngestionCompleted completed:
                Complete(completed.Report);
                break;
            default:
                Tell(happened);
                break;
        }
    }

    private void Complete(IngestionReport report)
    {
        var news = report.Failed.Where(failed => failures.GetValueOrDefault(failed.DocumentId) != failed.Error).ToList();
        if (isFirst || toldAnything || failures.Count != report.Failed.Count)
        {
            TellPlan();
            if (request.Json)
            {
                terminal.Output.WriteLine(JsonSerializer.Serialize(report, AssistantJson.Readable.IngestionReport));
            }
            else
            {
                WriteReport(report);
            }
        }

        if (news.Count > 0)
        {
            terminal.WriteError($"{Counted.Of(news.Count, "file")} could not be read:");
            news.ForEach(failed => terminal.WriteError($"{failed.DocumentId}: {failed.Error}"));
        }

        failures.Clear();
        foreach (var failed in report.Failed)
        {
            failures[failed.DocumentId] = failed.Error;
        }

        isFirst = false;
    }

    private void Tell(IngestionEvent happened)
    {
        TellPlan();
        toldAnything = true;
        if (request.Json)
        {
            terminal.Output.WriteLine(JsonSerializer.Serialize(happened, AssistantJson.Readable.IngestionEvent));
        }
        else if (!IngestionProgress.HasBar(planned!) && Line(happened) is { } line)
        {
            terminal.Output.WriteLine(SafeText.OneLine(line));
        }
    }

    private void TellPlan()
    {
        if (request.Json && !toldAnything)
        {
            terminal.Output.WriteLine(JsonSerializer.Serialize<IngestionEvent>(planned!, AssistantJson.Readable.IngestionEvent));
        }
    }

    private static string? Line(IngestionEvent happened) => happened switch
    {
        DocumentIngested ingested => $"Indexed {ingested.DocumentId}: version {ingested.Version}, {Counted.Of(ingested.Passages, "passage")}",
        DocumentRemoved removed => $"Removed {removed.DocumentId}",
        // Those are listed at the end.
        _ => null,
    };

    private void WriteReport(IngestionReport report)
    {
        terminal.Output.WriteLine(
            $"Added {report.Added.Count:N0}, updated {report.Updated.Count:N0}, moved {report.Moved.Count:N0}, removed {report.Removed.Count:N0}, "
            + $"unchanged {report.Unchanged:N0}, failed {report.Failed.Count:N0}, unsupported {report.Unsupported.Count:N0}; "
            + $"{Counted.Of(report.PassagesEmbedded, "passage")} embedded, {report.PassagesReused:N0} reused; {Counted.Seconds(report.ElapsedMilliseconds)}");
        if (isFirst && report.Unsupported.Count > 0)
        {
            terminal.Output.WriteLine($"Left out, because no reader is for them: {SafeText.OneLine(string.Join(", ", report.Unsupported))}");
        }
    }
}
