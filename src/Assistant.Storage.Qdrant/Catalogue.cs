using System.Collections.Immutable;
using Assistant.Core.Ingestion;
using Assistant.Storage.Qdrant.Rest;
using Microsoft.Extensions.Logging;

namespace Assistant.Storage.Qdrant;

/// <summary>
/// The documents as they are kept in memory, brought up to date by asking for what changed since. Every change of a document has a
/// number of its own that only grows, so one small request tells whether anything happened and what. Thread-safe.
/// </summary>
/// <param name="client">The server.</param>
/// <param name="collections">The collections of the index.</param>
/// <param name="logger">Log.</param>
internal sealed class Catalogue(IQdrantClient client, Collections collections, ILogger logger) : IDisposable
{
    /// <summary>How often a read is repeated because the index changed meanwhile; a writer has to be very fast to win every time.</summary>
    private const int MostReads = 100;

    private static readonly string[] Everything =
    [
        "kind", "generation", "change", "document", "id", "number", "last_number", "passages", "removed_at", "moved_to", "moved_from",
        "own_title", "content_hash", "ingested_at", "metadata", "fingerprint",
    ];

    private readonly SemaphoreSlim refreshing = new(1, 1);
    private ImmutableDictionary<long, Known> generations = ImmutableDictionary<long, Known>.Empty;
    private long lastChange;
    private string? aliased;
    private string? checkedCollection;
    private bool recordsChecked;
    private bool isBehind;
    private volatile Snapshot current = Snapshot.Empty;

    public void Dispose() => refreshing.Dispose();

    /// <summary>What the index holds now. The same object as before when nothing has changed.</summary>
    public async Task<Snapshot> RefreshAsync(CancellationToken cancellationToken)
    {
        await refreshing.WaitAsync(cancellationToken);
        try
        {
            await collections.CheckServerAsync(cancellationToken);
            // The alias first: what was written before it was set is then seen.
            var alias = client.GetAliasAsync(collections.Names.Alias, cancellationToken);
            await Task.WhenAll(alias, LoadAsync(cancellationToken));
            var target = await alias;
            var moved = target != aliased;
            if (moved)
            {
                if (target is null)
                {
                    // The server was emptied: what comes now begins anew.
                    generations = ImmutableDictionary<long, Known>.Empty;
                    lastChange = 0;
                }

                await LoadAsync(cancellationToken);
            }

            if (moved || checkedCollection is null || isBehind)
            {
                current = await ComposeAsync(target, cancellationToken);
                aliased = target;
                isBehind = false;
            }

            return current;
        }
        finally
        {
            refreshing.Release();
        }
    }

    /// <summary>
    /// Reads something with what is known, and again if the index changed while it was read: so what is read is of one state,
    /// although it is spread over several requests.
    /// </summary>
    public async Task<T> ReadAsync<T>(Func<Snapshot, Task<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var before = aliased is null ? await RefreshAsync(cancellationToken) : current;
        for (var reads = 0; reads < MostReads; reads++)
        {
            T? result = default;
            var whole = true;
            try
            {
                result = await read(before);
            }
            catch (CollectionGoneException)
            {
                // The generation was replaced; the state that follows is another one.
                whole = false;
            }

            var after = await RefreshAsync(cancellationToken);
            if (whole && ReferenceEquals(before, after))
            {
                return result!;
            }

            Log.ReadAgain(logger, collections.Names.Alias);
            before = after;
        }

        throw new IndexUnavailableException("The index changes faster than it can be read. Ask again in a moment.", TimeSpan.FromSeconds(1));
    }

