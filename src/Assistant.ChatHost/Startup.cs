using Assistant.ChatHost.Health;
using Assistant.ChatHost.Json;
using Assistant.Core.Embeddings;
using Assistant.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace Assistant.ChatHost;

/// <summary>Puts the host together and runs it; a start that fails says why in words that a person can act on.</summary>
internal static class Startup
{
    /// <summary>The address that is listened on unless one is configured.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>Runs the host until it is stopped, or asks one that runs how it is.</summary>
    /// <returns>The exit code: 0 stopped or well, 1 failed.</returns>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder> add, Action<WebApplication> use)
    {
        if (HealthProbe.IsAskedFor(args))
        {
            return await HealthProbe.RunAsync(args);
        }

        try
        {
            var builder = CreateBuilder(args);
            add(builder);
            await using var app = builder.Build();
            use(app);
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (Describe(exception) is { } lines)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, lines));
            return 1;
        }
    }

    private static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        // In front of all other sources, so that every one of them wins over it.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                // One line for each run of the ingestion is written by the host itself.
                ["Logging:LogLevel:Assistant.Core.Ingestion"] = "Warning",
                ["Logging:LogLevel:Assistant.Storage"] = "Warning",
                // Requests to the index and to models: what failed in the end is told by who made it.
                ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
                ["Logging:LogLevel:Polly"] = "None",
                // What is not ready is told to who asks, and is no error of the host's.
                ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
                ["Logging:LogLevel:ModelContextProtocol"] = "Warning",
                ["Logging:LogLevel:Assistant.ChatHost.Protection.ApiKeyHandler"] = "Warning",
            },
        });
        AddShortcuts(builder.Configuration, args);
        if (!IsAddressConfigured(builder.Configuration))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.AddAssistant();
        builder.AddJson();
        return builder;
    }

    /// <summary>Reads <c>--chat ollama:llama3.2</c> and <c>--embeddings ollama:nomic-embed-text</c>; the environment's variables are not meant by those words.</summary>
    private static void AddShortcuts(ConfigurationManager configuration, string[] args)
    {
        var given = new ConfigurationBuilder().AddCommandLine(args).Build();
        if (given["chat"] is { } chat)
        {
            configuration.AddInMemoryCollection(ChatShortcut.Read(chat)
                ?? throw new OptionsValidationException(Options.DefaultName, typeof(ChatOptions), [ChatShortcut.Mistake(chat)]));
        }

        if (given["embeddings"] is { } embeddings)
        {
            configuration.AddInMemoryCollection(EmbeddingShortcut.Read(embeddings)
                ?? throw new OptionsValidationException(Options.DefaultName, typeof(EmbeddingOptions), [EmbeddingShortcut.Mistake(embeddings)]));
        }
    }

    private static bool IsAddressConfigured(ConfigurationManager configuration) =>
        configuration["urls"] is not null || configuration["http_ports"] is not null || configuration["https_ports"] is not null
        || configuration.GetSection("Kestrel:Endpoints").Exists();

    private static IEnumerable<string>? Describe(Exception exception) => exception switch
    {
        OptionsValidationException wrong => wrong.Failures,
        EmbeddingUnavailableException unavailable => [unavailable.Message],
        IOException { InnerException: AddressInUseException } =>
            [$"{exception.Message} Stop the other program, or listen elsewhere with --urls http://localhost:PORT."],
        _ => null,
    };
}
