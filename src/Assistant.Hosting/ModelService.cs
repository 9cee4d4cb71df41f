namespace Assistant.Hosting;

/// <summary>Services that run language and embedding models behind an API like OpenAI's: where they are, and whose key is for whom.</summary>
internal static class ModelService
{
    /// <summary>OpenAI's endpoint, used where none is configured.</summary>
    public const string OpenAIEndpoint = "https://api.openai.com/v1";

    /// <summary>Variable of the environment that holds the key for OpenAI's own endpoint where none is configured.</summary>
    public const string OpenAIKeyVariable = "OPENAI_API_KEY";

    /// <summary>Local servers by the word that stands for them, at the address that they listen on unless told otherwise.</summary>
    private static readonly Dictionary<string, string> LocalServers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ollama"] = "http://localhost:11434/v1",
        ["lmstudio"] = "http://localhost:1234/v1",
        ["vllm"] = "http://localhost:8000/v1",
    };

    /// <summary>Address of the local server that a word stands for; null when it stands for none.</summary>
    public static string? LocalServer(string word) => LocalServers.GetValueOrDefault(word);

    /// <summary>The address; OpenAI's where none is configured.</summary>
    public static Uri EndpointOf(string? endpoint) => new(endpoint ?? OpenAIEndpoint);

    /// <summary>Whether an endpoint is OpenAI's own. Not told by the host alone: without encryption the key would be anyone's.</summary>
    public static bool IsOpenAI(string? endpoint) =>
        EndpointOf(endpoint) is { Scheme: "https", IsDefaultPort: true } address
        && address.Host.Equals(new Uri(OpenAIEndpoint).Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>The key to send; null for none. That of the environment goes to OpenAI and to nobody else.</summary>
    public static string? KeyOf(string? apiKey, string? endpoint) =>
        apiKey ?? (IsOpenAI(endpoint) && Environment.GetEnvironmentVariable(OpenAIKeyVariable) is { Length: > 0 } key ? key.Trim() : null);

    /// <summary>A sentence for each setting that is missing.</summary>
    /// <param name="section">Section of the settings, <c>Chat</c> or <c>Embeddings</c>.</param>
    /// <param name="option">The option of the command line that stands for them.</param>
    /// <param name="endpoint">The endpoint that is configured.</param>
    /// <param name="apiKey">The key that is configured.</param>
    /// <param name="model">The model that is configured.</param>
    public static IEnumerable<string> Missing(string section, string option, string? endpoint, string? apiKey, string? model)
    {
        if (model is null && !IsOpenAI(endpoint))
        {
            yield return $"Assistant:{section}:Model is not set; an endpoint of your own needs the name of one of its models.";
        }

        if (IsOpenAI(endpoint) && KeyOf(apiKey, endpoint) is null)
        {
            yield return $"Assistant:{section}:ApiKey is not set; OpenAI needs a key, there or in the variable {OpenAIKeyVariable}. "
                + $"A local model needs an address instead: Assistant:{section}:Endpoint, or {option} ollama:MODEL.";
        }
    }
}
