using System.Globalization;
using System.Text.Json.Nodes;

namespace Assistant.Testing.ModelServer;

/// <summary>What the server answers to one request. The members that make one name what goes right or wrong.</summary>
public abstract record ModelReply
{
    /// <summary>What must open before the head of the response is sent; null for at once.</summary>
    public Gate? Hold { get; init; }

    /// <summary>A model's text, streamed word by word when the request asks for a stream.</summary>
    public static TextReply Text(string text) => new TextReply(TextReply.Words(text));

    /// <summary>A model's text in these pieces.</summary>
    public static TextReply Pieces(params string[] pieces) => new(pieces);

    /// <summary>A model that says nothing and stops.</summary>
    public static TextReply Empty() => new([]);

    /// <summary>A model that repeats itself until the client goes, whatever limit the request sets.</summary>
    public static TextReply Endless(string piece) => new(Forever(piece));

    /// <summary>A model that wants a tool called, whether one was offered or not.</summary>
    public static TextReply ToolCall(string function, string arguments) =>
        new([]) { FinishReason = "tool_calls", Tool = new ScriptedToolCall(function, arguments) };

    /// <summary>A model that refuses, in the field that is there for it.</summary>
    public static TextReply Refused(string refusal) => new([]) { Refusal = refusal };

    /// <summary>An answer that the endpoint's filter broke off.</summary>
    public static TextReply Filtered(string text) => Text(text) with { FinishReason = "content_filter" };

    /// <summary>An error in OpenAI's shape.</summary>
    public static FaultReply Error(int status, string message, string type, string? parameter = null, string? code = null) =>
        new(status, OpenAiJson.Error(message, type, parameter, code).ToJsonString());

    /// <summary>401.</summary>
    /// <param name="said">What the message repeats of the key, as careless endpoints do.</param>
    public static FaultReply Unauthorized(string said = "sk-****") => Error(
        401, $"Incorrect API key provided: {said}. You can find your API key at https://platform.openai.com/account/api-keys.",
        "invalid_request_error", code: "invalid_api_key");

    /// <summary>403.</summary>
    public static FaultReply Forbidden() => Error(
        403, "Country, region, or territory not supported", "request_forbidden", code: "unsupported_country_region_territory");

    /// <summary>404 for a model that is not there.</summary>
    public static FaultReply ModelNotFound(string model) => Error(
        404, $"The model `{model}` does not exist or you do not have access to it.", "invalid_request_error", code: "model_not_found");

    /// <summary>400 for a parameter that the endpoint does not know.</summary>
    public static FaultReply UnknownParameter(string parameter) => Error(
        400, $"Unrecognized request argument supplied: {parameter}", "invalid_request_error", parameter, "unknown_parameter");

    /// <summary>429.</summary>
    /// <param name="retryAfter">When to come again, in whole seconds; null when the endpoint does not say.</param>
    public static FaultReply RateLimited(TimeSpan? retryAfter = null) => Error(
        429, "Rate limit reached for requests. Please try again later.", "requests", code: "rate_limit_exceeded") with { RetryAfter = retryAfter };

    /// <summary>An error of the server, or of what stands before it, in OpenAI's shape.</summary>
    public static FaultReply ServerError(int status = 500) => Error(
        status, "The server had an error while processing your request.", "server_error");

    /// <summary>An error page of what stands before the server.</summary>
    public static FaultReply ErrorPage(int status) => new(status, $"<html><head><title>{status}</title></head><body>nginx</body></html>") { ContentType = "text/html" };

    /// <summary>Success with a body that is not what was asked for.</summary>
    public static FaultReply Nonsense(string body, string contentType = "application/json") => new(200, body) { ContentType = contentType };

    /// <summary>A connection that breaks before anything is said.</summary>
    public static ModelReply Dropped() => new DroppedReply();

    /// <summary>Nothing at all until the client goes or the server stops.</summary>
    public static ModelReply Silence() => new DroppedReply { Hold = new Gate() };

    internal async Task WriteAsync(Exchange exchange)
    {
        if (Hold is not null)
        {
            await Hold.PassAsync(exchange.Ending);
        }

        await WriteBodyAsync(exchange);
    }

    private protected abstract Task WriteBodyAsync(Exchange exchange);

    private static IEnumerable<string> Forever(string piece)
    {
        while (true)
        {
            yield return piece;
        }
    }
}

/// <summary>A response with a status and a body.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
public sealed record FaultReply(int Status, string Body) : ModelReply
{
    /// <summary>What the body is said to be.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Value of <c>Retry-After</c>, in whole seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }

    private protected override Task WriteBodyAsync(Exchange exchange)
    {
        exchange.Response.StatusCode = Status;
        exchange.Response.ContentType = ContentType;
        if (RetryAfter is { } wait)
        {
            exchange.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return exchange.SendAsync(Body);
    }
}

/// <summary>No response.</summary>
internal sealed record DroppedReply : ModelReply
{
    private protected override Task WriteBodyAsync(Exchange exchange)
    {
        exchange.Cut();
        return Task.CompletedTask;
    }
}

/// <summary>The models there are.</summary>
internal sealed record ModelListReply(IReadOnlyList<string> Models) : ModelReply
{
    private protected override Task WriteBodyAsync(Exchange exchange)
    {
        exchange.Response.ContentType = "application/json";
        return exchange.SendAsync(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. Models.Select(model => new JsonObject
            {
                ["id"] = model, ["object"] = "model", ["created"] = OpenAiJson.Created, ["owned_by"] = "test",
            })]),
        }.ToJsonString());
    }
}
