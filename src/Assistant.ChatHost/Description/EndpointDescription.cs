using System.Text.Json.Nodes;
using Assistant.ChatHost.OpenAi;
using Microsoft.OpenApi;

namespace Assistant.ChatHost.Description;

/// <summary>Says in the OpenAPI document what an endpoint does, with examples and the errors it may answer with.</summary>
internal static class EndpointDescription
{
    private const string Json = "application/json";
    private const string EventStream = "text/event-stream";

    /// <summary>What every endpoint of the API may answer with.</summary>
    private static readonly int[] Always = [StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests];

    /// <summary>Describes an endpoint whose errors are problem details.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string name, string tag, string summary, string description, params int[] errors)
    {
        foreach (var status in errors.Concat(Always))
        {
            endpoint.ProducesProblem(status);
        }

        return endpoint.WithName(name).WithTags(tag).WithSummary(summary).WithDescription(description);
    }

    /// <summary>Describes an endpoint whose errors have OpenAI's shape.</summary>
    public static RouteHandlerBuilder DescribeOpenAi(this RouteHandlerBuilder endpoint, string name, string summary, string description, params int[] errors)
    {
        foreach (var status in errors.Concat(Always))
        {
            endpoint.Produces<ErrorBody>(status);
        }

        return endpoint.WithName(name).WithTags("OpenAI").WithSummary(summary).WithDescription(description);
    }

    /// <summary>Adds an example of the request's body.</summary>
    public static RouteHandlerBuilder RequestExample(this RouteHandlerBuilder endpoint, string json) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.RequestBody?.Content?.TryGetValue(Json, out var content) == true)
            {
                content.Example = JsonNode.Parse(json);
            }

            return Task.CompletedTask;
        });

    /// <summary>Describes the answer with status 200: one JSON document, or the events it comes as.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="response">Type of the JSON document.</param>
    /// <param name="example">An example of it.</param>
    /// <param name="events">An example of the events; null when there are none.</param>
    public static RouteHandlerBuilder Response(this RouteHandlerBuilder endpoint, Type response, string example, string? events = null) =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            IOpenApiSchema schema = await context.GetOrCreateSchemaAsync(response, null, cancellationToken);
            if (!response.IsGenericType && context.Document is { } document)
            {
                document.AddComponent(response.Name, schema);
                schema = new OpenApiSchemaReference(response.Name, document);
            }

            var content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = schema, Example = JsonNode.Parse(example) } };
            if (events is not null)
            {
                content[EventStream] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = JsonValue.Create(events) };
            }

            operation.Responses ??= [];
            operation.Responses["200"] = new OpenApiResponse { Description = "OK", Content = content };
        });
}
