using System.Threading.Channels;
using Assistant.Core.Ingestion;
using Assistant.Storage.Qdrant.Rest;

namespace Assistant.Storage.Qdrant;

/// <summary>Sends a document's passages in batches of bounded size, a few at a time.</summary>
internal static class PassageBatches
{
    private const int MostPassages = 256;

    /// <summary>The most bytes of a batch, as estimated; a server takes 32 MB by default.</summary>
    private const int MostBytes = 4_000_000;

    private const int MostAtATime = 4;

    /// <summary>A passage to send: a point, or a place for one that is there.</summary>
    internal readonly record struct Item(Point<PassagePayload>? Point, PayloadChange<PassagePayload>? Change, int Bytes);

    /// <summary>A passage that is new or is searched by something else than before.</summary>
    public static Item New(IndexedPassage indexed, SparseVector terms, PassagePayload payload) => new(
        new Point<PassagePayload>(indexed.Passage.Id, new PointVectors { Dense = indexed.Vector, Terms = terms }, payload),
        null,
        // A component takes about 13 characters, a term's number and weight 22.
        (13 * indexed.Vector.Length) + (22 * terms.Indices.Length) + (3 * indexed.Passage.Text.Length) + 600);

    /// <summary>A passage of which only the place is new.</summary>
    public static Item Moved(Guid id, PassagePayload places, long change) => new(
        null,
        new PayloadChange<PassagePayload>(
            places, Filter: new Filter { Must = [new Condition { HasId = [id] }], MustNot = [Condition.Above("active", change)] }),
        800);

    /// <summary>Sends them all; returns when all are there.</summary>
    /// <param name="client">The server.</param>
    /// <param name="collection">Where they go.</param>
    /// <param name="change">The change they are of: a passage that a later one has written already is left alone.</param>
    /// <param name="items">The passages.</param>
    public static async Task SendAsync(IQdrantClient client, string collection, long change, IEnumerable<Item> items)
    {
        // Made while others are on their way, and never more of them than are being sent.
        var batches = Channel.CreateBounded<IReadOnlyList<Operation<PassagePayload>>>(1);
        using var failed = new CancellationTokenSource();
        var senders = Enumerable.Range(0, MostAtATime).Select(_ => Task.Run(async () =>
        {
            try
            {
                await foreach (var batch in batches.Reader.ReadAllAsync(failed.Token))
                {
                    await client.ChangePassagesAsync(collection, batch, CancellationToken.None);
                }
            }
            catch
            {
                await failed.CancelAsync();
                throw;
            }
        })).ToList();
        try
        {
            foreach (var batch in Cut(change, items))
            {
                await batches.Writer.WriteAsync(batch, failed.Token);
            }
        }
        catch (OperationCanceledException) when (failed.IsCancellationRequested)
        {
            // The sender that failed says why.
        }
        finally
        {
            batches.Writer.Complete();
        }

        try
        {
            await Task.WhenAll(senders);
        }
        catch (OperationCanceledException)
        {
            throw senders.First(sender => sender.IsFaulted).Exception!.InnerException!;
        }
    }

    private static IEnumerable<IReadOnlyList<Operation<PassagePayload>>> Cut(long change, IEnumerable<Item> items)
    {
        var points = new List<Point<PassagePayload>>();
        var changes = new List<Operation<PassagePayload>>();
        var bytes = 0;
        foreach (var item in items)
        {
            if (points.Count + changes.Count == MostPassages || (bytes > 0 && bytes + item.Bytes > MostBytes))
            {
                yield return Batch();
            }

            bytes += item.Bytes;
            if (item.Point is { } point)
            {
                points.Add(point);
            }
            else
            {
                changes.Add(new Operation<PassagePayload> { SetPayload = item.Change });
            }
        }

        if (bytes > 0)
        {
            yield return Batch();
        }

        IReadOnlyList<Operation<PassagePayload>> Batch()
        {
            List<Operation<PassagePayload>> batch = points.Count == 0
                ? [.. changes]
                :
                [
                    new Operation<PassagePayload>
                    {
                        Upsert = new PointList<PassagePayload>([.. points])
                        {
                            UpdateFilter = new Filter { MustNot = [Condition.Above("active", change)] },
                        },
                    },
                    .. changes,
                ];
            points.Clear();
            changes.Clear();
            bytes = 0;
            return batch;
        }
    }
}
