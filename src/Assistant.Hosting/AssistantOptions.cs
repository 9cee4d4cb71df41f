using Assistant.Core.Passages;

namespace Assistant.Hosting;

/// <summary>
/// What can be configured, bound from section <see cref="SectionName"/> of <c>appsettings.json</c>, the environment
/// (<c>Assistant__Corpus__Path</c>) and the command line. Relative paths start at the current directory.
/// </summary>
public sealed class AssistantOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Assistant";

    /// <summary>The documents.</summary>
    public CorpusOptions Corpus { get; set; } = new();

    /// <summary>The index.</summary>
    public StorageOptions Storage { get; set; } = new();

    /// <summary>What embeds passages and questions.</summary>
    public EmbeddingOptions Embeddings { get; set; } = new();

    /// <summary>How documents are cut into passages.</summary>
    public PassageOptions Passages { get; set; } = new();

    /// <summary>How long old versions are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>How the index is kept in step with the documents.</summary>
    public IngestionOptions Ingestion { get; set; } = new();

    /// <summary>The language model that writes answers.</summary>
    public ChatOptions Chat { get; set; } = new();
}

/// <summary>The documents that are answered from.</summary>
public sealed class CorpusOptions
{
    /// <summary>Their folder; sub-folders count. Default <c>corpus</c>.</summary>
    public string Path { get; set; } = "corpus";
}

/// <summary>Where the index is kept.</summary>
public sealed class StorageOptions
{
    /// <summary>The kind of index. Default <see cref="StorageProvider.Sqlite"/>.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>Settings of <see cref="StorageProvider.Sqlite"/>.</summary>
    public SqliteOptions Sqlite { get; set; } = new();

    /// <summary>Settings of <see cref="StorageProvider.Qdrant"/>.</summary>
    public QdrantOptions Qdrant { get; set; } = new();
}

/// <summary>A kind of index.</summary>
public enum StorageProvider
{
    /// <summary>One SQLite file.</summary>
    Sqlite,

    /// <summary>A Qdrant server or cluster.</summary>
    Qdrant,
}

/// <summary>The index in one SQLite file.</summary>
public sealed class SqliteOptions
{
    /// <summary>The file; it and its folder are made when they are missing. Default <c>data/assistant.db</c>.</summary>
    public string Path { get; set; } = "data/assistant.db";
}

/// <summary>How documents are cut into passages.</summary>
public sealed class PassageOptions
{
    /// <summary>The fewest tokens that <see cref="MaxTokens"/> may be set to.</summary>
    public const int FewestTokens = 32;

    /// <summary>The most tokens that <see cref="MaxTokens"/> may be set to.</summary>
    public const int MostTokens = 2000;

    /// <summary>The most tokens (o200k_base) of a passage, 32 to 2000. Default 200. Another number rebuilds the index.</summary>
    public int MaxTokens { get; set; } = PassageSplitter.DefaultMaxTokens;
}

/// <summary>How long old versions are kept. The current version of a document always is; a version that was dropped can no longer be compared or cited from.</summary>
public sealed class RetentionOptions
{
    /// <summary>The most that <see cref="Versions"/> and <see cref="Days"/> may be set to.</summary>
    public const int Most = 100_000;

    /// <summary>How many versions of a document are kept, the newest ones, 1 to 100,000. Not set by default: all are.</summary>
    public int? Versions { get; set; }

    /// <summary>
    /// For how many days, 1 to 100,000, a version is kept after another one took its place or its file was deleted. Not set by default: for ever.
    /// </summary>
    public int? Days { get; set; }
}
