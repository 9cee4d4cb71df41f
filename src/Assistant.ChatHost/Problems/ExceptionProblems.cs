using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace Assistant.ChatHost.Problems;

/// <summary>Chooses the problem for an exception. Without one of these the exception is an error of the server.</summary>
internal sealed class ExceptionProblems(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            RequestRefusedException refused => Problem.Refused(refused.Status, refused.Message),
            BadHttpRequestException bad => Problem.Refused(bad.StatusCode, Describe(bad)),
            _ => null,
        };
        if (problem is null)
        {
            return false;
        }

        if (exception is RequestRefusedException { RetryAfter: { } seconds })
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        context.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }

    private static string Describe(BadHttpRequestException bad) => bad.InnerException is JsonException json
        ? $"The body is not the JSON that is expected: see {json.Path ?? "$"}, line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}. GET /openapi/v1.json describes it."
        : bad.Message;
}
