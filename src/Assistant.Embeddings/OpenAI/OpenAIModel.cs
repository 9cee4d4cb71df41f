namespace Assistant.Embeddings.OpenAI;

/// <summary>A model behind an OpenAI-compatible address.</summary>
/// <param name="Endpoint">The address up to and without <c>/embeddings</c>, such as <c>https://api.openai.com/v1</c>.</param>
/// <param name="Model">Its name there.</param>
public sealed record OpenAIModel(Uri Endpoint, string Model)
{
    /// <summary>The key; null for a service that asks for none. It is sent to <see cref="Endpoint"/> and nowhere else.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The most tokens (cl100k_base) of a text, longer ones are embedded in pieces; null for what is known of the model, else 512.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The most texts of a request. Default 64.</summary>
    public int BatchTexts { get; init; } = 64;

    /// <summary>The most tokens of a request of several texts. Default 8,000.</summary>
    public int BatchTokens { get; init; } = 8_000;

    /// <summary>Requests at once. Default 4.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>How long one request may take. Default two minutes: a local model may first have to be loaded, and is slow.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long is waited before a request is tried again, at first; a service that names a time gets that. Default half a second.</summary>
    internal TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);
}
