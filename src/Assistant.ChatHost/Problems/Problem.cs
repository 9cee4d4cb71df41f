using Microsoft.AspNetCore.Mvc;

namespace Assistant.ChatHost.Problems;

/// <summary>The problems that a client can be told of. Every detail names the fix.</summary>
internal static class Problem
{
    private const int LongestEcho = 200;

    public static ProblemDetails Refused(int status, string detail) => new()
    {
        Status = status,
        Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
        Type = $"https://www.rfc-editor.org/rfc/rfc9110#status.{status}",
        Detail = detail,
    };

    public static ProblemDetails NoDocument(string id, int? version) => Refused(
        StatusCodes.Status404NotFound,
        version is { } number
            ? $"There is no version {number} of '{Shorten(id)}'. GET /api/documents lists the documents, GET /api/documents/ID the versions of one."
            : $"There is no document '{Shorten(id)}'. GET /api/documents lists them.");

    public static ProblemDetails Unanswered(string detail) => Refused(StatusCodes.Status500InternalServerError, detail);

    /// <summary>What a client sent, short enough to be sent back.</summary>
    public static string Shorten(string text) => text.Length <= LongestEcho ? text : string.Concat(text.AsSpan(0, LongestEcho), "…");
}
