using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assistant.Testing.ModelServer;

/// <summary>What OpenAI's endpoint refuses, so that a client of the product cannot send what only a lenient fake would take.</summary>
internal static class RequestRules
{
    private const int MostInputs = 2048;
    private const int MostInputTokens = 8192;
    private const string Invalid = "invalid_request_error";

    private static readonly HashSet<string> ChatParameters =
    [
        "messages", "model", "audio", "frequency_penalty", "function_call", "functions", "logit_bias", "logprobs", "max_completion_tokens",
        "max_tokens", "metadata", "modalities", "n", "parallel_tool_calls", "prediction", "presence_penalty", "prompt_cache_key",
        "reasoning_effort", "response_format", "safety_identifier", "seed", "service_tier", "stop", "store", "stream", "stream_options",
        "temperature", "tool_choice", "tools", "top_logprobs", "top_p", "user", "verbosity", "web_search_options",
    ];

    private static readonly HashSet<string> EmbeddingParameters = ["input", "model", "encoding_format", "dimensions", "user"];

    private static readonly HashSet<string> Roles = ["system", "developer", "user", "assistant", "tool", "function"];

    /// <summary>What is wrong with any request; null when nothing is.</summary>
    public static ModelReply? Refusal(ModelRequest request, ScriptedModelServerOptions options)
    {
        if (options.ApiKey is null)
        {
            return null;
        }

        var given = request.Headers.GetValueOrDefault("Authorization");
        return given == $"Bearer {options.ApiKey}" ? null
            : given is null ? ModelReply.Error(401, "You didn't provide an API key.", Invalid)
            : ModelReply.Unauthorized();
    }

    /// <summary>What is wrong with a chat request; null when nothing is.</summary>
    public static ModelReply? ChatRefusal(ModelRequest request, ScriptedModelServerOptions options)
    {
        if (Common(request, options, ChatParameters) is { } refusal)
        {
            return refusal;
        }

        var body = request.Body!;
        return Messages(body["messages"])
            ?? Range(body, "temperature", 0, 2)
            ?? Range(body, "top_p", 0, 1)
            ?? Range(body, "n", 1, 1)
            ?? Range(body, "max_tokens", 1, int.MaxValue)
            ?? Range(body, "max_completion_tokens", 1, int.MaxValue)
            ?? Kind(body, "stream", JsonValueKind.True, JsonValueKind.False)
            ?? Kind(body, "seed", JsonValueKind.Number)
            ?? (body.ContainsKey("max_tokens") && body.ContainsKey("max_completion_tokens")
                ? Bad("Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.", "max_tokens") : null)
            ?? (body["stream_options"] is not null && !request.IsStreamed
                ? Bad("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options") : null);
    }

    /// <summary>What is wrong with a request for embeddings; null when nothing is.</summary>
    public static ModelReply? EmbeddingsRefusal(ModelRequest request, ScriptedModelServerOptions options)
    {
        if (Common(request, options, EmbeddingParameters) is { } refusal)
        {
            return refusal;
        }

        var body = request.Body!;
        var inputs = request.Inputs;
        return body["encoding_format"] is { } format && format.ToString() is not ("float" or "base64")
                ? Bad($"'{format}' is not one of ['float', 'base64'] - 'encoding_format'", "encoding_format")
            : inputs.Count is 0 or > MostInputs || inputs.Any(input => input.Length == 0) ? Bad("'$.input' is invalid.", "input")
            : inputs.Any(input => OpenAiJson.Tokens(input.Length) > MostInputTokens)
                ? Bad($"This model's maximum context length is {MostInputTokens} tokens.", "input")
            : Range(body, "dimensions", 1, options.Dimensions);
    }

    private static FaultReply? Common(ModelRequest request, ScriptedModelServerOptions options, HashSet<string> known)
    {
        if (request.Headers.GetValueOrDefault("Content-Type")?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return ModelReply.Error(415, "Unsupported content type. Use 'application/json'.", Invalid, code: "unsupported_content_type");
        }

        if (request.Body is not { } body)
        {
            return ModelReply.Error(400, "We could not parse the JSON body of your request.", Invalid);
        }

        if (body.Select(pair => pair.Key).FirstOrDefault(key => !known.Contains(key) || options.UnsupportedParameters.Contains(key)) is { } unknown)
        {
            return ModelReply.UnknownParameter(unknown);
        }

        return request.Model is not { } model ? Bad("you must provide a model parameter", "model")
            : options.Models.Contains(model) ? null
            : ModelReply.ModelNotFound(model);
    }

    private static FaultReply? Messages(JsonNode? messages)
    {
        if (messages is not JsonArray { Count: > 0 } list)
        {
            return Bad("Invalid 'messages': empty array. Expected an array with minimum length 1.", "messages");
        }

        for (var m = 0; m < list.Count; m++)
        {
            if (list[m] is not JsonObject message || message["role"] is not JsonValue role || !Roles.Contains(role.ToString()))
            {
                return Bad($"Invalid value: 'messages[{m}].role'.", $"messages[{m}].role");
            }

            var mayBeNull = role.ToString() == "assistant" && message["tool_calls"] is JsonArray { Count: > 0 };
            if (!(mayBeNull && message["content"] is null) && !IsContent(message["content"]))
            {
                return Bad($"Invalid value for 'content': expected a string, got {message["content"]?.GetValueKind().ToString() ?? "null"}.", $"messages.[{m}].content");
            }
        }

        return null;
    }

    private static bool IsContent(JsonNode? content) => content switch
    {
        JsonValue value => value.GetValueKind() == JsonValueKind.String,
        JsonArray parts => parts.Count > 0 && parts.All(part => part is JsonObject && part["type"] is not null),
        _ => false,
    };

    private static FaultReply? Range(JsonObject body, string name, double smallest, double largest) =>
        Kind(body, name, JsonValueKind.Number)
        ?? (body[name] is { } value && !((double)value >= smallest && (double)value <= largest)
            ? Bad($"Invalid '{name}': expected a value from {smallest} to {largest}, but got {value.ToJsonString()} instead.", name) : null);

    private static FaultReply? Kind(JsonObject body, string name, params JsonValueKind[] kinds) =>
        body[name] is { } value && !kinds.Contains(value.GetValueKind())
            ? Bad($"Invalid type for '{name}': got {value.GetValueKind()} instead.", name) : null;

    private static FaultReply Bad(string message, string parameter) => ModelReply.Error(400, message, Invalid, parameter);
}
