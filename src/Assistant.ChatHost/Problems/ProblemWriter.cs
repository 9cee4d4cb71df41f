using Assistant.ChatHost.Json;

namespace Assistant.ChatHost.Problems;

/// <summary>Writes problem details, whatever the client says it accepts: an error must never be an empty response.</summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        await response.WriteAsJsonAsync(context.ProblemDetails, ChatHostJson.Default.ProblemDetails, "application/problem+json");
    }
}
