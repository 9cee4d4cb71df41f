using Assistant.Core.Ingestion;
using Assistant.Hosting;
using Assistant.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Assistant.Ingestion;

/// <summary>Puts the worker together and runs it.</summary>
internal static class WorkerHost
{
    private static readonly string[] TelemetryAddresses = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>Runs until the work is done or, when the folder is followed, until the process is told to stop.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static async Task<int> RunAsync(WorkerRequest request, IReadOnlyDictionary<string, string?> settings, Terminal terminal)
    {
        using var host = CreateBuilder(request, settings, terminal).Build();
        if (request.Health)
        {
            return host.Services.GetRequiredService<WorkerHealth>().Tell(terminal);
        }

        var worker = host.Services.GetRequiredService<Worker>();
        await host.RunAsync();
        return worker.ExitCode;
    }

    /// <summary>The worker's services.</summary>
    internal static HostApplicationBuilder CreateBuilder(WorkerRequest request, IReadOnlyDictionary<string, string?> settings, Terminal terminal)
    {
        var builder = ShellHost.CreateBuilder(settings, terminal);
        builder.Services
            .AddSingleton(request)
            .AddSingleton(provider => provider.GetRequiredService<IOptions<AssistantOptions>>().Value.Ingestion)
            .AddSingleton<IngestionProgress>()
            .AddSingleton<EventView>()
            .AddSingleton<WorkerHealth>()
            .AddSingleton<IngestionRun>()
            .AddSingleton<FolderChanges>()
            .AddSingleton<Worker>()
            .AddHostedService(provider => provider.GetRequiredService<Worker>());
        AddTelemetry(builder);
        return builder;
    }

    /// <summary>Metrics go where the standard variables of OpenTelemetry say, and nowhere when they say nothing.</summary>
    private static void AddTelemetry(HostApplicationBuilder builder)
    {
        if (Array.Exists(TelemetryAddresses, name => !string.IsNullOrEmpty(builder.Configuration[name])))
        {
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(IngestionMetrics.MeterName).AddOtlpExporter());
        }
    }
}
