using Assistant.ChatHost.Json;
using Assistant.ChatHost.OpenAi;
using Microsoft.AspNetCore.Mvc;

namespace Assistant.ChatHost.Problems;

/// <summary>
/// Writes what went wrong: as problem details, under <c>/v1</c> in OpenAI's shape. Does so whatever the client says it accepts:
/// an error must never be an empty response.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        var problem = context.ProblemDetails;
        Problem.Complete(problem, response.StatusCode);
        if (context.HttpContext.Request.Path.StartsWithSegments(CompletionEndpoints.Prefix, StringComparison.Ordinal))
        {
            await response.WriteAsJsonAsync(
                OpenAiError(problem, context.Exception as RequestRefusedException), JsonSetup.Options.GetTypeInfo(typeof(ErrorBody)),
                "application/json", CancellationToken.None);
        }
        else
        {
            await response.WriteAsJsonAsync(
                problem, JsonSetup.Options.GetTypeInfo(typeof(ProblemDetails)), "application/problem+json", CancellationToken.None);
        }
    }

    private static ErrorBody OpenAiError(ProblemDetails problem, RequestRefusedException? refused)
    {
        var (type, code) = problem.Status switch
        {
            StatusCodes.Status401Unauthorized => ("invalid_request_error", "invalid_api_key"),
            StatusCodes.Status404NotFound => ("invalid_request_error", "not_found"),
            StatusCodes.Status429TooManyRequests => ("requests", "rate_limit_exceeded"),
            >= 500 => ("server_error", null),
            _ => ("invalid_request_error", (string?)null),
        };
        return new ErrorBody(new Error(problem.Detail!, type, refused?.Parameter, refused?.Code ?? code));
    }
}
