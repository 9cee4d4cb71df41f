using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Storage.Qdrant.Rest;
using Microsoft.Extensions.Logging;

namespace Assistant.Storage.Qdrant;

/// <summary>
/// Writes a document in three steps: its passages beside those of the version before, then its record, which makes them current at
/// once, then away with what is of no version any more. A rebuild writes to a generation of its own and moves the alias at its end.
/// </summary>
/// <remarks>Whatever request is the last one before a crash, the next writer finishes or undoes what it was part of (<see cref="Recovery"/>).</remarks>
internal sealed class QdrantIndexWriter : IIndexWriter
{
    private readonly WriterLease lease;
    private readonly WrittenGeneration generation;
    private readonly DocumentRecords documents;
    private readonly PassagePoints points;
    private bool ended;

    public QdrantIndexWriter(
        IQdrantClient client, Collections collections, WriterLease lease, Snapshot before, string fingerprint,
        TimeProvider time, ILogger logger)
    {
        this.lease = lease;
        generation = new WrittenGeneration(client, collections, lease, before, fingerprint, logger);
        documents = new DocumentRecords(client, collections.Names, generation, before, time);
        points = new PassagePoints(client, generation);
        Log.WriterOpened(logger, collections.Names.Alias, generation.Number, IsRebuild);
    }

    /// <inheritdoc/>
    public bool IsRebuild => generation.IsRebuild;

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Guid, ReadOnlyMemory<float>>> GetVectorsAsync(string documentId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfEnded();
        return documents.Current(documentId) is { Passages: > 0 } document
            ? await points.VectorsAsync(document, cancellationToken)
            : new Dictionary<Guid, ReadOnlyMemory<float>>();
    }

    /// <inheritdoc/>
    public async Task PutAsync(
        DocumentVersion version, IReadOnlyList<IndexedPassage> passages, string? movedFrom, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var dimensions = IndexedPassageCheck.Check(version, passages, generation.Dimensions);
        ThrowIfNotHeld();
        var isNew = await documents.IsNewAsync(version, cancellationToken);
        var origin = movedFrom is not null && movedFrom != version.DocumentId ? documents.Current(movedFrom) : null;
        await WriteAsync(async () =>
        {
            await generation.EnsureAsync(dimensions);
            var change = generation.NextChange();
            var old = documents.Current(version.DocumentId);
            await points.StageAsync(Keys.Document(version.DocumentId), passages, old, change);
            lease.Check();
            await documents.PutAsync(version, isNew, passages.Count, origin, change);
            await points.RemoveAsync(old, isEmptied: passages.Count == 0, change);
            await points.RemoveAsync(origin, isEmptied: true, change);
        });
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string documentId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfNotHeld();
        await WriteAsync(async () =>
        {
            await generation.EnsureAsync(null);
            var old = documents.Current(documentId);
            var change = generation.NextChange();
            await documents.RemoveAsync(documentId, change);
            await points.RemoveAsync(old, isEmptied: true, change);
        });
    }

    /// <inheritdoc/>
    public async Task DropVersionsAsync(string documentId, IReadOnlyCollection<int> numbers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfNotHeld();
        if (await documents.DroppedAsync(documentId, numbers, cancellationToken) is { Count: > 0 } dropped)
        {
            await WriteAsync(() => documents.DropAsync(documentId, dropped));
        }
    }

    /// <inheritdoc/>
    public async Task PutFailureAsync(FailedFile failure, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfNotHeld();
        await WriteAsync(async () =>
        {
            await generation.EnsureAsync(null);
            await documents.PutFailureAsync(failure);
        });
    }

    /// <inheritdoc/>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfNotHeld();
        await WriteAsync(async () =>
        {
            // With nothing put, too, the index is from now on one of this fingerprint.
            await generation.EnsureAsync(null);
            if (generation.IsHidden)
            {
                await documents.LeaveOutAsync();
                await generation.ShowAsync();
            }
        });
        ended = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var abandoned = generation.IsHidden && !ended;
        ended = true;
        try
        {
            if (abandoned)
            {
                await generation.AbandonAsync();
            }
        }
        catch (Exception error) when (error is IndexUnavailableException or IndexUnusableException or IndexLeaseHeldException)
        {
            // The next writer does it.
        }
        finally
        {
            await lease.DisposeAsync();
        }
    }

    private async Task WriteAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch
        {
            // How far the change came is not known; the next writer finds out.
            ended = true;
            throw;
        }
    }

    private void ThrowIfNotHeld()
    {
        ThrowIfEnded();
        lease.Check();
    }

    private void ThrowIfEnded()
    {
        if (ended)
        {
            throw new InvalidOperationException("The writer has ended; open another one.");
        }
    }
}
