using System.Diagnostics.CodeAnalysis;
using Assistant.Storage.Qdrant;

namespace Assistant.Hosting;

/// <summary>The index in Qdrant.</summary>
public sealed class QdrantOptions
{
    /// <summary>The most that a number of shards or copies may be set to.</summary>
    public const int MostShards = 1000;

    /// <summary>The longest time that may be set here, in seconds.</summary>
    public const int LongestSeconds = 600;

    /// <summary>Address of the server's REST interface, http or https, without a user's name or password. Default <c>http://localhost:6333</c>.</summary>
    public string Url { get; set; } = "http://localhost:6333";

    /// <summary>The server's key. Not set by default: the server asks for none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Name of the index: an alias, and the beginning of the names of its collections. Letters, digits, <c>-</c> and <c>_</c>.
    /// Default <c>assistant</c>.
    /// </summary>
    public string Collection { get; set; } = "assistant";

    /// <summary>Shards of a new collection of passages, 1 to 1,000. Not set by default: the server decides. Like the four below, it counts from the next rebuild on.</summary>
    public int? ShardNumber { get; set; }

    /// <summary>Copies of every shard, 1 to 1,000. Not set by default: the server decides.</summary>
    public int? ReplicationFactor { get; set; }

    /// <summary>How many copies must have a change before it counts, 1 to 1,000. Not set by default: the server decides.</summary>
    public int? WriteConsistencyFactor { get; set; }

    /// <summary>Whether vectors and their indexes are read from disk instead of being kept in memory. Default false.</summary>
    public bool OnDisk { get; set; }

    /// <summary>How vectors are searched. Default <see cref="VectorQuantization.None"/>.</summary>
    public VectorQuantization Quantization { get; set; } = VectorQuantization.None;

    /// <summary>Whether the server refuses filters on fields without an index. Default false.</summary>
    public bool StrictMode { get; set; }

    /// <summary>How long one attempt of a request may take, in seconds, 0.05 to 600. Default 10.</summary>
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>The options as the store takes them.</summary>
    internal QdrantStoreOptions ToStoreOptions() => new()
    {
        Url = new Uri(Url),
        ApiKey = ApiKey,
        Collection = Collection,
        ShardNumber = ShardNumber,
        ReplicationFactor = ReplicationFactor,
        WriteConsistencyFactor = WriteConsistencyFactor,
        OnDisk = OnDisk,
        Quantized = Quantization == VectorQuantization.Int8,
        StrictMode = StrictMode,
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
    };

    /// <summary>Whether the text is an address this store can be at.</summary>
    internal static bool IsUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { UserInfo: "", Query: "", Fragment: "" };

    /// <summary>Whether the text can be the name of the index.</summary>
    internal static bool IsCollection(string value) =>
        value.Length is > 0 and <= 200 && value.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_');
}

/// <summary>How vectors are searched.</summary>
public enum VectorQuantization
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>As 8-bit integers, a quarter of the memory; the best of them again as they are.</summary>
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "It is the name of the type that people know and configure.")]
    Int8,
}
