using Assistant.Console.Commands;

return await CommandLine.RunAsync(args, Terminal.Open());
