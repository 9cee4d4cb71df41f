using Assistant.Core.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Assistant.ChatHost.Telemetry;

/// <summary>Sends traces and metrics over OTLP where OpenTelemetry's own environment variables say to; else does nothing at all.</summary>
internal static class TelemetrySetup
{
    /// <summary>Any of them is a wish to export; they are settings of OpenTelemetry, which reads them and all others itself.</summary>
    private static readonly string[] Endpoints =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (!Endpoints.Any(name => !string.IsNullOrWhiteSpace(builder.Configuration[name])))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(QuestionTelemetry.Name).AddAspNetCoreInstrumentation())
            .WithMetrics(metrics => metrics
                .AddMeter(QuestionTelemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"))
            .UseOtlpExporter();
    }
}
