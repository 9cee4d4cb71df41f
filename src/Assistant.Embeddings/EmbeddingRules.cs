namespace Assistant.Embeddings;

/// <summary>What holds for every model.</summary>
public sealed record EmbeddingRules
{
    /// <summary>The length that vectors must have; null for that of the first one.</summary>
    public int? Dimensions { get; init; }

    /// <summary>What is put in front of a question. Default nothing.</summary>
    public string QuestionPrefix { get; init; } = "";

    /// <summary>What is put in front of a passage. Default nothing.</summary>
    public string PassagePrefix { get; init; } = "";

    /// <summary>How long a question waits for its vector before it is searched by words alone. Default 10 seconds.</summary>
    public TimeSpan QuestionTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The file that keeps vectors between runs; null for none.</summary>
    public string? CachePath { get; init; }

    /// <summary>The most that the file may grow to, in bytes. Default 512 MB.</summary>
    public long CacheBytes { get; init; } = 512_000_000;
}
