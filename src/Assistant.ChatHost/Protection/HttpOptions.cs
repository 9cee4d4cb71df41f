namespace Assistant.ChatHost.Protection;

/// <summary>What can be configured of the host, bound from section <see cref="SectionName"/>.</summary>
internal sealed class HttpOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Assistant:Http";

    /// <summary>
    /// Keys that open the API, sent as <c>Authorization: Bearer KEY</c> or <c>x-api-key: KEY</c>; at least
    /// <see cref="HttpSettings.ShortestKey"/> characters each. Default none: everyone who reaches the host may ask.
    /// </summary>
    public IReadOnlyList<string> ApiKeys { get; set; } = [];

    /// <summary>Origins (<c>https://example.org</c>) whose pages may call the API from a browser. Default none.</summary>
    public IReadOnlyList<string> CorsOrigins { get; set; } = [];

    /// <summary>
    /// Address under which clients reach the host, for links to sources. Behind a proxy on the same machine it is needed, unless there are
    /// keys: only this name and those of this machine are then answered. Default: the address of each request.
    /// </summary>
    public string? PublicUrl { get; set; }

    /// <summary>Requests per minute that each key (without keys, each address) may make; 0 for any number. Default 600.</summary>
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Most bytes of a request's body. Default 1,000,000.</summary>
    public int MaxBodyBytes { get; set; } = 1_000_000;

    /// <summary>Most UTF-16 code units of a question. Default 4,000.</summary>
    public int MaxQuestionCharacters { get; set; } = 4_000;

    /// <summary>Most earlier turns of a conversation. Default 100.</summary>
    public int MaxHistoryTurns { get; set; } = 100;

    /// <summary>Seconds after which a request is given up. Default 60.</summary>
    public int RequestTimeoutSeconds { get; set; } = 60;

    /// <summary>
    /// Whether the host brings the index in step with the corpus when it starts. A host beside an ingestion worker leaves that to the worker,
    /// needs no corpus folder then, and answers once there is an index. Default true.
    /// </summary>
    public bool IngestAtStart { get; set; } = true;
}
