using System.Globalization;
using System.Text.Json;
using Assistant.Core.Ingestion;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Assistant.ChatHost.Problems;

/// <summary>Chooses the problem for an exception. Without one of these the exception is an error of the server.</summary>
internal sealed class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    /// <summary>For how long an index is taken to stay away that does not say.</summary>
    private static readonly TimeSpan UnavailableFor = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            RequestRefusedException refused => Problem.Refused(refused.Status, refused.Message),
            IndexUnavailableException unavailable => Problem.Refused(StatusCodes.Status503ServiceUnavailable, unavailable.Message),
            BadHttpRequestException { InnerException: JsonException json } => Problem.Refused(StatusCodes.Status400BadRequest, Describe(json)),
            BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad =>
                Problem.Refused(bad.StatusCode, $"{bad.Message} GET /openapi/v1.json describes what is expected."),
            BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode },
            _ => null,
        };
        if (problem is null)
        {
            return false;
        }

        if (RetryAfter(exception) is { } seconds)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (exception is IndexUnavailableException)
        {
            Log.RefusedMeanwhile(logger, exception.Message);
        }

        await Problem.WriteAsync(httpContext, problem, exception);
        return true;
    }

    private static int? RetryAfter(Exception exception) => exception switch
    {
        RequestRefusedException refused => refused.RetryAfter,
        IndexUnavailableException unavailable => (int)Math.Ceiling(Math.Max(1, (unavailable.RetryAfter ?? UnavailableFor).TotalSeconds)),
        _ => null,
    };

    private static string Describe(JsonException json) => string.Create(
        CultureInfo.InvariantCulture,
        $"The body is not the JSON that is expected: look at {Problem.Shorten(json.Path ?? "$")}, line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}. GET /openapi/v1.json describes it.");
}
