using Assistant.Ingestion;
using Assistant.Shell;

var terminal = Terminal.Open();
var commandLine = WorkerCommandLine.Parse(args, terminal);
if (commandLine.Errors.Count > 0)
{
    foreach (var message in commandLine.Errors.Select(error => error.Message).Distinct())
    {
        terminal.WriteError(message);
    }

    terminal.WriteError("Use --help to see what there is.");
    return ExitCode.WrongUsage;
}

return await Failures.ReportAsync(() => WorkerCommandLine.InvokeAsync(commandLine), terminal);
