using System.Net.Http.Headers;
using System.Text;

namespace Assistant.Generation;

/// <summary>
/// Calls the limit of tokens <c>max_tokens</c>, as local servers know it. OpenAI's SDK writes <c>max_completion_tokens</c>, which
/// only OpenAI's own models ask for and which Ollama, for one, passes over: its answers would have no limit.
/// </summary>
internal sealed class TokenLimitName : DelegatingHandler
{
    private const string NewName = "\"max_completion_tokens\":";
    private const string OldName = "\"max_tokens\":";

    /// <summary>Whether an endpoint wants the old name.</summary>
    public static bool IsOldAt(Uri endpoint) =>
        !endpoint.Host.EndsWith(".openai.com", StringComparison.OrdinalIgnoreCase) && !endpoint.Host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } content)
        {
            // Inside a string of JSON quotation marks are escaped, so that no text of a prompt can look like the name of a member.
            var body = await content.ReadAsStringAsync(cancellationToken);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.Replace(NewName, OldName, StringComparison.Ordinal)));
            request.Content.Headers.ContentType = content.Headers.ContentType ?? new MediaTypeHeaderValue("application/json");
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
