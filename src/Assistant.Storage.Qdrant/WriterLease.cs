using System.Globalization;
using Assistant.Core.Ingestion;
using Assistant.Storage.Qdrant.Rest;
using Microsoft.Extensions.Logging;

namespace Assistant.Storage.Qdrant;

/// <summary>
/// The right to write to an index: a record with an owner and an end, taken and renewed by updates that apply only while the
/// record is what it was seen to be. When its process dies, the lease ends by itself.
/// </summary>
internal sealed class WriterLease : IAsyncDisposable
{
    /// <summary>How long a lease lasts without being renewed. Clocks of hosts that write to one index may differ by a small part of it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly IQdrantClient client;
    private readonly CollectionNames names;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource ending = new();
    private readonly Task renewing;
    private RecordPayload held;
    private volatile bool lost;

    private WriterLease(IQdrantClient client, CollectionNames names, TimeProvider time, ILogger logger, RecordPayload held)
    {
        this.client = client;
        this.names = names;
        this.time = time;
        this.logger = logger;
        this.held = held;
        renewing = RenewAsync();
    }

    /// <summary>Number of this taking of the lease; larger than that of any before.</summary>
    public long Epoch => held.Epoch!.Value;

    /// <summary>Takes the lease.</summary>
    /// <exception cref="IndexLeaseHeldException">Someone else holds it.</exception>
    public static async Task<WriterLease> TakeAsync(
        IQdrantClient client, CollectionNames names, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var seen = await client.GetRecordAsync(names.Records, Keys.Lease, cancellationToken);
        var now = time.GetUtcNow();
        if (seen?.Payload is { Owner.Length: > 0 } other && other.ExpiresAt > now)
        {
            throw Held(names, other);
        }

        var mine = new RecordPayload
        {
            Kind = RecordKind.Lease,
            // Only by a token that no other taking has can a writer tell that the record is its own: machine, process and start
            // time, which people read in the name, can be the same for two writers in one process.
            Owner = Guid.NewGuid().ToString(),
            OwnerName = string.Create(
                CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName} since {now:yyyy-MM-dd HH:mm:ss} UTC"),
            // Never a number that was used before, also when the server was emptied in between.
            Epoch = Math.Max((seen?.Payload?.Epoch ?? 0) + 1, now.ToUnixTimeSeconds()),
            ExpiresAt = now + Lifetime,
        };
        await WriteAsync(client, names, mine, seen?.Payload);
        var taken = (await client.GetRecordAsync(names.Records, Keys.Lease, cancellationToken))?.Payload;
        return taken?.Owner == mine.Owner ? new WriterLease(client, names, time, logger, mine) : throw Held(names, taken);
    }

    /// <summary>Whether the lease ended without being given back.</summary>
    public static async Task<bool> WasAbandonedAsync(
        IQdrantClient client, CollectionNames names, TimeProvider time, CancellationToken cancellationToken) =>
        (await client.GetRecordAsync(names.Records, Keys.Lease, cancellationToken))?.Payload is { Owner.Length: > 0 } left && left.ExpiresAt <= time.GetUtcNow();

    /// <summary>Makes sure, before something is written, that the lease is still held.</summary>
    /// <exception cref="IndexLeaseHeldException">It is not: it ended before it could be renewed.</exception>
    public void Check()
    {
        if (lost || time.GetUtcNow() >= held.ExpiresAt)
        {
            throw new IndexLeaseHeldException(
                $"The lease of the index '{names.Alias}' ended before it could be renewed, and another ingestion may be writing. Ingest again; what was done is kept.");
        }
    }

    /// <summary>Gives the lease back; where that fails it ends by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await renewing;
        ending.Dispose();
        if (lost)
        {
            return;
        }

        try
        {
            await WriteAsync(client, names, held with { Owner = "", OwnerName = null, ExpiresAt = time.GetUtcNow() }, held);
        }
        catch (Exception error) when (error is IndexUnavailableException or IndexUnusableException)
        {
            Log.LeaseNotReturned(logger, names.Alias, error.Message);
        }
    }

    private static IndexLeaseHeldException Held(CollectionNames names, RecordPayload? other) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Another ingestion is writing to the index '{names.Alias}' in Qdrant: {other?.OwnerName ?? "it has just begun"}. Try again when it has ended; if it was killed, from {other?.ExpiresAt:HH:mm:ss} UTC on."));

    /// <summary>Writes the record if it is still the one that was seen, or none was and there is none.</summary>
    private static Task WriteAsync(IQdrantClient client, CollectionNames names, RecordPayload record, RecordPayload? seen) =>
        client.UpsertRecordsAsync(
            names.Records,
            new PointList<RecordPayload>([record.At(Keys.Lease)])
            {
                UpdateFilter = new Filter { Must = [Condition.Is("owner", seen?.Owner ?? "nobody"), Condition.Is("epoch", seen?.Epoch ?? -1)] },
            },
            CancellationToken.None);

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(Lifetime / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ending.Token))
            {
                try
                {
                    var renewed = held with { ExpiresAt = time.GetUtcNow() + Lifetime };
                    await WriteAsync(client, names, renewed, held);
                    var stored = (await client.GetRecordAsync(names.Records, Keys.Lease, ending.Token))?.Payload;
                    lost |= stored?.Owner != held.Owner;
                    held = renewed;
                }
                catch (Exception error) when (error is IndexUnavailableException or IndexUnusableException)
                {
                    Log.LeaseNotRenewed(logger, names.Alias, error.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Given back.
        }
    }
}
