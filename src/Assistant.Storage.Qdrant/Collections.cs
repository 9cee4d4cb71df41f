using System.Globalization;
using System.Text.Json;
using Assistant.Core.Ingestion;
using Assistant.Storage.Qdrant.Rest;
using Microsoft.Extensions.Logging;

namespace Assistant.Storage.Qdrant;

/// <summary>Makes the collections of an index and refuses those that were made for something else.</summary>
/// <param name="client">The server.</param>
/// <param name="options">How collections are made.</param>
/// <param name="logger">Log.</param>
internal sealed class Collections(IQdrantClient client, QdrantStoreOptions options, ILogger logger)
{
    public const string Dense = "dense";
    public const string Terms = "terms";

    /// <summary>Conditional updates, which the lease needs, came with this version.</summary>
    private static readonly Version OldestServer = new(1, 16);

    private static readonly IReadOnlyDictionary<string, string> PassageFields = new Dictionary<string, string>
    {
        ["document"] = "uuid",
        ["version"] = "integer",
        ["active"] = "integer",
    };

    private static readonly IReadOnlyDictionary<string, string> RecordFields = new Dictionary<string, string>
    {
        ["kind"] = "keyword",
        ["document"] = "uuid",
        ["generation"] = "integer",
        ["change"] = "integer",
        ["number"] = "integer",
        ["owner"] = "keyword",
        ["epoch"] = "integer",
    };

    private volatile bool serverChecked;

    public CollectionNames Names { get; } = new(options.Collection);

    /// <summary>Refuses a server that is too old; asks it once.</summary>
    /// <exception cref="IndexUnusableException">It is.</exception>
    public async Task CheckServerAsync(CancellationToken cancellationToken)
    {
        if (serverChecked)
        {
            return;
        }

        var stated = await client.GetVersionAsync(cancellationToken);
        if (!Version.TryParse(stated.Split('-')[0], out var version) || version < OldestServer)
        {
            throw new IndexUnusableException(
                $"Qdrant at {options.Url.GetLeftPart(UriPartial.Authority)} has version {stated}; this program needs {OldestServer} or newer. Update the server.");
        }

        serverChecked = true;
    }

    /// <summary>Makes the collection of documents and versions when it is missing.</summary>
    /// <exception cref="IndexUnusableException">There is one that was made for something else.</exception>
    public async Task EnsureRecordsAsync(CancellationToken cancellationToken)
    {
        // One shard: what one request writes is then in one log, whole or not at all.
        var collection = new NewCollection
        {
            Vectors = new Dictionary<string, DenseParams>(),
            ShardNumber = 1,
            ReplicationFactor = options.ReplicationFactor,
            WriteConsistencyFactor = options.WriteConsistencyFactor,
            StrictModeConfig = Strict(),
        };
        await EnsureAsync(Names.Records, collection, RecordFields, cancellationToken);
    }

    /// <summary>Makes the collection of a generation's passages when it is missing.</summary>
    /// <inheritdoc cref="EnsureRecordsAsync"/>
    public async Task EnsurePassagesAsync(Generation generation, CancellationToken cancellationToken)
    {
        var collection = new NewCollection
        {
            Vectors = DenseOf(generation),
            SparseVectors = new Dictionary<string, SparseParams>
            {
                [Terms] = new("idf", options.OnDisk ? new SparseIndex(OnDisk: true) : null),
            },
            ShardNumber = options.ShardNumber,
            ReplicationFactor = options.ReplicationFactor,
            WriteConsistencyFactor = options.WriteConsistencyFactor,
            StrictModeConfig = Strict(),
        };
        await EnsureAsync(generation.Collection, collection, PassageFields, cancellationToken);
    }

    /// <summary>Refuses a collection that was made for something else.</summary>
    /// <returns>False when it is not there.</returns>
    /// <inheritdoc cref="EnsureRecordsAsync"/>
    public async Task<bool> CheckPassagesAsync(Generation generation, CancellationToken cancellationToken)
    {
        if (await client.GetCollectionAsync(generation.Collection, cancellationToken) is not { } found)
        {
            return false;
        }

        Check(generation.Collection, found, DenseOf(generation), sparse: true);
        CheckFields(generation.Collection, found, PassageFields);
        return true;
    }

    /// <summary>Refuses a collection of documents and versions that was made for something else.</summary>
    /// <returns>False when it is not there, or not finished yet.</returns>
    /// <inheritdoc cref="EnsureRecordsAsync"/>
    public async Task<bool> CheckRecordsAsync(CancellationToken cancellationToken)
    {
        if (await client.GetCollectionAsync(Names.Records, cancellationToken) is not { } found)
        {
            return false;
        }

        Check(Names.Records, found, new Dictionary<string, DenseParams>(), sparse: false);
        if (!RecordFields.Keys.All(found.PayloadSchema.ContainsKey))
        {
            return false;
        }

        CheckFields(Names.Records, found, RecordFields);
        return true;
    }

