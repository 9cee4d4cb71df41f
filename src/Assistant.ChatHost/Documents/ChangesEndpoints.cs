using Assistant.ChatHost.Description;
using Assistant.ChatHost.Problems;
using Assistant.Core.Changes;
using Assistant.Core.Documents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistant.ChatHost.Documents;

/// <summary><c>GET /api/documents/{id}/changes</c></summary>
internal static class ChangesEndpoints
{
    private const string Suffix = "/changes";

    public static void MapChanges(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/documents");
        group.MapGet("/{id}" + Suffix, GetAsync)
            .Describe(
                "getDocumentChanges",
                "Documents",
                "Compare two versions of a document",
                "The sentences that were added, removed, reworded or moved from version 'from' (the one before) to version 'to' (the newest), with exact "
                + "ranges of both versions, and the numbers and dates that changed. The slashes of an id may be sent as they are or as %2F.",
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable)
            .Response(typeof(DocumentChanges), Examples.Changes);
        // An id whose slashes are sent as they are. No document is lost: an id ends with the extension of a file.
        group.MapGet($"/{{**path:regex({Suffix}$)}}", (string path, int? from, int? to, ChangeHistory history, IDocumentStore documents, CancellationToken cancellationToken) =>
                GetAsync(path[..^Suffix.Length], from, to, history, documents, cancellationToken))
            .ExcludeFromDescription();
    }

    private static async Task<Results<Ok<DocumentChanges>, ProblemHttpResult>> GetAsync(
        string id, int? from, int? to, ChangeHistory history, IDocumentStore documents, CancellationToken cancellationToken)
    {
        var plain = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var documentId = plain != id && (await documents.GetVersionsAsync(id, cancellationToken)).Count == 0 ? plain : id;
        try
        {
            return TypedResults.Ok(await history.CompareAsync(documentId, from, to, cancellationToken));
        }
        catch (NoSuchVersionException missing)
        {
            var reason = missing.Message.Replace(documentId, Problem.Shorten(documentId), StringComparison.Ordinal);
            return TypedResults.Problem(Problem.Refused(StatusCodes.Status404NotFound, $"{reason} GET /api/documents lists the documents."));
        }
    }
}
