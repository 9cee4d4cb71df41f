using System.CommandLine;
using Assistant.Core.Ingestion;
using Assistant.Shell;

namespace Assistant.Ingestion;

/// <summary>What is asked of the worker.</summary>
/// <param name="Watch">Whether to stay and follow the folder.</param>
/// <param name="Json">Whether to print events as JSON lines.</param>
/// <param name="Health">Whether only to tell how the worker is that runs already.</param>
/// <param name="FirstRun">What the first run is asked to do; those after it do nothing out of the ordinary.</param>
internal sealed record WorkerRequest(bool Watch, bool Json, bool Health, ReconcileOptions FirstRun);

/// <summary>What can be typed behind the program's name.</summary>
internal static class WorkerCommandLine
{
    /// <summary>Understands <paramref name="args"/>.</summary>
    public static ParseResult Parse(string[] args, Terminal terminal)
    {
        var settings = new SettingOptions();
        var watch = new Option<bool>("--watch") { Description = "Stay, and take in every change of the folder as it happens." };
        var json = new Option<bool>("--json") { Description = "Print events as JSON lines on standard output; the report is the last of a run." };
        var retry = new Option<bool>("--retry") { Description = "Try files again that could not be read, although they have not changed." };
        var removals = new Option<bool>("--allow-removals")
        {
            Description = "Remove documents even if most of them are gone (with --watch: in the first run).",
        };
        var health = new Option<bool>("--health")
        {
            Description = "Only tell how the worker is that follows the folder, by what it noted in the setting Assistant:Ingestion:HealthFile; exit code 0 when it is alive.",
        };
        var root = new RootCommand("""
            Brings the index in step with the folder of documents.

            Settings also come from appsettings.json in the current folder and from the environment, e.g. Assistant__Corpus__Path.
            Exit codes: 0 done, 1 failed or a file could not be read, 2 wrong usage.
            """)
        {
            watch, json, retry, removals, health, settings.Corpus, settings.Database, settings.Embeddings,
        };
        root.SetAction(parse => WorkerHost.RunAsync(
            new WorkerRequest(parse.GetValue(watch), parse.GetValue(json), parse.GetValue(health), new ReconcileOptions
            {
                RetryFailed = parse.GetValue(retry),
                AllowRemovals = parse.GetValue(removals),
            }),
            settings.Read(parse),
            terminal));
        return root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    /// <summary>Runs what was understood.</summary>
    public static Task<int> InvokeAsync(ParseResult parse) => parse.InvokeAsync(new InvocationConfiguration
    {
        // Failures and signals are the host's business.
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    });
}
