using Assistant.Core.Ingestion;
using Assistant.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assistant.Shell;

/// <summary>The services of a command-line program.</summary>
public static class ShellHost
{
    /// <summary>
    /// A host with the assistant's services. Settings come from <c>appsettings.json</c> in the current folder, then the
    /// environment, then the command line; the last wins. Warnings go to standard error.
    /// </summary>
    /// <param name="settings">Settings of the command line, by configuration key.</param>
    /// <param name="terminal">The streams.</param>
    public static HostApplicationBuilder CreateBuilder(IReadOnlyDictionary<string, string?> settings, Terminal terminal)
    {
        // The empty builder: the defaults of the full one (file watchers, event log, user secrets) cost more than an answer.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = Directory.GetCurrentDirectory(),
        });
        builder.Configuration
            .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(settings);
        builder.Logging
            .SetMinimumLevel(LogLevel.Warning)
            // What ingestion warns of arrives as events, which are told already.
            .AddFilter(typeof(CorpusReconciler).FullName, LogLevel.Error)
            // What fails with a language model is told with the answer.
            .AddFilter("Assistant.Generation", LogLevel.Error)
            // What failed in the end is told by who asked; what was tried again is nobody's trouble.
            .AddFilter("Polly", LogLevel.None)
            .AddProvider(new StandardErrorLog(terminal));
        builder.AddAssistant();
        builder.Services.AddSingleton(terminal);
        return builder;
    }
}
