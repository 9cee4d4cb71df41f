using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Assistant.Console.Commands;

/// <summary>What can be typed behind the program's name.</summary>
internal static class CommandLine
{
    private const string Examples = """
        Examples:
          a chat         dotnet run --project src/Assistant.Console
          one answer     dotnet run --project src/Assistant.Console -- ask "Which states urged prudence?"
          for programs   dotnet run --project src/Assistant.Console -- ask "Which states urged prudence?" --json
          other papers   dotnet run --project src/Assistant.Console -- --corpus ~/papers --db ~/papers.db
          by a model     dotnet run --project src/Assistant.Console -- --chat ollama:llama3.2
          by meaning     dotnet run --project src/Assistant.Console -- --embeddings ollama:nomic-embed-text
          what changed   dotnet run --project src/Assistant.Console -- changes talks.md --from 1 --to 3
          line by line   dotnet run --project src/Assistant.Console < questions.txt

        Settings also come from appsettings.json in the current folder and from the environment,
        e.g. Assistant__Corpus__Path. Exit codes: 0 done, 1 failed, 2 wrong usage.
        """;

    /// <summary>Does what <paramref name="args"/> ask for.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var parsed = Parse(args, terminal);
        return parsed.Errors.Count > 0
            ? UsageMistakes.Report(parsed, terminal)
            : await Failures.ReportAsync(() => InvokeAsync(parsed), terminal);
    }

    private static ParseResult Parse(string[] args, Terminal terminal)
    {
        var settings = new SettingOptions();
        var json = new Option<bool>("--json") { Description = "Print JSON on standard output and nothing else." };
        var root = new RootCommand("Answers questions about a folder of documents and proves every sentence with its source.")
        {
            settings.Corpus,
            settings.Database,
            settings.Chat,
            settings.Embeddings,
            AskCommand.Create(json, settings, terminal),
            IngestCommand.Create(json, settings, terminal),
            DocumentsCommand.Create(json, settings, terminal),
            ChangesCommand.Create(json, settings, terminal),
        };
        root.SetAction(parse => ChatCommand.RunAsync(settings.Read(parse), terminal));
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!, terminal);
        }

        // No "@file" expansion: a question may begin with an at sign.
        return root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    private static Task<int> InvokeAsync(ParseResult parse) => parse.InvokeAsync(new InvocationConfiguration
    {
        // Failures and Ctrl+C are the program's own business.
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    });

    private sealed class HelpWithExamples(HelpAction help, Terminal terminal) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            help.Invoke(parseResult);
            if (parseResult.CommandResult.Command is RootCommand)
            {
                terminal.Output.WriteLine(Examples);
            }

            return ExitCode.Done;
        }
    }
}
