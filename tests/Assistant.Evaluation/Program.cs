using Assistant.Evaluation;

return await Commands.Root().Parse(args).InvokeAsync();
