using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Refit;

namespace Assistant.Storage.Qdrant.Rest;

/// <summary>Makes the typed client: connections, key, timeouts, retries.</summary>
internal static class RestClientSetup
{
    private const string ClientName = "Qdrant";
    private const int Retries = 3;

    public static void AddRestClient(this IServiceCollection services)
    {
        services.AddRefitGeneratedClient<IQdrantRest>(new RefitSettings(new SystemTextJsonContentSerializer(QdrantJson.Wire.Options)), ClientName)
            .ConfigureHttpClient((provider, client) =>
            {
                var options = provider.GetRequiredService<QdrantStoreOptions>();
                client.BaseAddress = options.Url;
                // Attempts are timed below; a limit here would end their retries.
                client.Timeout = Timeout.InfiniteTimeSpan;
                if (!string.IsNullOrEmpty(options.ApiKey))
                {
                    client.DefaultRequestHeaders.Add("api-key", options.ApiKey);
                }
            })
            // The factory logs headers at Trace; the key is none of its business.
            .RedactLoggedHeaders(["api-key"])
            .AddStandardResilienceHandler()
            .Configure((resilience, provider) =>
            {
                var options = provider.GetRequiredService<QdrantStoreOptions>();
                resilience.AttemptTimeout.Timeout = options.Timeout;
                resilience.TotalRequestTimeout.Timeout = (Retries + 1) * options.Timeout + TimeSpan.FromSeconds(30);
                resilience.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(Math.Max(30, 2 * options.Timeout.TotalSeconds));
                resilience.Retry.MaxRetryAttempts = Retries;
                resilience.Retry.Delay = options.RetryDelay;
                resilience.Retry.BackoffType = DelayBackoffType.Exponential;
                resilience.Retry.UseJitter = true;
                resilience.Retry.ShouldRetryAfterHeader = true;
                var transient = resilience.Retry.ShouldHandle;
                resilience.Retry.ShouldHandle = async failure =>
                    IsIdempotent(failure.Outcome.Result?.RequestMessage ?? failure.Context.GetRequestMessage()) && await transient(failure);
            });
        services.AddSingleton<IQdrantClient, RestQdrantClient>();
    }

    /// <summary>
    /// Whether the request may be sent twice. Reads may. Writes of points are upserts, overwrites and deletions by id or filter, made
    /// one after the other by the one writer, so a second time changes nothing; and what a conditional one did is read back. Making
    /// and deleting collections and moving aliases are tried once: after a lost answer their second try would be refused.
    /// </summary>
    internal static bool IsIdempotent(HttpRequestMessage? request) =>
        request is { RequestUri.AbsolutePath: var path }
        && (request.Method == HttpMethod.Get || path.Contains("/points", StringComparison.Ordinal) || path.EndsWith("/index", StringComparison.Ordinal));
}
