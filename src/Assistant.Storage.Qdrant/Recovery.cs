using Assistant.Storage.Qdrant.Rest;
using Microsoft.Extensions.Logging;

namespace Assistant.Storage.Qdrant;

/// <summary>
/// Finishes or undoes what a writer that was cut off had begun. It makes one change after the other, so only the last one can be unfinished:
/// one whose record was written is finished, passages of one whose record was not are taken away.
/// </summary>
/// <param name="client">The server.</param>
/// <param name="collections">The collections of the index.</param>
/// <param name="logger">Log.</param>
internal sealed class Recovery(IQdrantClient client, Collections collections, ILogger logger)
{
    /// <summary>Passages of a document to delete: all, or all but those of one change, and never those of a change after <paramref name="upTo"/>.</summary>
    public static Operation<PassagePayload> DeletePassages(string document, long? keep, long upTo) => new()
    {
        Delete = new PointSelector
        {
            Filter = new Filter
            {
                Must = [Condition.Is("document", document)],
                MustNot = keep is { } change ? [Condition.Is("active", change), Condition.Above("active", upTo)] : [Condition.Above("active", upTo)],
            },
        },
    };

    /// <summary>Runs with the lease held, on the state as it is now.</summary>
    public async Task RunAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        await RemoveGenerationsExceptAsync(snapshot.Generation, cancellationToken);
        if (snapshot.Generation is not { Dimensions: > 0 } generation)
        {
            return;
        }

        var last = snapshot.Records.Values.Max(record => record.Change) ?? 0;
        var operations = new List<Operation<PassagePayload>>();
        foreach (var record in snapshot.Records.Values.Where(record => record.Change == last))
        {
            operations.Add(DeletePassages(record.Document!, snapshot.Current(record.Document!) is { Passages: > 0 } ? last : null, last));
            if (record.MovedFrom is { } origin && snapshot.Current(Keys.Document(origin)) is null)
            {
                operations.Add(DeletePassages(Keys.Document(origin), keep: null, last));
                await FinishMoveAsync(snapshot, record, cancellationToken);
            }
        }

        operations.InsertRange(0, await UndoAsync(generation, last, cancellationToken));
        if (operations.Count > 0)
        {
            await client.ChangePassagesAsync(generation.Collection, operations, cancellationToken);
        }
    }

    /// <summary>Removes what is left of other generations: their passages, documents and failures.</summary>
    public async Task RemoveGenerationsExceptAsync(Generation? current, CancellationToken cancellationToken)
    {
        foreach (var collection in await client.ListCollectionsAsync(cancellationToken))
        {
            if (collections.Names.Parse(collection) is { } other && other != current)
            {
                await client.DeleteCollectionAsync(collection, cancellationToken);
                Log.CollectionDeleted(logger, collection);
            }
        }

        Condition[] ofGenerations = [Condition.IsAny("kind", [RecordKind.Document, RecordKind.Failure, RecordKind.Generation])];
        await client.ChangeRecordsAsync(
            collections.Names.Records,
            [
                new Operation<RecordPayload>
                {
                    Delete = new PointSelector
                    {
                        Filter = new Filter
                        {
                            Must = ofGenerations,
                            MustNot = current is null ? null : [Condition.Is("generation", current.Number)],
                        },
                    },
                },
            ],
            cancellationToken);
    }

    /// <summary>Writes what the moved document's old record must say, when that was cut off.</summary>
    private async Task FinishMoveAsync(Snapshot snapshot, RecordPayload moved, CancellationToken cancellationToken)
    {
        if (!snapshot.Records.TryGetValue(Keys.Document(moved.MovedFrom!), out var origin) || origin.Number is null)
        {
            return;
        }

        var gone = RecordPayload.OfRemoved(origin, origin.Generation!.Value, moved.Change!.Value, moved.RemovedAt, moved.Id);
        await client.UpsertRecordsAsync(
            collections.Names.Records,
            new PointList<RecordPayload>([gone.At(Keys.DocumentRecord(origin.Generation.Value, origin.Id!))]),
            cancellationToken);
    }

    /// <summary>What takes passages away that were written for a change that never came.</summary>
    private async Task<IReadOnlyList<Operation<PassagePayload>>> UndoAsync(Generation generation, long last, CancellationToken cancellationToken)
    {
        var operations = new List<Operation<PassagePayload>>();
        var foreign = new List<Guid>();
        Guid? next = null;
        do
        {
            var page = await client.ScrollPassagesAsync(
                generation.Collection,
                new ScrollRequest
                {
                    Filter = new Filter { Must = [Condition.Above("active", last)] },
                    Offset = next,
                    WithPayload = ["active", "places"],
                },
                cancellationToken);
            foreach (var point in page?.Points ?? [])
            {
                Place[] places = [.. point.Payload!.Places!.Where(place => place.Change <= last)];
                if (places.Length == 0)
                {
                    foreign.Add(point.Id);
                }
                else
                {
                    operations.Add(new Operation<PassagePayload> { SetPayload = new PayloadChange<PassagePayload>(PassagePayload.Placed(places), [point.Id]) });
                }
            }

            next = page?.NextPageOffset;
        }
        while (next is not null);
        if (foreign.Count > 0)
        {
            operations.Add(new Operation<PassagePayload> { Delete = new PointSelector { Points = foreign } });
        }

        return operations;
    }
}
