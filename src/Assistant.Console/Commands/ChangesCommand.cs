using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Assistant.Console.Rendering;
using Assistant.Core;
using Assistant.Core.Changes;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Assistant.Console.Commands;

/// <summary><c>changes DOCUMENT [--from N] [--to M] [--json]</c> and <c>changes --since DATE [--json]</c></summary>
internal static class ChangesCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Option<bool> json, SettingOptions settings, Terminal terminal)
    {
        var document = new Argument<string?>("DOCUMENT") { Description = "The document, as 'documents' lists it.", Arity = ArgumentArity.ZeroOrOne };
        var from = VersionOption("--from", "The version to compare from (default: the one before).");
        var to = VersionOption("--to", "The version to compare to (default: the newest).");
        var since = new Option<DateTimeOffset?>("--since")
        {
            Description = "Instead of one document: all that changed since a day, e.g. 2026-11-01, or a time, e.g. 2026-11-01T08:00Z.",
            HelpName = "DATE",
            CustomParser = ParseDate,
        };
        var command = new Command("changes", "Show what changed in a document from version to version, or in all documents since a day.")
        {
            document, from, to, since, json,
        };
        command.Validators.Add(result =>
        {
            var ofCorpus = result.GetResult(since) is not null;
            if (ofCorpus == (result.GetResult(document) is { Tokens.Count: > 0 }))
            {
                result.AddError("Name a document, or a day with --since.");
            }
            else if (ofCorpus && (result.GetResult(from) is not null || result.GetResult(to) is not null))
            {
                result.AddError("--from and --to go with a document, not with --since.");
            }
        });
        command.SetAction(parse => parse.GetValue(since) is { } start
            ? RunAsync(
                (history, token) => history.SinceAsync(start, token),
                AssistantJson.Readable.CorpusChanges, CorpusChangesView.Write, parse.GetValue(json), settings.Read(parse), terminal)
            : RunAsync(
                (history, token) => history.CompareAsync(parse.GetValue(document)!, parse.GetValue(from), parse.GetValue(to), token),
                AssistantJson.Readable.DocumentChanges, DocumentChangesView.Write, parse.GetValue(json), settings.Read(parse), terminal));
        return command;
    }

    private static async Task<int> RunAsync<T>(
        Func<ChangeHistory, CancellationToken, Task<T>> findAsync,
        JsonTypeInfo<T> typeInfo,
        Action<IAnsiConsole, T> write,
        bool json,
        IReadOnlyDictionary<string, string?> settings,
        Terminal terminal)
    {
        using var interrupt = new Interrupt();
        using var host = ConsoleServices.Build(settings, terminal);
        var cancellationToken = interrupt.NextWork();
        await host.Services.GetRequiredService<IndexUpdate>().RunAsync(Stale.Accepted, cancellationToken);
        var changes = await findAsync(host.Services.GetRequiredService<ChangeHistory>(), cancellationToken);
        if (json)
        {
            terminal.Output.WriteLine(JsonSerializer.Serialize(changes, typeInfo));
        }
        else
        {
            write(terminal.Screen, changes);
        }

        return ExitCode.Done;
    }

    private static Option<int?> VersionOption(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (!int.TryParse(result.Tokens.Count > 0 ? result.Tokens[0].Value : "", NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                result.AddError($"{name} takes the number of a version, from 1.");
            }
        });
        return option;
    }

    private static DateTimeOffset? ParseDate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            // A day begins where the person is.
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Local));
        }

        if (text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time))
        {
            return time;
        }

        result.AddError($"'{text}' is no date. A day is written 2026-11-01, a time 2026-11-01T08:00 or 2026-11-01T08:00Z.");
        return null;
    }
}
