using System.Text.Json.Serialization;
using Assistant.ChatHost.Chat;
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

    public static void MapVerification(this IEndpointRouteBuilder routes) => routes.MapPost("/api/verify", VerifyAsync);

    private static async Task<Ok<QuotationReport>> VerifyAsync(
        VerifyRequest request, QuotationVerifier verifier, IndexKeeper index, CancellationToken cancellationToken)
    {
        RequestCheck.CheckText("text", request.Text, MostCharacters);
        await index.EnsureReadyAsync(cancellationToken);
        return TypedResults.Ok(await verifier.VerifyAsync(request.Text, cancellationToken));
    }
}

/// <summary>A text whose quotations are to be checked.</summary>
/// <param name="Text">An article, a draft, another assistant's answer; plain text or Markdown, at most 100,000 characters.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record VerifyRequest(string Text);
