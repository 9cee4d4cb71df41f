using System.Globalization;
using System.Threading.RateLimiting;
using Assistant.ChatHost.Problems;
using Microsoft.AspNetCore.RateLimiting;

namespace Assistant.ChatHost.Protection;

/// <summary>Limits the requests of each key, or of each address where no keys are configured.</summary>
internal static class RateLimits
{
    /// <summary>The allowance of a minute is given in as many parts, so that a client that used it up waits seconds, not a minute.</summary>
    private const int PartsOfMinute = 12;

    public static void Apply(RateLimiterOptions limiter, HttpOptions options)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = async (rejected, cancellationToken) =>
        {
            var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, Math.Ceiling(wait.TotalSeconds)) : 1;
            rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await Problem.WriteAsync(rejected.HttpContext, Problem.Refused(
                StatusCodes.Status429TooManyRequests,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"More than {options.RequestsPerMinute} requests a minute. Wait {seconds} seconds, then go on more slowly.")));
        };
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            context.GetEndpoint()?.Metadata.GetMetadata<UnlimitedAttribute>() is not null || options.RequestsPerMinute == 0
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetTokenBucketLimiter(Caller(context), _ => Bucket(options.RequestsPerMinute)));
    }

    private static string Caller(HttpContext context) =>
        context.User.Identity?.Name ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static TokenBucketRateLimiterOptions Bucket(int perMinute) => new()
    {
        TokenLimit = perMinute,
        TokensPerPeriod = Math.Max(1, perMinute / PartsOfMinute),
        ReplenishmentPeriod = TimeSpan.FromMinutes(Math.Max(1.0 / PartsOfMinute, 1.0 / perMinute)),
        QueueLimit = 0,
    };
}

/// <summary>Marks an endpoint that is never limited.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnlimitedAttribute : Attribute;
