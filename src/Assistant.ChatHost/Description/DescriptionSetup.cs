using Assistant.ChatHost.Protection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Assistant.ChatHost.Description;

/// <summary><c>GET /openapi/v1.json</c></summary>
internal static class DescriptionSetup
{
    public static void AddDescription(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenApi("v1", options => options.AddDocumentTransformer(DescribeAsync));

    public static void MapDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/v1.json").AllowAnonymous();

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Assistant",
            Version = "v1",
            Description = "Answers questions about documents and proves every sentence with an exact quote. Errors are RFC 9457 problem details "
                + "whose detail names the fix; under /v1 they have OpenAI's shape. All character ranges count UTF-16 code units.",
        };
        document.Components ??= new OpenApiComponents();
        // Events are described as the text they are.
        document.Components.Schemas?.Remove("SseItemOfByte[]");
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "One of Assistant:Http:ApiKeys; needed only where keys are configured.",
            },
            ["key"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeyHandler.HeaderName, Description = "The same key in a header of its own.",
            },
        };
        if (context.ApplicationServices.GetRequiredService<IOptions<HttpOptions>>().Value.ApiKeys.Count > 0)
        {
            document.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] },
            ];
        }

        return Task.CompletedTask;
    }
}
