using System.CommandLine;
using System.Text.Json;
using Assistant.Console.Rendering;
using Assistant.Core;
using Assistant.Core.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace Assistant.Console.Commands;

/// <summary><c>documents [--json]</c></summary>
internal static class DocumentsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Option<bool> json, SettingOptions settings, Terminal terminal)
    {
        var command = new Command("documents", "List the documents.") { json };
        command.SetAction(parse => RunAsync(parse.GetValue(json), settings.Read(parse), terminal));
        return command;
    }

    private static async Task<int> RunAsync(bool json, IReadOnlyDictionary<string, string?> settings, Terminal terminal)
    {
        using var interrupt = new Interrupt();
        using var host = ConsoleServices.Build(settings, terminal);
        var cancellationToken = interrupt.NextWork();
        await host.Services.GetRequiredService<IndexUpdate>().RunAsync(Stale.Accepted, cancellationToken);
        var documents = await host.Services.GetRequiredService<IDocumentStore>().ListAsync(cancellationToken);
        if (json)
        {
            terminal.Output.WriteLine(JsonSerializer.Serialize(documents, AssistantJson.Readable.IReadOnlyListDocumentSummary));
        }
        else
        {
            DocumentList.Write(terminal.Screen, documents);
        }

        return ExitCode.Done;
    }
}
