using System.ClientModel;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assistant.Core.Embeddings;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Assistant.Embeddings.OpenAI;

/// <summary>
/// Says in a person's words what is wrong with a service, and which setting to look at. What the service answered is not repeated:
/// it may hold a part of the key or of a text.
/// </summary>
internal sealed partial class ServiceErrors(OpenAIModel model, string name, bool asksForDimensions)
{
    private const string Settings = "Assistant:Embeddings";

    /// <summary>The error to tell for one of the SDK's.</summary>
    public Exception Translate(Exception error) => error switch
    {
        ClientResultException { Status: 400 or 413 or 422 } refused => new TextsRefusedException(refused.Status, Describe(refused)),
        ClientResultException { Status: > 0 } failed => Describe(failed),
        // A connection that breaks comes wrapped by the SDK.
        ClientResultException { InnerException: { } cause } => Translate(cause),
        HttpRequestException unreachable => new EmbeddingUnavailableException(
            $"{name} cannot be reached: {unreachable.Message.TrimEnd('.')}. Is it running? Setting {Settings}:Endpoint.", unreachable),
        TimeoutRejectedException => new EmbeddingUnavailableException(
            $"{name} did not answer in time; a request may take {model.RequestTime.TotalSeconds:0.#} seconds (setting {Settings}:RequestSeconds)."),
        BrokenCircuitException => new EmbeddingUnavailableException($"{name} has failed too often; it is left alone for a moment."),
        IOException broken => new EmbeddingUnavailableException($"The connection to {Lower(name)} broke off.", broken),
        _ => new EmbeddingUnavailableException(
            $"{name} does not answer like an OpenAI-compatible embedding service ({error.GetType().Name}). Settings {Settings}:Endpoint and {Settings}:Model."),
    };

    /// <summary>An answer that is well-formed and wrong.</summary>
    public EmbeddingUnavailableException WrongAnswer(string what) => new($"{name} {what}. Setting {Settings}:Endpoint.");

    private EmbeddingUnavailableException Describe(ClientResultException error) => new(error.Status switch
    {
        401 or 403 => $"{name} refuses the key ({Status(error)}). "
            + (model.ApiKey is null ? $"Set {Settings}:ApiKey." : $"Check {Settings}:ApiKey, or OPENAI_API_KEY."),
        404 => $"{name} knows no such model or address ({Status(error)}). Check {Settings}:Model and {Settings}:Endpoint"
            + (model.Endpoint.Port == OllamaPort ? $", or fetch the model: ollama pull {model.Model}" : "") + ".",
        429 => $"{name} asks to slow down ({Status(error)}) and did not stop doing so. Try again later, or lower {Settings}:Parallelism.",
        400 or 413 or 422 => $"{name} refuses the request ({Status(error)}). Check {Settings}:Model"
            + (asksForDimensions ? $", and whether it takes {Settings}:Dimensions" : "") + $"; {Settings}:MaxTokens and {Settings}:BatchTexts make requests smaller.",
        >= 300 and < 400 => $"{name} sends elsewhere ({Status(error)}), which is not followed. Set {Settings}:Endpoint to the address itself.",
        _ => $"{name} has trouble of its own ({Status(error)}). Try again later.",
    });

    private const int OllamaPort = 11434;

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>The status with the service's own code for the error, if it is a plain word.</summary>
    private static string Status(ClientResultException error)
    {
        try
        {
            using var body = JsonDocument.Parse(error.GetRawResponse()?.Content.ToMemory() ?? default);
            if (body.RootElement.TryGetProperty("error", out var details)
                && details.ValueKind == JsonValueKind.Object
                && details.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.String
                && PlainWord().IsMatch(code.GetString()!))
            {
                return $"{error.Status}, {code.GetString()}";
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The status says enough.
        }

        return $"{error.Status}";
    }

    [GeneratedRegex("^[a-z_]{1,40}$")]
    private static partial Regex PlainWord();
}
