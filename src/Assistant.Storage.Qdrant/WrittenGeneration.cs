using Assistant.Storage.Qdrant.Rest;
using Microsoft.Extensions.Logging;

namespace Assistant.Storage.Qdrant;

/// <summary>The generation that a writer writes to: the current one, or, for a rebuild, one of its own that becomes current at its end.</summary>
internal sealed class WrittenGeneration
{
    /// <summary>Changes of one lease; more of them than a lease can make.</summary>
    private const int ChangesOfEpoch = 1 << 20;

    private readonly IQdrantClient client;
    private readonly Collections collections;
    private readonly WriterLease lease;
    private readonly ILogger logger;
    private readonly string fingerprint;
    private readonly Generation? before;
    private Generation? generation;
    private int changes;

    public WrittenGeneration(
        IQdrantClient client, Collections collections, WriterLease lease, Snapshot before, string fingerprint, ILogger logger)
    {
        this.client = client;
        this.collections = collections;
        this.lease = lease;
        this.logger = logger;
        this.fingerprint = fingerprint;
        this.before = before.Generation;
        IsRebuild = before.Fingerprint != fingerprint;
        generation = IsRebuild ? null : before.Generation;
        Number = generation?.Number ?? lease.Epoch;
    }

    /// <summary>Whether the index was built by something else, or never.</summary>
    public bool IsRebuild { get; }

    /// <summary>
    /// Whether readers see another generation until this one is completed. An index that nothing was ever put into has no old one
    /// to keep: its documents are found one by one as they come.
    /// </summary>
    public bool IsHidden => IsRebuild && before is not null;

    public long Number { get; }

    /// <summary>Collection of its passages, once <see cref="EnsureAsync"/> has made it.</summary>
    public string Collection => generation!.Collection;

    /// <summary>Length of its vectors; null while there is no passage.</summary>
    public int? Dimensions => generation is { Dimensions: > 0 } known ? known.Dimensions : null;

    /// <summary>A number for the next change, larger than any before.</summary>
    public long NextChange() => changes < ChangesOfEpoch
        ? checked((lease.Epoch * ChangesOfEpoch) + changes++)
        : throw new InvalidOperationException("The writer has made more changes than one lease can number; open another one.");

    /// <summary>
    /// Makes the collection that is written to as soon as the length of vectors is known; before, one without vectors stands in
    /// for it, so that an index without passages has its alias, too.
    /// </summary>
    /// <param name="dimensions">Length of the vectors; null while it is not known.</param>
    public async Task EnsureAsync(int? dimensions)
    {
        if (generation is not null && (generation.Dimensions > 0 || dimensions is null))
        {
            return;
        }

        var stand = generation;
        generation = collections.Names.Of(Number, dimensions ?? 0);
        await collections.EnsurePassagesAsync(generation, CancellationToken.None);
        if (stand is null)
        {
            var record = new RecordPayload
            {
                Kind = RecordKind.Generation, Generation = Number, Change = NextChange(), Fingerprint = fingerprint,
            };
            await client.ChangeRecordsAsync(
                collections.Names.Records,
                [new Operation<RecordPayload> { Upsert = new PointList<RecordPayload>([record.At(Keys.GenerationRecord(Number))]) }],
                CancellationToken.None);
        }

        if (!IsHidden)
        {
            await client.SetAliasAsync(collections.Names.Alias, generation.Collection, exists: stand is not null, CancellationToken.None);
        }

        if (stand is not null)
        {
            await client.DeleteCollectionAsync(stand.Collection, CancellationToken.None);
        }
    }

    /// <summary>Shows a hidden generation to readers, and removes the one they saw until now.</summary>
    public async Task ShowAsync()
    {
        lease.Check();
        await client.SetAliasAsync(collections.Names.Alias, Collection, exists: true, CancellationToken.None);
        await new Recovery(client, collections, logger).RemoveGenerationsExceptAsync(generation, CancellationToken.None);
    }

    /// <summary>Removes a hidden generation that was not completed.</summary>
    public async Task AbandonAsync()
    {
        lease.Check();
        await new Recovery(client, collections, logger).RemoveGenerationsExceptAsync(before, CancellationToken.None);
    }
}