    /// <summary>The error for a collection or alias that has the name of the index but is none.</summary>
    public static IndexUnusableException NotOurs(string collection, string difference) => new(
        $"The collection '{collection}' in Qdrant was made by another program or for another index: {difference}. "
        + "Choose another name with the setting Assistant:Storage:Qdrant:Collection, or delete the collection and ingest again.");

    private async Task EnsureAsync(string name, NewCollection wanted, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var found = await client.GetCollectionAsync(name, cancellationToken);
        if (found is null)
        {
            // Somebody else may make it at the same moment: then it is looked at like any other.
            if (await client.CreateCollectionAsync(name, wanted, cancellationToken))
            {
                Log.CollectionCreated(logger, name);
            }

            found = await client.GetCollectionAsync(name, cancellationToken)
                ?? throw new IndexUnavailableException($"Qdrant has not made the collection '{name}'. Try again later.");
        }

        Check(name, found, wanted.Vectors, sparse: wanted.SparseVectors is not null);
        // One that was made but whose fields were not, because the program or the server stopped in between, is finished.
        foreach (var (field, type) in fields)
        {
            if (!found.PayloadSchema.ContainsKey(field))
            {
                await client.CreateIndexAsync(name, new NewIndex(field, type), cancellationToken);
            }
            else
            {
                CheckFields(name, found, new Dictionary<string, string> { [field] = type });
            }
        }
    }

    private static void Check(string name, CollectionInfo found, IReadOnlyDictionary<string, DenseParams> dense, bool sparse)
    {
        var vectors = Vectors(name, found.Config.Params.Vectors);
        Same("its vectors are", vectors.Keys, dense.Keys);
        foreach (var (vector, wanted) in dense)
        {
            var actual = vectors[vector];
            Same($"vector '{vector}' has size", actual.Size, wanted.Size);
            Same($"vector '{vector}' is compared by", actual.Distance, wanted.Distance);
            Same($"vector '{vector}' is stored as", actual.Datatype ?? "float32", "float32");
            Same($"vector '{vector}' is", actual.MultivectorConfig is { ValueKind: not JsonValueKind.Null } ? "many" : "one", "one");
        }

        var sparseVectors = found.Config.Params.SparseVectors ?? new Dictionary<string, SparseParams>();
        IReadOnlyList<string> wantedSparse = sparse ? [Terms] : [];
        Same("its sparse vectors are", sparseVectors.Keys, wantedSparse);
        if (sparse)
        {
            Same($"sparse vector '{Terms}' has modifier", sparseVectors[Terms].Modifier ?? "none", "idf");
        }

        void Same(string what, object actual, object wanted)
        {
            var (is_, should) = (Text(actual), Text(wanted));
            if (is_ != should)
            {
                throw NotOurs(name, $"{what} {is_}, not {should}");
            }
        }

        static string Text(object value) => value is IEnumerable<string> names
            ? string.Join(", ", names.Order(StringComparer.Ordinal)) is { Length: > 0 } list ? list : "none"
            : Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }

    private static void CheckFields(string name, CollectionInfo found, IReadOnlyDictionary<string, string> fields)
    {
        foreach (var (field, type) in fields)
        {
            var actual = found.PayloadSchema.TryGetValue(field, out var info) ? info.DataType : "not indexed";
            if (actual != type)
            {
                throw NotOurs(name, $"field '{field}' is {actual}, not {type}");
            }
        }
    }

    private static Dictionary<string, DenseParams> Vectors(string name, JsonElement? vectors)
    {
        if (vectors is not { ValueKind: JsonValueKind.Object } named)
        {
            return [];
        }

        if (named.TryGetProperty("size", out var size) && size.ValueKind == JsonValueKind.Number)
        {
            throw NotOurs(name, "it has a vector without a name");
        }

        return named.Deserialize(QdrantJson.Wire.DictionaryStringDenseParams) ?? [];
    }

    private Dictionary<string, DenseParams> DenseOf(Generation generation) => generation.Dimensions == 0 ? [] : new()
    {
        [Dense] = new DenseParams
        {
            Size = generation.Dimensions,
            Distance = "Cosine",
            OnDisk = options.OnDisk ? true : null,
            QuantizationConfig = options.Quantized ? new Quantization(new ScalarQuantization("int8", AlwaysRam: true)) : null,
        },
    };

    private StrictMode? Strict() =>
        options.StrictMode ? new StrictMode(Enabled: true, UnindexedFilteringRetrieve: false, UnindexedFilteringUpdate: false) : null;
}
