using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Assistant.ChatHost.Problems;

/// <summary>The problems that a client can be told of. Every detail names the fix.</summary>
internal static class Problem
{
    private const int LongestEcho = 200;

    public static ProblemDetails Refused(int status, string detail)
    {
        var problem = new ProblemDetails { Detail = detail };
        Complete(problem, status);
        return problem;
    }

    /// <summary>Fills in what a problem does not say yet.</summary>
    public static void Complete(ProblemDetails problem, int status)
    {
        problem.Status = status;
        problem.Title = ReasonPhrases.GetReasonPhrase(status);
        problem.Type = string.Create(CultureInfo.InvariantCulture, $"https://www.iana.org/assignments/http-status-codes#{status}");
        problem.Detail ??= status switch
        {
            StatusCodes.Status401Unauthorized => "This host wants an API key. Send it as 'Authorization: Bearer KEY' or 'x-api-key: KEY'.",
            StatusCodes.Status404NotFound => "There is nothing at this address. GET /openapi/v1.json describes what there is.",
            StatusCodes.Status405MethodNotAllowed => "This address knows other methods; the header Allow names them.",
            StatusCodes.Status406NotAcceptable => "The header Accept allows nothing that can be sent. Accept application/json or text/event-stream.",
            StatusCodes.Status408RequestTimeout => "The request came too slowly. Send it again, faster.",
            StatusCodes.Status413PayloadTooLarge => "The body is too large. Send less, or raise Assistant:Http:MaxBodyBytes.",
            StatusCodes.Status415UnsupportedMediaType => "Send the body as JSON, with the header 'Content-Type: application/json'.",
            >= 500 => "An error in the server. Try again; its log says more.",
            _ => "The request is malformed. GET /openapi/v1.json describes what is expected.",
        };
    }

    public static ProblemDetails NoDocument(string id, int? version) => Refused(
        StatusCodes.Status404NotFound,
        version is { } number
            ? $"There is no version {number} of '{Shorten(id)}'. GET /api/documents lists the documents, GET /api/documents/ID the versions of one."
            : $"There is no document '{Shorten(id)}'. GET /api/documents lists them.");

    public static ProblemDetails Unanswered(string detail) => Refused(StatusCodes.Status500InternalServerError, detail);

    public static ProblemDetails TimedOut(int seconds) => Refused(
        StatusCodes.Status504GatewayTimeout, $"There was no answer within {seconds} seconds. Ask again, or ask a narrower question.");

    /// <summary>Writes a problem as the response.</summary>
    public static async Task WriteAsync(HttpContext context, ProblemDetails problem, Exception? exception = null)
    {
        context.Response.StatusCode = problem.Status!.Value;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>()
            .WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem, Exception = exception });
    }

    /// <summary>What a client sent, short enough to be sent back.</summary>
    public static string Shorten(string text) => text.Length <= LongestEcho ? text : string.Concat(text.AsSpan(0, LongestEcho), "…");
}
