using Assistant.ChatHost.Problems;
using Assistant.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Assistant.ChatHost.Protection;

/// <summary>Keys, limits, timeouts, CORS and security headers, in the order that requests meet them.</summary>
internal static class ProtectionSetup
{
    private static readonly TimeSpan SlowStart = TimeSpan.FromSeconds(5);

    public static void AddProtection(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        foreach (var setting in HttpSettings.All)
        {
            services.AddSingleton(setting);
        }

        services.AddOptions<HttpOptions>().Configure<IOptions<AssistantOptions>, IConfiguration>((options, settings, configuration) =>
        {
            // Checks all settings, those of this section too; only then can they be bound.
            _ = settings.Value;
            configuration.GetSection(HttpOptions.SectionName).Bind(options);
        });
        services.AddHostedService<OpenDoorWarning>();
        services.AddRateLimiter();
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<HttpOptions>>((limiter, http) => RateLimits.Apply(limiter, http.Value));
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<HttpOptions>>((cors, http) => Apply(cors, http.Value));
        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<HttpOptions>>((timeouts, http) => Apply(timeouts, http.Value));
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<HttpOptions>>((kestrel, http) => Apply(kestrel, http.Value));
        services.AddAuthentication(ApiKeyHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
        services.AddAuthorization();
        services.AddOptions<AuthorizationOptions>().Configure<IOptions<HttpOptions>>((authorization, http) => Apply(authorization, http.Value));
    }

    public static void UseProtection(this WebApplication app)
    {
        app.UseHostCheck();
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseRequestTimeouts();
        app.UseCharsetCheck();
    }

    private static void Apply(CorsOptions cors, HttpOptions http) => cors.AddDefaultPolicy(policy => policy
        .WithOrigins([.. http.CorsOrigins])
        .AllowAnyHeader()
        .WithMethods(HttpMethods.Get, HttpMethods.Post)
        .WithExposedHeaders(HeaderNames.RetryAfter));

    private static void Apply(RequestTimeoutOptions timeouts, HttpOptions http) => timeouts.DefaultPolicy = new RequestTimeoutPolicy
    {
        Timeout = TimeSpan.FromSeconds(http.RequestTimeoutSeconds),
        WriteTimeoutResponse = context => Problem.WriteAsync(context, Problem.TimedOut(http.RequestTimeoutSeconds)),
    };

    private static void Apply(KestrelServerOptions kestrel, HttpOptions http)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = http.MaxBodyBytes;
        // At this pace the largest body arrives within the request's time; a slower one is told so instead of timing out.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(Math.Max(240, http.MaxBodyBytes / (double)http.RequestTimeoutSeconds), SlowStart);
    }

    private static void Apply(AuthorizationOptions authorization, HttpOptions http)
    {
        if (http.ApiKeys.Count > 0)
        {
            // For every endpoint that does not say otherwise: what is forgotten is closed.
            authorization.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        }
    }
}
