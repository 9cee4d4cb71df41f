using System.Text.Json.Nodes;

namespace Assistant.Testing.ModelServer;

/// <summary>The bodies that OpenAI's endpoint sends.</summary>
internal static class OpenAiJson
{
    /// <summary>Seconds since 1970 of everything that this server made; fixed, so that runs are alike.</summary>
    public const long Created = 1_764_000_000;

    private const int CharactersPerToken = 4;

    public static JsonObject Error(string message, string type, string? parameter, string? code) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = parameter, ["code"] = code },
    };

    public static JsonObject Completion(
        ModelRequest request, string? content, string? refusal, ScriptedToolCall? tool, string finishReason, int length)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = content, ["refusal"] = refusal, ["annotations"] = new JsonArray() };
        if (tool is not null)
        {
            message["tool_calls"] = ToolCalls(tool);
        }

        return new JsonObject
        {
            ["id"] = Id(request),
            ["object"] = "chat.completion",
            ["created"] = Created,
            ["model"] = request.Model,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0, ["message"] = message, ["logprobs"] = null, ["finish_reason"] = finishReason,
            }),
            ["usage"] = Usage(request, length),
            ["service_tier"] = "default",
            ["system_fingerprint"] = "fp_test",
        };
    }

    public static JsonArray ToolCalls(ScriptedToolCall tool) => new(new JsonObject
    {
        ["id"] = "call_test",
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = tool.Function, ["arguments"] = tool.Arguments },
    });

    public static JsonObject Usage(ModelRequest request, int length)
    {
        var (prompt, completion) = (Tokens(request.Prompt.Length), Tokens(length));
        return new JsonObject
        {
            ["prompt_tokens"] = prompt,
            ["completion_tokens"] = completion,
            ["total_tokens"] = prompt + completion,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 0, ["audio_tokens"] = 0 },
            ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
        };
    }

    public static string Id(ModelRequest request) => $"chatcmpl-test{request.At.ToUnixTimeMilliseconds()}";

    public static int Tokens(int characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;
}

/// <summary>The chunks of one streamed answer, each as the event that carries it.</summary>
internal sealed class ChunkShapes(ModelRequest request)
{
    private readonly bool includesUsage = request.Body?["stream_options"]?["include_usage"]?.GetValue<bool>() == true;

    public string First() => Piece(new JsonObject { ["role"] = "assistant", ["content"] = "", ["refusal"] = null });

    public string Content(string piece) => Piece(new JsonObject { ["content"] = piece });

    public string Refusal(string text) => Piece(new JsonObject { ["refusal"] = text });

    public string ToolCall(ScriptedToolCall tool)
    {
        var calls = OpenAiJson.ToolCalls(tool);
        calls[0]!["index"] = 0;
        return Piece(new JsonObject { ["tool_calls"] = calls });
    }

    /// <summary>The finish, the count of tokens when it was asked for, and the end mark.</summary>
    public string Last(string finishReason, int length)
    {
        var finish = Piece([], finishReason);
        if (includesUsage)
        {
            var counted = Chunk(new JsonArray());
            counted["usage"] = OpenAiJson.Usage(request, length);
            finish += Event(counted);
        }

        return finish + "data: [DONE]\n\n";
    }

    private string Piece(JsonObject delta, string? finishReason = null) => Event(Chunk(new JsonArray(new JsonObject
    {
        ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finishReason,
    })));

    private static string Event(JsonNode chunk) => $"data: {chunk.ToJsonString()}\n\n";

    private JsonObject Chunk(JsonArray choices)
    {
        var chunk = new JsonObject
        {
            ["id"] = OpenAiJson.Id(request),
            ["object"] = "chat.completion.chunk",
            ["created"] = OpenAiJson.Created,
            ["model"] = request.Model,
            ["service_tier"] = "default",
            ["system_fingerprint"] = "fp_test",
            ["choices"] = choices,
        };
        if (includesUsage)
        {
            chunk["usage"] = null;
        }

        return chunk;
    }
}
