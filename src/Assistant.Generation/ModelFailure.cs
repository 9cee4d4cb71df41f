using System.ClientModel;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.SemanticKernel;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Assistant.Generation;

/// <summary>Tells what went wrong with a model, in words that a person can act on and without what a server said: that may hold keys and prompts.</summary>
internal static class ModelFailure
{
    /// <summary>The status when an endpoint refused a request for one of its parameters, as models without temperature or seed do.</summary>
    public static int? IsParameterRefused(Exception exception) =>
        StatusOf(exception) is 400 or 422 ? StatusOf(exception) : null;

    /// <summary>The kind for the log, and the sentence for the person.</summary>
    public static (string Kind, string Message) Describe(Exception exception, ChatModelSettings settings)
    {
        var at = $"The language model at {settings.Host}";
        if (StatusOf(exception) is { } status)
        {
            return ($"status {status.ToString(CultureInfo.InvariantCulture)}", status switch
            {
                401 or 403 => $"{at} refuses the key; set Assistant:Chat:ApiKey.",
                404 => $"{at} does not know the model '{settings.Model}' or has no such address; check Assistant:Chat:Model and Assistant:Chat:Endpoint.",
                429 => $"{at} has too much to do or the account's limit is reached{Wait(exception)}.",
                400 or 413 or 422 => $"{at} does not take the request (status {status}); check that Assistant:Chat:ContextTokens fits the model.",
                >= 500 => $"{at} has failed (status {status}).",
                _ => $"{at} answered with status {status}.",
            });
        }

        return Causes(exception).Select(cause => cause switch
        {
            BrokenCircuitException => ("circuit open", $"{at} has failed repeatedly and is left alone for some seconds."),
            TimeoutRejectedException or TimeoutException or OperationCanceledException => ("timeout", $"{at} took too long."),
            SocketException => ("not reachable", $"{at} cannot be reached."),
            JsonException or FormatException => ("not understood", $"{at} answered with something that is not understood."),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } =>
                ("not reachable", $"{at} cannot be reached."),
            HttpIOException or IOException => ("stream broken", $"{at} broke off."),
            _ => ((string, string)?)null,
        }).FirstOrDefault(found => found is not null) ?? (exception.GetType().Name, $"{at} has failed.");
    }

    /// <summary>What went wrong with a stream that came to an end; null when nothing did.</summary>
    /// <param name="finish">Why the model stopped, as OpenAI's API names it; null when the stream did not say.</param>
    /// <param name="characters">What was written.</param>
    /// <param name="settings">The model.</param>
    public static (string Kind, string Message)? OfFinish(string? finish, int characters, ChatModelSettings settings)
    {
        var at = $"The language model at {settings.Host}";
        return finish?.ToUpperInvariant() switch
        {
            null when characters > 0 => ("stream broken", $"{at} broke off."),
            "LENGTH" => ("too long", $"{at} came to the most tokens of an answer (Assistant:Chat:MaxAnswerTokens)."),
            "CONTENTFILTER" or "CONTENT_FILTER" => ("filtered", $"{at} was stopped by its content filter."),
            _ => null,
        };
    }

    /// <summary>What the server asks to wait, in words; empty when it asks for nothing.</summary>
    private static string Wait(Exception exception)
    {
        var header = Causes(exception).OfType<ClientResultException>().FirstOrDefault()?.GetRawResponse()?.Headers;
        return header is not null && header.TryGetValue("Retry-After", out var value)
            && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? $"; it asks to wait {seconds.ToString(CultureInfo.InvariantCulture)} s"
            : "";
    }

    private static int? StatusOf(Exception exception) => Causes(exception).Select(cause => cause switch
    {
        ClientResultException { Status: > 0 } refused => refused.Status,
        HttpOperationException { StatusCode: { } code } => (int)code,
        HttpRequestException { StatusCode: { } code } => (int)code,
        _ => (int?)null,
    }).FirstOrDefault(status => status is not null and not 200);

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
