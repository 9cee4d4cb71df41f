using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Assistant.Generation;

/// <summary>The HTTP client of a chat model: the standard resilience handler, tuned for models that think for long and a person who waits.</summary>
internal static class ChatHttp
{
    /// <summary>Name of the client.</summary>
    public const string Name = "chat";

    /// <summary>Retries after the first attempt.</summary>
    private const int Retries = 2;

    /// <summary>A longer wait that a server asks for (Retry-After) is told to the person instead of kept.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public static ServiceProvider Build(ChatModelSettings settings)
    {
        var services = new ServiceCollection();
        var client = services.AddHttpClient(Name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            // The factory's loggers write addresses and, at the lowest level, headers.
            .RemoveAllLoggers();
        if (TokenLimitName.IsOldAt(settings.Endpoint))
        {
            client.AddHttpMessageHandler(() => new TokenLimitName());
        }

        client.AddStandardResilienceHandler(options => Tune(options, settings));
        return services.BuildServiceProvider();
    }

    private static void Tune(HttpStandardResilienceOptions options, ChatModelSettings settings)
    {
        // Servers answer with headers when the first token is there: an attempt ends with them, the stream is watched by its reader.
        options.AttemptTimeout.Timeout = settings.FirstToken;
        options.TotalRequestTimeout.Timeout = settings.Total + TimeSpan.FromSeconds(1);
        options.CircuitBreaker.SamplingDuration = 2 * settings.FirstToken + TimeSpan.FromSeconds(1);
        options.CircuitBreaker.MinimumThroughput = 10;
        options.CircuitBreaker.FailureRatio = 0.9;
        options.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(10);
        options.Retry.MaxRetryAttempts = Retries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(300);
        options.Retry.BackoffType = DelayBackoffType.Exponential;
        options.Retry.UseJitter = true;
        options.Retry.ShouldRetryAfterHeader = true;
        options.Retry.ShouldHandle = arguments => ValueTask.FromResult(
            // A second attempt after a timeout would make a person wait twice for what was too slow once.
            arguments.Outcome is { Exception: HttpRequestException, Result: null }
            || (arguments.Outcome.Result is { } response && IsTransient(response.StatusCode) && WaitOf(response) <= LongestWait));
    }

    /// <summary>What a server asks to wait, by its own clock where it tells the time; zero when it asks for nothing.</summary>
    private static TimeSpan WaitOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - (response.Headers.Date ?? TimeProvider.System.GetUtcNow()),
        _ => TimeSpan.Zero,
    };

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status is >= 500 and not 501;
}
