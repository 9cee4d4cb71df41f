using Assistant.ChatHost.Description;
using Assistant.ChatHost.Problems;
using Assistant.Core.Changes;
using Assistant.Core.Documents;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Assistant.ChatHost.Documents;

/// <summary><c>GET /api/documents</c> and <c>GET /api/documents/{id}</c></summary>
internal static class DocumentEndpoints
{
    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/documents");
        group.MapGet("/", ListAsync)
            .Describe("listDocuments", "Documents", "List the documents", "The documents that questions are answered from now, ordered by id.",
                StatusCodes.Status503ServiceUnavailable)
            .Response(typeof(IReadOnlyList<DocumentSummary>), Examples.Documents);
        group.MapGet("/{**id}", GetAsync)
            .Describe(
                "getDocument",
                "Documents",
                "Read a document",
                "One version of a document with its text, structure and history: the current one, or with 'version' any earlier one. The slashes of an id may "
                + "be sent as they are or as %2F. Versions of a removed document stay readable by number.",
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable)
            .Response(typeof(DocumentDetail), Examples.Document);
    }

    private static async Task<Ok<IReadOnlyList<DocumentSummary>>> ListAsync(IDocumentStore documents, CancellationToken cancellationToken) =>
        TypedResults.Ok(await documents.ListAsync(cancellationToken));

    private static async Task<Results<Ok<DocumentDetail>, ProblemHttpResult>> GetAsync(
        string id, int? version, IDocumentStore documents, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, version, documents, cancellationToken);
        if (found is null)
        {
            return TypedResults.Problem(await MissingAsync(id, version, documents, cancellationToken));
        }

        var current = version is null ? found : await documents.GetAsync(found.DocumentId, null, cancellationToken);
        return TypedResults.Ok(new DocumentDetail(
            found.DocumentId, found.Number, current?.Number == found.Number, found.Title, found.ContentHash, found.IngestedAt,
            found.Metadata, found.Text, found.Sections, found.Blocks, found.PageStarts,
            await documents.GetVersionsAsync(found.DocumentId, cancellationToken)));
    }

    private static async Task<ProblemDetails> MissingAsync(
        string id, int? version, IDocumentStore documents, CancellationToken cancellationToken)
    {
        var plain = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var history = await documents.GetVersionsAsync(plain, cancellationToken);
        return version is { } number && history.Any(known => known.Number == number && known.DroppedAt is not null)
            ? Problem.Refused(StatusCodes.Status404NotFound, $"{ChangeHistory.Missing(plain, number, history)} GET /api/documents lists the documents.")
            : Problem.NoDocument(id, version);
    }

    private static async Task<DocumentVersion?> FindAsync(
        string id, int? version, IDocumentStore documents, CancellationToken cancellationToken)
    {
        var found = await documents.GetAsync(id, version, cancellationToken);
        // A client that escapes the id as a whole sends %2F, which the server leaves as it is in a path.
        var plain = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return found is null && plain != id ? await documents.GetAsync(plain, version, cancellationToken) : found;
    }
}
