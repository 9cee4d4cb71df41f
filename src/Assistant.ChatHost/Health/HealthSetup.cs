using Assistant.ChatHost.Indexing;
using Assistant.ChatHost.Protection;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Assistant.ChatHost.Health;

/// <summary><c>GET /health/live</c> and <c>GET /health/ready</c></summary>
internal static class HealthSetup
{
    private const string Ready = "ready";

    public static void AddHealth(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<IndexKeeper>("index", tags: [Ready]);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health");
        group.AllowAnonymous().DisableRequestTimeout().WithMetadata(new UnlimitedAttribute());
        group.MapHealthChecks("/live", new HealthCheckOptions { Predicate = _ => false });
        group.MapHealthChecks("/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(Ready),
            ResponseWriter = async (context, report) => await context.Response.WriteAsync(
                string.Join('\n', report.Entries.Values.Select(entry => $"{entry.Status}: {entry.Description}"))),
        });
    }
}
