using Assistant.Core.Ingestion;
using Assistant.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Assistant.Console.Commands;

/// <summary>Puts the services of a command together.</summary>
internal static class ConsoleServices
{
    /// <summary>
    /// The services, with every setting checked. Settings come from <c>appsettings.json</c> in the current folder, then the
    /// environment, then the command line; the last wins.
    /// </summary>
    /// <param name="settings">Settings of the command line, by configuration key.</param>
    /// <param name="terminal">The streams.</param>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static IHost Build(IReadOnlyDictionary<string, string?> settings, Terminal terminal)
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
            .AddProvider(new StandardErrorLog(terminal));
        builder.AddAssistant();
        builder.Services.AddSingleton(terminal);
        builder.Services.AddSingleton<IndexUpdate>();
        var host = builder.Build();
        host.Services.GetRequiredService<IStartupValidator>().Validate();
        return host;
    }
}
