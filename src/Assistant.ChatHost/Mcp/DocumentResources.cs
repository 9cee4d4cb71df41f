using Assistant.ChatHost.Problems;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Assistant.ChatHost.Mcp;

/// <summary>The documents as resources: listed with their titles, read as plain text.</summary>
internal static class DocumentResources
{
    private const string Scheme = "assistant://documents/";
    private const string PlainText = "text/plain";

    public static ListResourceTemplatesResult Templates { get; } = new()
    {
        ResourceTemplates =
        [
            new ResourceTemplate
            {
                Name = "document",
                Title = "A document",
                UriTemplate = Scheme + "{+id}",
                MimeType = PlainText,
                Description = "The text of a document's current version; the character ranges of citations are ranges of it, in UTF-16 code units.",
            },
        ],
    };

    public static async Task<ListResourcesResult> ListAsync(IDocumentStore documents, CancellationToken cancellationToken) => new()
    {
        Resources =
        [
            .. (await documents.ListAsync(cancellationToken)).Select(document => new Resource
            {
                Name = document.DocumentId,
                Title = document.Title,
                Uri = Scheme + string.Join('/', document.DocumentId.Split('/').Select(Uri.EscapeDataString)),
                MimeType = PlainText,
            }),
        ],
    };

    public static async Task<ReadResourceResult> ReadAsync(string uri, IDocumentStore documents, CancellationToken cancellationToken)
    {
        var id = uri.StartsWith(Scheme, StringComparison.Ordinal) ? Uri.UnescapeDataString(uri[Scheme.Length..]) : null;
        var document = id is null ? null : await documents.GetAsync(id, null, cancellationToken);
        return document is null
            ? throw new McpProtocolException(
                $"There is no resource '{Problem.Shorten(uri)}'. resources/list names what there is.", McpErrorCode.ResourceNotFound)
            : new ReadResourceResult { Contents = [new TextResourceContents { Uri = uri, MimeType = PlainText, Text = document.Text }] };
    }

    /// <summary>Tells the client why the index cannot be reached.</summary>
    public static async Task<T> ReachingAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (IndexUnavailableException unavailable)
        {
            throw new McpProtocolException(unavailable.Message, McpErrorCode.InternalError);
        }
    }
}
