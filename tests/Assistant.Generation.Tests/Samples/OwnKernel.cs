using Assistant.Core.Answering;
using Assistant.Generation.Kernels;
using Assistant.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace Assistant.Generation.Tests.Samples;

/// <summary>The sample of the README: the corpus in a kernel of one's own.</summary>
internal static class OwnKernel
{
    public static async Task RunAsync(string[] args, Uri endpoint, string model, string key, TextWriter output)
    {
        // <sample>
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddAssistant();                                    // the same settings as the programs; their index is used
        using var host = builder.Build();

        var kernel = Kernel.CreateBuilder().AddOpenAIChatCompletion(model, endpoint, key).Build();
        kernel.Plugins.AddCorpus(host.Services);                   // functions corpus.ask, corpus.search and corpus.documents

        // Ask the documents yourself …
        var answer = await kernel.InvokeAsync<Answer>("corpus", "ask", new() { ["question"] = "Why was the northern lock closed?" });
        foreach (var citation in answer!.Citations)
        {
            output.WriteLine($"[{citation.Number}] {citation.DocumentId}, version {citation.Version}, {citation.Start}–{citation.End}: “{citation.Quote}”");
        }

        // … or let your model decide when to.
        var settings = new OpenAIPromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };
        output.WriteLine(await kernel.InvokePromptAsync("Why was the northern lock closed? Keep the citations.", new(settings)));
        // </sample>
    }
}
