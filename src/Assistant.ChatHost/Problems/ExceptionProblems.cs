using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Assistant.ChatHost.Problems;

/// <summary>Chooses the problem for an exception. Without one of these the exception is an error of the server.</summary>
internal sealed class ExceptionProblems : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            RequestRefusedException refused => Problem.Refused(refused.Status, refused.Message),
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

        if (exception is RequestRefusedException { RetryAfter: { } seconds })
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await Problem.WriteAsync(httpContext, problem, exception);
        return true;
    }

    private static string Describe(JsonException json) => string.Create(
        CultureInfo.InvariantCulture,
        $"The body is not the JSON that is expected: look at {Problem.Shorten(json.Path ?? "$")}, line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}. GET /openapi/v1.json describes it.");
}
