using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Assistant.Console.Commands;

/// <summary>Puts the services of a command together.</summary>
internal static class ConsoleServices
{
    /// <summary>The services, with every setting checked.</summary>
    /// <param name="settings">Settings of the command line, by configuration key.</param>
    /// <param name="terminal">The streams.</param>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static IHost Build(IReadOnlyDictionary<string, string?> settings, Terminal terminal)
    {
        var builder = ShellHost.CreateBuilder(settings, terminal);
        builder.Services.AddSingleton<IndexUpdate>();
        var host = builder.Build();
        host.Services.GetRequiredService<IStartupValidator>().Validate();
        return host;
    }
}
