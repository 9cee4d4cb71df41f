using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using OpenAI;
using OpenAI.Embeddings;
using Polly;

namespace Assistant.Embeddings.OpenAI;

/// <summary>
/// The OpenAI SDK over HTTP clients with the standard resilience handler: one for passages, which is patient, and one for questions, which is not.
/// </summary>
internal sealed class ServiceClients : IDisposable
{
    private const string Patient = "passages";
    private const string Prompt = "questions";

    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);

    private readonly ServiceProvider services;

    public ServiceClients(OpenAIModel model)
    {
        // A container of its own: a program that embeds by itself does not carry this.
        var collection = new ServiceCollection();
        Add(collection, Patient, options =>
        {
            options.AttemptTimeout.Timeout = model.RequestTime;
            options.TotalRequestTimeout.Timeout = 4 * model.RequestTime;
            options.CircuitBreaker.SamplingDuration = 2 * model.RequestTime;
            options.Retry.MaxRetryAttempts = 4;
            options.Retry.BackoffType = DelayBackoffType.Exponential;
            options.Retry.Delay = model.RetryDelay;
        });
        Add(collection, Prompt, options =>
        {
            // How long a question waits in all is the caller's business.
            options.AttemptTimeout.Timeout = model.RequestTime;
            options.TotalRequestTimeout.Timeout = model.RequestTime;
            options.CircuitBreaker.SamplingDuration = 2 * model.RequestTime;
            options.Retry.MaxRetryAttempts = 1;
            options.Retry.Delay = model.RetryDelay;
        });
        services = collection.BuildServiceProvider();
        Passages = Create(Patient, model);
        Questions = Create(Prompt, model);
    }

    /// <summary>For passages.</summary>
    public EmbeddingClient Passages { get; }

    /// <summary>For questions.</summary>
    public EmbeddingClient Questions { get; }

    public void Dispose() => services.Dispose();

    private static void Add(ServiceCollection services, string name, Action<HttpStandardResilienceOptions> configure) => services
        .AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
        // Not redirected: key and texts go to the address that was configured and to no other.
        .UseSocketsHttpHandler((handler, _) =>
        {
            handler.AllowAutoRedirect = false;
            handler.ConnectTimeout = ConnectTime;
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(15);
        })
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        .RemoveAllLoggers()
        .AddStandardResilienceHandler(configure);

    private EmbeddingClient Create(string name, OpenAIModel model) => new(
        model.Model,
        // The SDK wants a key also for services that ask for none.
        new ApiKeyCredential(model.ApiKey ?? "none"),
        new OpenAIClientOptions
        {
            Endpoint = model.Endpoint,
            Transport = new HttpClientPipelineTransport(services.GetRequiredService<IHttpClientFactory>().CreateClient(name)),
            // Trying again is the resilience handler's business.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
}
