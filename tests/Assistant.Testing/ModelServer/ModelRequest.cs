using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Assistant.Testing.ModelServer;

/// <summary>How the answer to a request ended.</summary>
public enum RequestEnd
{
    /// <summary>It was sent as scripted.</summary>
    Answered,

    /// <summary>The server broke it off, as scripted or because it stopped.</summary>
    Cut,

    /// <summary>The client did not wait for the end.</summary>
    ClientGone,
}

/// <summary>A message of a chat request.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, …</param>
/// <param name="Text">Its text; parts of it joined.</param>
public sealed record ModelMessage(string Role, string Text);

/// <summary>A piece of an answer and when it was handed to the network (<see cref="Stopwatch.GetTimestamp"/>).</summary>
public readonly record struct SentPiece(string Text, long Timestamp);

/// <summary>A request as it arrived.</summary>
public sealed class ModelRequest
{
    private readonly TaskCompletionSource<RequestEnd> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<SentPiece> sent = new();

    private ModelRequest(string method, string path, IReadOnlyDictionary<string, string> headers, string text, DateTimeOffset at)
    {
        (Method, Path, Headers, Text, At) = (method, path, headers, text, at);
        try
        {
            Body = JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            Body = null;
        }
    }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path, e.g. <c>/v1/chat/completions</c>.</summary>
    public string Path { get; }

    /// <summary>All headers; names without regard to case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body as it was sent.</summary>
    public string Text { get; }

    /// <summary>The body as JSON; null when it is not an object.</summary>
    public JsonObject? Body { get; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The model asked for.</summary>
    public string? Model => Body?["model"] is JsonValue value && value.TryGetValue<string>(out var model) ? model : null;

    /// <summary>Whether the answer is to be streamed.</summary>
    public bool IsStreamed => Body?["stream"]?.GetValueKind() == JsonValueKind.True;

    /// <summary>The messages of a chat request.</summary>
    public IReadOnlyList<ModelMessage> Messages =>
        [.. (Body?["messages"] as JsonArray ?? []).OfType<JsonObject>().Select(message => new ModelMessage((string?)message["role"] ?? "", TextOf(message["content"])))];

    /// <summary>The text of all messages.</summary>
    public string Prompt => string.Join('\n', Messages.Select(message => message.Text));

    /// <summary>The texts to embed; token numbers are given as text.</summary>
    public IReadOnlyList<string> Inputs => Body?["input"] switch
    {
        JsonArray inputs when inputs.Count > 0 && inputs[0]?.GetValueKind() == JsonValueKind.Number => [inputs.ToJsonString()],
        JsonArray inputs => [.. inputs.Select(input => input?.GetValueKind() == JsonValueKind.String ? (string)input! : input?.ToJsonString() ?? "")],
        JsonValue input => [input.ToString()],
        _ => [],
    };

    /// <summary>The pieces of the answer that were sent so far.</summary>
    public IReadOnlyList<SentPiece> Sent => [.. sent];

    /// <summary>Completes when the answer is over.</summary>
    public Task<RequestEnd> Ended => ended.Task;

    internal static async Task<ModelRequest> ReadAsync(HttpRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancellationToken);
        return new ModelRequest(
            request.Method, request.Path.Value ?? "",
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            text, time.GetUtcNow());
    }

    internal void RecordSent(string piece) => sent.Enqueue(new SentPiece(piece, Stopwatch.GetTimestamp()));

    internal void End(RequestEnd end) => ended.TrySetResult(end);

    private static string TextOf(JsonNode? content) => content switch
    {
        JsonValue value => value.ToString(),
        JsonArray parts => string.Concat(parts.OfType<JsonObject>().Select(part => (string?)part["text"] ?? "")),
        _ => "",
    };
}
