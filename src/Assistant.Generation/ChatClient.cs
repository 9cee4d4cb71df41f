using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Assistant.Core.Generation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenAI;

namespace Assistant.Generation;

/// <summary>Runs prompts on a chat model through Semantic Kernel; every failure is a <see cref="LanguageModelException"/>. Thread-safe.</summary>
internal sealed class ChatClient : IDisposable
{
    /// <summary>What the SDK is given where an endpoint asks for no key: it cannot do without.</summary>
    private const string NoKey = "none";

    private readonly ChatModelSettings settings;
    private readonly ILogger logger;
    private readonly ServiceProvider http;
    private readonly Kernel kernel;

    /// <summary>Set when the endpoint has refused temperature or seed: it will not take them the next time either.</summary>
    private volatile bool isPlain;

    public ChatClient(ChatModelSettings settings, ILogger<ChatClient> logger)
    {
        this.settings = settings;
        this.logger = logger;
        http = ChatHttp.Build(settings);
        var client = new OpenAIClient(new ApiKeyCredential(settings.ApiKey ?? NoKey), new OpenAIClientOptions
        {
            Endpoint = settings.Endpoint,
            Transport = new HttpClientPipelineTransport(http.GetRequiredService<IHttpClientFactory>().CreateClient(ChatHttp.Name)),
            // Retries, and how long to wait, are decided in one place: the handlers of the HTTP client.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
        var builder = Kernel.CreateBuilder();
        builder.AddOpenAIChatCompletion(settings.Model, client);
        kernel = builder.Build();
    }

    /// <summary>What the model writes, as it is written.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="arguments">What is put into it.</param>
    /// <param name="mostTokens">The most tokens that are written.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="LanguageModelException">The model cannot be used.</exception>
    public async IAsyncEnumerable<string> StreamAsync(
        KernelFunction prompt, KernelArguments arguments, int mostTokens, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var (characters, first) = (0, TimeSpan.Zero);
        string? finish = null;
        for (var attempt = 0; ; attempt++)
        {
            var isRefused = false;
            var plain = isPlain;
            await using var pieces = kernel.InvokeStreamingAsync<StreamingChatMessageContent>(prompt, With(prompt, arguments, mostTokens, plain), cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                string? piece;
                try
                {
                    if (!await pieces.MoveNextAsync())
                    {
                        break;
                    }

                    piece = pieces.Current.Content;
                    finish = pieces.Current.Metadata?.GetValueOrDefault("FinishReason") as string ?? finish;
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    if (characters == 0 && attempt == 0 && !plain && ModelFailure.IsParameterRefused(exception) is { } status)
                    {
                        isPlain = isRefused = true;
                        Log.Simplified(logger, settings.Host, status);
                        break;
                    }

                    var (kind, message) = ModelFailure.Describe(exception, settings);
                    Log.Failed(logger, settings.Model, settings.Host, kind);
                    throw new LanguageModelException(message, exception);
                }

                if (!string.IsNullOrEmpty(piece))
                {
                    first = characters == 0 ? Stopwatch.GetElapsedTime(began) : first;
                    characters += piece.Length;
                    yield return piece;
                }
            }

            if (!isRefused)
            {
                if (ModelFailure.OfFinish(finish, characters, settings) is { } unfinished)
                {
                    Log.Failed(logger, settings.Model, settings.Host, unfinished.Kind);
                    throw new LanguageModelException(unfinished.Message);
                }

                var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                Log.Wrote(logger, settings.Model, characters, prompt.Name, elapsed, first.TotalMilliseconds);
                yield break;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    /// <summary>The arguments with the prompt's own settings and the bound that the caller sets; for an endpoint that refuses them, with none.</summary>
    private static KernelArguments With(KernelFunction prompt, KernelArguments arguments, int mostTokens, bool plain)
    {
        var own = new OpenAIPromptExecutionSettings();
        if (!plain)
        {
            own = (OpenAIPromptExecutionSettings)OpenAIPromptExecutionSettings
                .FromExecutionSettings(prompt.ExecutionSettings?[PromptExecutionSettings.DefaultServiceId]).Clone();
            own.MaxTokens = mostTokens;
        }

        return new KernelArguments(arguments, new Dictionary<string, PromptExecutionSettings> { [PromptExecutionSettings.DefaultServiceId] = own });
    }
}
