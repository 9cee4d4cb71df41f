namespace Assistant.Storage.Qdrant;

/// <summary>Where the index lives and how its collections are made.</summary>
public sealed record QdrantStoreOptions
{
    /// <summary>Address of the server's REST interface, http or https.</summary>
    public Uri Url { get; init; } = new("http://localhost:6333");

    /// <summary>Key that the server asks for; null for none. Never part of a message.</summary>
    public string? ApiKey { get; init; }

    /// <summary>
    /// Name of the alias that passages are found under. Collections of generations are named after it, <c>NAME-3-384</c>, and so is
    /// the one of documents and versions, <c>NAME-documents</c>.
    /// </summary>
    public string Collection { get; init; } = "assistant";

    /// <summary>Shards of a new collection of passages; null leaves it to the server. Documents and versions always have one.</summary>
    public int? ShardNumber { get; init; }

    /// <summary>Copies of every shard of a new collection; null leaves it to the server.</summary>
    public int? ReplicationFactor { get; init; }

    /// <summary>How many copies must have a change before it counts; null leaves it to the server.</summary>
    public int? WriteConsistencyFactor { get; init; }

    /// <summary>Whether vectors and their indexes of a new collection are read from disk instead of being kept in memory.</summary>
    public bool OnDisk { get; init; }

    /// <summary>Whether vectors of a new collection are searched as 8-bit integers, the best of them again as they are.</summary>
    public bool Quantized { get; init; }

    /// <summary>Whether the server refuses filters on fields without an index for a new collection.</summary>
    public bool StrictMode { get; init; }

    /// <summary>How long one attempt of a request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait before a request is tried again, the first time; each further time twice as long.</summary>
    internal TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Where it is; never the key.</summary>
    public override string ToString() => $"{Collection} at {Url.GetLeftPart(UriPartial.Authority)}";
}
