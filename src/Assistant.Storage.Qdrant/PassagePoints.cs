using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Assistant.Core.Ingestion;
using Assistant.Storage.Qdrant.Rest;

namespace Assistant.Storage.Qdrant;

/// <summary>Writes the points of passages: their vectors, their terms and where they stand.</summary>
/// <param name="client">The server.</param>
/// <param name="generation">The generation that is written to.</param>
internal sealed class PassagePoints(IQdrantClient client, WrittenGeneration generation)
{
    /// <summary>Vectors of a document's current passages by passage id.</summary>
    public async Task<IReadOnlyDictionary<Guid, ReadOnlyMemory<float>>> VectorsAsync(RecordPayload document, CancellationToken cancellationToken)
    {
        var vectors = new Dictionary<Guid, ReadOnlyMemory<float>>();
        await foreach (var point in ReadAsync(document.Document!, ["active"], [Collections.Dense], cancellationToken))
        {
            if (point.Payload!.Active!.Contains(document.Change!.Value))
            {
                vectors.Add(point.Id, point.Vector!.Dense!.Value);
            }
        }

        return vectors;
    }

    /// <summary>Writes passages so that those of the current version stay as they are and the new ones are not active yet.</summary>
    /// <param name="key">Key of their document.</param>
    /// <param name="passages">The passages.</param>
    /// <param name="old">The document's record when it is in the corpus.</param>
    /// <param name="change">The change they become active with.</param>
    public async Task StageAsync(string key, IReadOnlyList<IndexedPassage> passages, RecordPayload? old, long change)
    {
        if (passages.Count == 0)
        {
            return;
        }

        var stored = new Dictionary<Guid, PassagePayload>();
        if (old is { Passages: > 0 })
        {
            await foreach (var point in ReadAsync(key, ["active", "places", "vectors"], null, CancellationToken.None))
            {
                stored[point.Id] = point.Payload!;
            }
        }

        await PassageBatches.SendAsync(
            client,
            generation.Collection,
            change,
            passages.Select(indexed =>
            {
                var place = Place.Of(indexed.Passage, change);
                var terms = KeywordVector.OfPassage(indexed);
                var vectors = HashOf(indexed, terms);
                if (!stored.TryGetValue(indexed.Passage.Id, out var known))
                {
                    return PassageBatches.New(indexed, terms, PassagePayload.Of(indexed, key, vectors, [place]));
                }

                IReadOnlyList<Place> places = old is not null && known.PlaceOf(old.Change!.Value) is { } current ? [current, place] : [place];
                return known.Vectors == vectors
                    ? PassageBatches.Moved(indexed.Passage.Id, PassagePayload.Placed(places), change)
                    : PassageBatches.New(indexed, terms, PassagePayload.Of(indexed, key, vectors, places));
            }));
    }

    /// <summary>Removes what a document had before a change.</summary>
    /// <param name="old">The record it had then; null when it was not in the corpus.</param>
    /// <param name="isEmptied">Whether all of it goes, not only what the change left out.</param>
    /// <param name="change">The change.</param>
    public Task RemoveAsync(RecordPayload? old, bool isEmptied, long change) => old is not { Passages: > 0 } || generation.Dimensions is null
        ? Task.CompletedTask
        : client.ChangePassagesAsync(
            generation.Collection, [Recovery.DeletePassages(old.Document!, isEmptied ? null : change, change)], CancellationToken.None);

    /// <summary>What a passage is searched by, as a hash.</summary>
    private static string HashOf(IndexedPassage indexed, SparseVector terms)
    {
        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes(indexed.Vector.Span));
        hash.Append(MemoryMarshal.AsBytes(terms.Indices.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(terms.Values.AsSpan()));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private async IAsyncEnumerable<FoundPoint<PassagePayload>> ReadAsync(
        string document, IReadOnlyList<string> fields, IReadOnlyList<string>? vectors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Guid? next = null;
        do
        {
            var page = await client.ScrollPassagesAsync(
                generation.Collection,
                new ScrollRequest
                {
                    Filter = new Filter { Must = [Condition.Is("document", document)] },
                    Offset = next,
                    WithPayload = fields,
                    WithVector = vectors,
                },
                cancellationToken);
            foreach (var point in page?.Points ?? [])
            {
                yield return point;
            }

            next = page?.NextPageOffset;
        }
        while (next is not null);
    }
}
