using System.CommandLine;

namespace Assistant.Console.Commands;

/// <summary>Tells what is wrong with a command line.</summary>
internal static class UsageMistakes
{
    /// <summary>A line for each mistake on standard error.</summary>
    public static int Report(ParseResult parse, Terminal terminal)
    {
        foreach (var message in parse.Errors.Select(error => error.Message).Distinct())
        {
            terminal.WriteError(message);
        }

        terminal.WriteError("Use --help to see what there is. A question of several words stands in quotes: ask \"Who hosted the talks?\"");
        return ExitCode.WrongUsage;
    }
}