    private async Task<Snapshot> ComposeAsync(string? target, CancellationToken cancellationToken)
    {
        if (target is null)
        {
            await RefuseCollectionInPlaceOfAliasAsync(cancellationToken);
            return Snapshot.Empty;
        }

        var generation = collections.Names.Parse(target)
            ?? throw new IndexUnusableException(
                $"The alias '{collections.Names.Alias}' in Qdrant leads to '{target}', which is no index of this program. "
                + "Choose another name with the setting Assistant:Storage:Qdrant:Collection.");
        if (checkedCollection != target)
        {
            if (!await collections.CheckPassagesAsync(generation, cancellationToken))
            {
                throw new IndexUnavailableException($"The alias '{collections.Names.Alias}' in Qdrant is being moved. Try again.", TimeSpan.FromSeconds(1));
            }

            checkedCollection = target;
        }

        // Memory of generations before it is given back.
        generations = generations.RemoveRange(generations.Keys.Where(number => number < generation.Number));
        var known = generations.GetValueOrDefault(generation.Number, Known.None);
        return new Snapshot(generation, known.Fingerprint, known.Records);
    }

    private async Task RefuseCollectionInPlaceOfAliasAsync(CancellationToken cancellationToken)
    {
        if (checkedCollection is null && await client.GetCollectionAsync(collections.Names.Alias, cancellationToken) is not null)
        {
            throw Collections.NotOurs(collections.Names.Alias, "it is a collection, where this program has an alias");
        }

        checkedCollection = "";
    }

    /// <summary>
    /// Takes in what changed. That it did is kept until it shows: what is taken in is not told of again, and whoever asked may give
    /// up before.
    /// </summary>
    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (!recordsChecked)
        {
            recordsChecked = await collections.CheckRecordsAsync(cancellationToken);
        }

        var page = recordsChecked ? await PageAsync(lastChange, null, cancellationToken) : null;
        if (page is null)
        {
            return;
        }

        // While many pages are read others may be changed behind our back: those are asked for once more the next time.
        var upTo = page.NextPageOffset is null ? long.MaxValue : await NewestAsync(cancellationToken);
        var newest = lastChange;
        while (page is not null)
        {
            foreach (var record in page.Points.Select(point => point.Payload!))
            {
                // What is written for a generation to come changes nothing for readers.
                isBehind |= Take(record) && record.Generation == current.Generation?.Number;
                newest = Math.Max(newest, record.Change!.Value);
            }

            page = page.NextPageOffset is { } next ? await PageAsync(lastChange, next, cancellationToken) : null;
        }

        lastChange = Math.Min(newest, upTo);
    }

    private bool Take(RecordPayload record)
    {
        var known = generations.GetValueOrDefault(record.Generation!.Value, Known.None);
        if (record.Kind == RecordKind.Generation)
        {
            generations = generations.SetItem(record.Generation.Value, known with { Fingerprint = record.Fingerprint });
            return known.Fingerprint != record.Fingerprint;
        }

        if (known.Records.TryGetValue(record.Document!, out var old) && old.Change >= record.Change)
        {
            return false;
        }

        generations = generations.SetItem(record.Generation.Value, known with { Records = known.Records.SetItem(record.Document!, record) });
        return true;
    }

    private Task<ScrollPage<RecordPayload>?> PageAsync(long since, Guid? offset, CancellationToken cancellationToken) =>
        client.ScrollRecordsAsync(
            collections.Names.Records,
            new ScrollRequest
            {
                Filter = new Filter
                {
                    Must = [Condition.IsAny("kind", [RecordKind.Document, RecordKind.Generation]), Condition.AtLeast("change", since)],
                },
                Offset = offset,
                WithPayload = Everything,
            },
            cancellationToken);

    private async Task<long> NewestAsync(CancellationToken cancellationToken)
    {
        var newest = await client.ScrollRecordsAsync(
            collections.Names.Records,
            new ScrollRequest
            {
                Filter = new Filter { Must = [Condition.IsAny("kind", [RecordKind.Document, RecordKind.Generation])] },
                Limit = 1,
                OrderBy = new OrderBy("change", "desc"),
                WithPayload = Everything,
            },
            cancellationToken);
        return newest?.Points is [var point] ? point.Payload!.Change!.Value : 0;
    }

    private sealed record Known(string? Fingerprint, ImmutableDictionary<string, RecordPayload> Records)
    {
        public static Known None { get; } = new(null, ImmutableDictionary.Create<string, RecordPayload>(StringComparer.Ordinal));
    }
}

/// <summary>A generation's collection is not there any more, or another one by now.</summary>
internal sealed class CollectionGoneException : Exception;
