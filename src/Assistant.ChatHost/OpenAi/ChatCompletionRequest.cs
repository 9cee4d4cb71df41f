using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assistant.ChatHost.OpenAi;

/// <summary>What is read of a request of OpenAI's chat completions API; all that steers a model (temperature, seed, …) is ignored.</summary>
/// <param name="Messages">The conversation. The last message of the user is the question; system messages and the like are ignored.</param>
/// <param name="Model">The model's name, as <c>GET /v1/models</c> lists it.</param>
/// <param name="Stream">Whether the answer is sent as server-sent events.</param>
/// <param name="StreamOptions">What the stream holds beside the answer.</param>
/// <param name="N">Number of answers; there is one.</param>
/// <param name="ToolChoice">How tools are used; they never are, so that <c>required</c> is refused.</param>
/// <param name="ResponseFormat">Format of the answer's text; it is always text.</param>
internal sealed record ChatCompletionRequest(
    IReadOnlyList<ChatCompletionMessage> Messages,
    string? Model = null,
    bool? Stream = null,
    [property: JsonPropertyName("stream_options")] StreamOptions? StreamOptions = null,
    int? N = null,
    [property: JsonPropertyName("tool_choice")] JsonElement? ToolChoice = null,
    [property: JsonPropertyName("response_format")] ResponseFormat? ResponseFormat = null);

/// <summary>A message of the conversation.</summary>
/// <param name="Role"><c>user</c> or <c>assistant</c>; others are ignored.</param>
/// <param name="Content">Its text, or parts of which those of type <c>text</c> count.</param>
internal sealed record ChatCompletionMessage(string Role, MessageContent? Content = null);

/// <summary>What a stream holds beside the answer.</summary>
/// <param name="IncludeUsage">Whether a last chunk counts the tokens.</param>
internal sealed record StreamOptions([property: JsonPropertyName("include_usage")] bool? IncludeUsage = null);

/// <summary>Format of the answer's text.</summary>
/// <param name="Type"><c>text</c>.</param>
internal sealed record ResponseFormat(string? Type = null);
