using System.CommandLine;
using System.Text.Json;
using Assistant.Core;
using Assistant.Core.Ingestion;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.Console.Commands;

/// <summary><c>ingest [--json]</c></summary>
internal static class IngestCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Option<bool> json, SettingOptions settings, Terminal terminal)
    {
        var command = new Command("ingest", "Bring the index in step with the folder of documents.") { json };
        command.SetAction(parse => RunAsync(parse.GetValue(json), settings.Read(parse), terminal));
        return command;
    }

    private static async Task<int> RunAsync(bool json, IReadOnlyDictionary<string, string?> settings, Terminal terminal)
    {
        using var interrupt = new Interrupt();
        using var host = ConsoleServices.Build(settings, terminal);
        var update = host.Services.GetRequiredService<IndexUpdate>();
        await update.RunAsync(Stale.Refused, interrupt.NextWork(), ingestionEvent =>
        {
            switch (ingestionEvent)
            {
                case IngestionCompleted completed when json:
                    terminal.Output.WriteLine(JsonSerializer.Serialize(completed.Report, AssistantJson.Readable.IngestionReport));
                    break;
                case IngestionCompleted completed:
                    WriteSummary(completed.Report, terminal);
                    break;
                default:
                    if (json)
                    {
                        terminal.Output.WriteLine(JsonSerializer.Serialize(ingestionEvent, AssistantJson.Readable.IngestionEvent));
                    }

                    break;
            }
        });
        return ExitCode.Done;
    }

    private static void WriteSummary(IngestionReport report, Terminal terminal)
    {
        if (!report.ChangedAnything)
        {
            terminal.Output.WriteLine($"Nothing to do: {Counted.Of(report.Unchanged, "document")} up to date.");
        }

        if (report.Unsupported.Count > 0)
        {
            terminal.Output.WriteLine(
                $"Left out, because no reader is for them: {SafeText.OneLine(string.Join(", ", report.Unsupported))}");
        }
    }
}
