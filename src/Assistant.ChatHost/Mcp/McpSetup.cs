using Assistant.ChatHost.Json;
using Assistant.Core.Documents;
using ModelContextProtocol.Protocol;

namespace Assistant.ChatHost.Mcp;

/// <summary>The Model Context Protocol over Streamable HTTP at <c>/mcp</c>, without sessions: every request stands alone.</summary>
internal static class McpSetup
{
    private const string Path = "/mcp";

    public static void AddMcp(this WebApplicationBuilder builder) => builder.Services
        .AddMcpServer(options =>
        {
            options.ServerInfo = new Implementation { Name = "assistant", Title = "Assistant", Version = "1.0.0" };
            options.ServerInstructions =
                "Answers questions from a set of documents. Use 'ask' for an answer whose every sentence is cited, 'search' for passages, "
                + "and the resources for whole documents. Keep the markers and quotes of an answer as they are.";
        })
        .WithHttpTransport(transport => transport.Stateless = true)
        .WithTools<AssistantTools>(JsonSetup.Options)
        .WithListResourceTemplatesHandler((_, _) => ValueTask.FromResult(DocumentResources.Templates))
        .WithListResourcesHandler(async (request, cancellationToken) =>
            await DocumentResources.ReachingAsync(DocumentResources.ListAsync(request.Services!.GetRequiredService<IDocumentStore>(), cancellationToken)))
        .WithReadResourceHandler(async (request, cancellationToken) => await DocumentResources.ReachingAsync(DocumentResources.ReadAsync(
            request.Params?.Uri ?? "", request.Services!.GetRequiredService<IDocumentStore>(), cancellationToken)));

    public static void MapMcp(this WebApplication app) => McpEndpointRouteBuilderExtensions.MapMcp(app, Path);
}
