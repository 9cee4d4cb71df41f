using Assistant.Console.Commands;

var terminal = Terminal.Open();
var commandLine = CommandLine.Parse(args, terminal);
return commandLine.Errors.Count > 0
    ? UsageMistakes.Report(commandLine, terminal)
    : await Failures.ReportAsync(() => CommandLine.InvokeAsync(commandLine), terminal);
