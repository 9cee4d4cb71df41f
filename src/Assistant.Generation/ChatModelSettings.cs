namespace Assistant.Generation;

/// <summary>A chat model behind an endpoint that speaks OpenAI's API.</summary>
public sealed record ChatModelSettings
{
    /// <summary>The endpoint, up to and with <c>/v1</c>: <c>https://api.openai.com/v1</c>, <c>http://localhost:11434/v1</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The key; null for an endpoint that asks for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The model's name as the endpoint knows it; for Azure OpenAI the name of the deployment.</summary>
    public required string Model { get; init; }

    /// <summary>Tokens that the model takes, question, evidence and answer together.</summary>
    public int ContextTokens { get; init; } = 8192;

    /// <summary>The most tokens of an answer.</summary>
    public int MaxAnswerTokens { get; init; } = 600;

    /// <summary>How long the model may be silent: until its first token, and between two.</summary>
    public TimeSpan FirstToken { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long everything that is asked of the model for one question may take.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>How long it may take to make a follow-up question stand alone.</summary>
    public TimeSpan Rewrite { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The endpoint as it may be told to anyone: without user, password and query.</summary>
    internal string Host => Endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
