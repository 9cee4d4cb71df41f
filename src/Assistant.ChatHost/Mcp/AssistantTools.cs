using System.ComponentModel;
using Assistant.ChatHost.Chat;
using Assistant.ChatHost.Problems;
using Assistant.Core.Answering;
using Assistant.Core.Ingestion;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Assistant.ChatHost.Mcp;

/// <summary>The tools of the MCP server.</summary>
[McpServerToolType]
internal sealed class AssistantTools(Questions questions)
{
    /// <summary>Most passages of a search.</summary>
    private const int MostPassages = 20;

    [McpServerTool(Name = "ask", Title = "Ask the documents", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Answers a question from the documents alone. Every sentence of the answer carries a marker [n] whose citation is an exact quote with "
        + "document, version and character range. The outcome not-in-documents means that the documents do not say; do not guess then.")]
    public async Task<Answer> AskAsync(
        [Description("The question, standing alone, in any language.")] string question,
        [Description("Answer from these documents only (ids as search and resources give them).")] string[]? documentIds = null,
        CancellationToken cancellationToken = default) =>
        await RefusingAsync(async () => await questions.AnswerAsync(
            await questions.CheckAsync(new ChatRequest(question, null, documentIds), cancellationToken), cancellationToken));

    [McpServerTool(Name = "search", Title = "Search the documents", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Finds the passages of the documents that are nearest to a question or to some words, best first, with their exact character ranges.")]
    public async Task<SearchResult> SearchAsync(
        [Description("A question or some words.")] string query,
        [Description("Most passages that are wanted, 1 to 20.")] int limit = 8,
        [Description("Search these documents only.")] string[]? documentIds = null,
        CancellationToken cancellationToken = default) =>
        await RefusingAsync(async () =>
        {
            if (limit is < 1 or > MostPassages)
            {
                throw new RequestRefusedException($"'limit' is {limit}. Send a number from 1 to {MostPassages}.");
            }

            var question = await questions.CheckAsync(new ChatRequest(query, null, documentIds), cancellationToken);
            return new SearchResult(await questions.SearchAsync(question, limit, cancellationToken));
        });

    private static async Task<T> RefusingAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is RequestRefusedException or IndexUnavailableException)
        {
            // The message of this exception, and of no other, reaches the client.
            throw new McpException(exception.Message);
        }
    }
}

/// <summary>What a search found.</summary>
/// <param name="Passages">Best first.</param>
internal sealed record SearchResult([property: Description("Best first.")] IReadOnlyList<EvidencePassage> Passages);
