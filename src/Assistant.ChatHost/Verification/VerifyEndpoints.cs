using System.Text.Json.Serialization;
using Assistant.ChatHost.Chat;
using Assistant.ChatHost.Description;
using Assistant.ChatHost.Indexing;
using Assistant.Core.Answering;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assistant.ChatHost.Verification;

/// <summary><c>POST /api/verify</c></summary>
internal static class VerifyEndpoints
{
    /// <summary>A long magazine article.</summary>
    private const int MostCharacters = 100_000;

    public static void AddVerification(this WebApplicationBuilder builder) => builder.Services.AddSingleton<QuotationVerifier>();

    public static void MapVerification(this IEndpointRouteBuilder routes) => routes.MapPost("/api/verify", VerifyAsync)
        .Describe(
            "verify",
            "Questions",
            "Tell real quotations from changed and invented ones",
            "Compares every quotation of a text – in quotation marks of many languages or in a Markdown block quote – with all current documents; a text "
            + "without quotations is compared sentence by sentence. Each is 'exact', 'altered' (with a word-by-word comparison and what the document says) "
            + "or 'not-found'.",
            StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable)
        .RequestExample(Examples.Text)
        .Response(typeof(QuotationReport), Examples.Report);

    private static async Task<Ok<QuotationReport>> VerifyAsync(
        VerifyRequest request, QuotationVerifier verifier, IndexKeeper index, CancellationToken cancellationToken)
    {
        RequestCheck.CheckText("text", request.Text, MostCharacters);
        index.EnsureReady();
        return TypedResults.Ok(await verifier.VerifyAsync(request.Text, cancellationToken));
    }
}

/// <summary>A text whose quotations are to be checked.</summary>
/// <param name="Text">An article, a draft, another assistant's answer; plain text or Markdown, at most 100,000 characters.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record VerifyRequest(string Text);
