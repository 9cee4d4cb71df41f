using System.IO.Hashing;
using System.Runtime.InteropServices;
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
    /// <summary>Changes of one lease; more of them than a lease can make.</summary>
    private const int ChangesOfEpoch = 1 << 20;

    private readonly IQdrantClient client;
    private readonly Collections collections;
    private readonly WriterLease lease;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly string fingerprint;
    private readonly Snapshot before;
    private readonly Dictionary<string, RecordPayload> written;
    private readonly bool inNewGeneration;
    private Generation? generation;
    private readonly long generationNumber;
    private int changes;
    private bool ended;

    public QdrantIndexWriter(
        IQdrantClient client, Collections collections, WriterLease lease, Snapshot before, string fingerprint,
        TimeProvider time, ILogger logger)
    {
        this.client = client;
        this.collections = collections;
        this.lease = lease;
        this.before = before;
        this.fingerprint = fingerprint;
        this.time = time;
        this.logger = logger;
        IsRebuild = before.Fingerprint != fingerprint;
        // An index that nothing was ever put into has no old generation to keep: its documents are found one by one as they come.
        inNewGeneration = IsRebuild && before.Generation is not null;
        generation = IsRebuild ? null : before.Generation;
        generationNumber = generation?.Number ?? lease.Epoch;
        written = IsRebuild ? new(StringComparer.Ordinal) : new(before.Records, StringComparer.Ordinal);
        Log.WriterOpened(logger, collections.Names.Alias, generationNumber, IsRebuild);
    }

    /// <inheritdoc/>
    public bool IsRebuild { get; }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Guid, ReadOnlyMemory<float>>> GetVectorsAsync(string documentId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfEnded();
        var vectors = new Dictionary<Guid, ReadOnlyMemory<float>>();
        if (Current(documentId) is not { Passages: > 0 } document)
        {
            return vectors;
        }

        await foreach (var point in PassagesAsync(document.Document!, ["active"], [Collections.Dense], cancellationToken))
        {
            if (point.Payload!.Active!.Contains(document.Change!.Value))
            {
                vectors.Add(point.Id, point.Vector!.Dense!.Value);
            }
        }

        return vectors;
    }

    /// <inheritdoc/>
    public async Task PutAsync(
        DocumentVersion version, IReadOnlyList<IndexedPassage> passages, string? movedFrom, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Check(version, passages);
        ThrowIfEnded();
        lease.Check();
        var last = Known(version.DocumentId)?.LastNumber ?? 0;
        var isNew = version.Number > last || !await IsStoredAsync(version, cancellationToken);
        var origin = movedFrom is not null && movedFrom != version.DocumentId ? Current(movedFrom) : null;
        await WriteAsync(async () =>
        {
            await EnsureGenerationAsync(passages.Count > 0 ? passages[0].Vector.Length : 0);
            var change = NextChange();
            var old = Current(version.DocumentId);
            await StageAsync(version.DocumentId, passages, old, change);
            var record = Record(version, passages.Count, Math.Max(last, version.Number), change, origin?.Id);
            await CommitAsync(version, isNew, last, record, origin);
            await RemovePassagesAsync(old is { Passages: > 0 } ? record.Document! : null, keep: passages.Count > 0 ? change : null, change);
            await RemovePassagesAsync(origin is { Passages: > 0 } ? origin.Document! : null, keep: null, change);
        });
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string documentId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfEnded();
        lease.Check();
        await WriteAsync(async () =>
        {
            await EnsureGenerationAsync(0);
            var operations = new List<Operation<RecordPayload>>();
            var document = Current(documentId);
            var change = NextChange();
            if (document is not null)
            {
                operations.Add(Upsert(Removed(document, movedTo: null, change)));
            }

            operations.Add(ForgetFailure(documentId));
            await client.ChangeRecordsAsync(collections.Names.Records, operations, CancellationToken.None);
            await RemovePassagesAsync(document is { Passages: > 0 } ? document.Document! : null, keep: null, change);
        });
    }

    /// <inheritdoc/>
    public async Task DropVersionsAsync(string documentId, IReadOnlyCollection<int> numbers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfEnded();
        lease.Check();
        if (Current(documentId) is { } document && numbers.Contains(document.Number!.Value))
        {
            throw new ArgumentException($"Version {document.Number} of '{documentId}' is the current one.", nameof(numbers));
        }

        var now = time.GetUtcNow();
        var points = new List<Point<RecordPayload>>();
        await foreach (var version in VersionsAsync(client, collections.Names, documentId, Known(documentId)?.LastNumber ?? 0, cancellationToken))
        {
            if (version.DroppedAt is null && numbers.Contains(version.Number!.Value))
            {
                points.Add(Point(Keys.VersionRecord(documentId, version.Number.Value), version with { DroppedAt = now }));
            }
        }

        if (points.Count > 0)
        {
            // Whole points, so that the text is gone; one operation, so that all are dropped or none.
            await WriteAsync(() => client.ChangeRecordsAsync(
                collections.Names.Records, [new Operation<RecordPayload> { Upsert = new PointList<RecordPayload>(points) }], CancellationToken.None));
        }
    }

    /// <inheritdoc/>
    public async Task PutFailureAsync(FailedFile failure, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfEnded();
        lease.Check();
        await WriteAsync(async () =>
        {
            await EnsureGenerationAsync(0);
            var record = new RecordPayload
            {
                Kind = RecordKind.Failure,
                Generation = generationNumber,
                Document = Keys.Document(failure.DocumentId),
                Id = failure.DocumentId,
                ContentHash = failure.ContentHash,
                Error = failure.Error,
            };
            await client.ChangeRecordsAsync(
                collections.Names.Records,
                [new Operation<RecordPayload> { Upsert = new PointList<RecordPayload>([Point(Keys.FailureRecord(generationNumber, failure.DocumentId), record)]) }],
                CancellationToken.None);
        });
    }

    /// <inheritdoc/>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfEnded();
        lease.Check();
        await WriteAsync(async () =>
        {
            // With nothing put, too, the index is from now on one of this fingerprint.
            await EnsureGenerationAsync(0);
            if (inNewGeneration)
            {
                await LeaveOutAsync();
                lease.Check();
                await client.SetAliasAsync(collections.Names.Alias, generation!.Collection, exists: true, CancellationToken.None);
                await new Recovery(client, collections, logger).RemoveGenerationsExceptAsync(generation, CancellationToken.None);
            }
        });
        ended = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var abandoned = inNewGeneration && !ended;
        ended = true;
        try
        {
            if (abandoned && before.Generation is { } current)
            {
                lease.Check();
                await new Recovery(client, collections, logger).RemoveGenerationsExceptAsync(current, CancellationToken.None);
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

    /// <summary>The versions of a document up to a number, dropped ones included, without their texts.</summary>
    public static async IAsyncEnumerable<RecordPayload> VersionsAsync(
        IQdrantClient client, CollectionNames names, string documentId, int lastNumber,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Guid? next = null;
        do
        {
            var page = await client.ScrollRecordsAsync(
                names.Records,
                new ScrollRequest
                {
                    Filter = new Filter
                    {
                        Must =
                        [
                            Condition.Is("kind", RecordKind.Version), Condition.Is("document", Keys.Document(documentId)), Condition.AtMost("number", lastNumber),
                        ],
                    },
                    Offset = next,
                    WithPayload = ["kind", "change", "document", "id", "number", "content_hash", "ingested_at", "dropped_at"],
                },
                cancellationToken);
            foreach (var point in page?.Points ?? [])
            {
                yield return point.Payload!;
            }

            next = page?.NextPageOffset;
        }
        while (next is not null);
    }

    private void Check(DocumentVersion version, IReadOnlyList<IndexedPassage> passages)
    {
        var dimensions = generation?.Dimensions ?? 0;
        foreach (var indexed in passages)
        {
            var passage = indexed.Passage;
            if (passage.DocumentId != version.DocumentId || passage.Version != version.Number)
            {
                throw new ArgumentException($"Passage {passage.Id} is one of '{passage.DocumentId}' version {passage.Version}, not of '{version.DocumentId}' version {version.Number}.");
            }

            if (passage.Span.End > version.Text.Length || !passage.Span.In(version.Text).SequenceEqual(passage.Text))
            {
                throw new ArgumentException($"Passage {passage.Id} is not the text of '{version.DocumentId}' at {passage.Span}.");
            }

            dimensions = dimensions == 0 ? indexed.Vector.Length : dimensions;
            if (indexed.Vector.Length == 0 || indexed.Vector.Length != dimensions)
            {
                throw new ArgumentException($"A vector of {indexed.Vector.Length} dimensions does not fit an index with vectors of {Math.Max(dimensions, 1)} or more.");
            }
        }
    }

    /// <summary>Whether the version is stored already.</summary>
    /// <exception cref="ArgumentException">It is, with another text.</exception>
    private async Task<bool> IsStoredAsync(DocumentVersion version, CancellationToken cancellationToken)
    {
        var stored = await client.GetRecordAsync(collections.Names.Records, Keys.VersionRecord(version.DocumentId, version.Number), cancellationToken);
        return stored is not null && (stored.Payload!.Text == version.Text
            ? true
            : throw new ArgumentException($"Version {version.Number} of '{version.DocumentId}' is stored with another text.", nameof(version)));
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

    /// <summary>
    /// Makes the collection that is written to as soon as the length of vectors is known; before, one without vectors stands in
    /// for it, so that an index without passages has its alias, too.
    /// </summary>
    private async Task EnsureGenerationAsync(int dimensions)
    {
        if (generation is not null && (generation.Dimensions > 0 || dimensions == 0))
        {
            return;
        }

        var stand = generation;
        generation = collections.Names.Of(generationNumber, dimensions);
        await collections.EnsurePassagesAsync(generation, CancellationToken.None);
        if (stand is null)
        {
            var record = new RecordPayload
            {
                Kind = RecordKind.Generation, Generation = generationNumber, Change = NextChange(), Fingerprint = fingerprint,
            };
            await client.ChangeRecordsAsync(
                collections.Names.Records,
                [new Operation<RecordPayload> { Upsert = new PointList<RecordPayload>([Point(Keys.GenerationRecord(generationNumber), record)]) }],
                CancellationToken.None);
        }

        if (!inNewGeneration)
        {
            await client.SetAliasAsync(collections.Names.Alias, generation.Collection, exists: stand is not null, CancellationToken.None);
        }

        if (stand is not null)
        {
            await client.DeleteCollectionAsync(stand.Collection, CancellationToken.None);
        }
    }

    /// <summary>Writes passages so that those of the current version stay as they are and the new ones are not active yet.</summary>
    private async Task StageAsync(string documentId, IReadOnlyList<IndexedPassage> passages, RecordPayload? old, long change)
    {
        if (passages.Count == 0)
        {
            return;
        }

        var stored = new Dictionary<Guid, PassagePayload>();
        if (old is { Passages: > 0 })
        {
            await foreach (var point in PassagesAsync(old.Document!, ["active", "places", "vectors"], null, CancellationToken.None))
            {
                stored[point.Id] = point.Payload!;
            }
        }

        var key = Keys.Document(documentId);
        await PassageBatches.SendAsync(
            client,
            generation!.Collection,
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

    /// <summary>Makes the version current: with the document's record it is, with all before it is not.</summary>
    private Task CommitAsync(DocumentVersion version, bool isNew, int last, RecordPayload record, RecordPayload? origin)
    {
        lease.Check();
        var operations = new List<Operation<RecordPayload>>();
        // Whoever lost the lease without noticing must not undo what its successor wrote.
        var older = Condition.Below("change", record.Change!.Value);
        if (isNew)
        {
            // What a broken change left behind must not become part of the history.
            operations.Add(new Operation<RecordPayload>
            {
                Delete = new PointSelector
                {
                    Filter = new Filter
                    {
                        Must = [Condition.Is("kind", RecordKind.Version), Condition.Is("document", record.Document!), Condition.Above("number", last), older],
                    },
                },
            });
            operations.Add(new Operation<RecordPayload>
            {
                Upsert = new PointList<RecordPayload>(
                    [Point(Keys.VersionRecord(version.DocumentId, version.Number), VersionRecord(version) with { Change = record.Change })])
                {
                    UpdateFilter = new Filter { Must = [older] },
                },
            });
        }

        operations.Add(Upsert(record));
        if (origin is not null)
        {
            operations.Add(Upsert(Removed(origin, version.DocumentId, record.Change!.Value)));
            operations.Add(ForgetFailure(origin.Id!));
        }

        operations.Add(ForgetFailure(version.DocumentId));
        return client.ChangeRecordsAsync(collections.Names.Records, operations, CancellationToken.None);
    }

    private Task RemovePassagesAsync(string? document, long? keep, long upTo) => document is null || generation!.Dimensions == 0
        ? Task.CompletedTask
        : client.ChangePassagesAsync(generation.Collection, [Recovery.DeletePassages(document, keep, upTo)], CancellationToken.None);

    /// <summary>Says in the new generation of every document that did not come into it, or was gone before, that it is gone.</summary>
    private async Task LeaveOutAsync()
    {
        foreach (var records in before.Records.Values.Where(record => !written.ContainsKey(record.Document!)).Chunk(256))
        {
            // Documents that were moved are told of by where they went.
            var change = NextChange();
            List<Point<RecordPayload>> points =
            [
                .. records.Select(record =>
                {
                    var gone = before.MovedTo(record) is { } moved
                        ? Removed(record, moved.Id, change) with { RemovedAt = moved.RemovedAt }
                        : record.Number is null ? record with { Generation = generationNumber, Change = change } : Removed(record, null, change);
                    return Point(Keys.DocumentRecord(generationNumber, record.Id!), gone);
                }),
            ];
            await client.ChangeRecordsAsync(
                collections.Names.Records, [new Operation<RecordPayload> { Upsert = new PointList<RecordPayload>(points) }], CancellationToken.None);
        }
    }

    /// <summary>The document's record in the generation that is written to, else in the one before.</summary>
    private RecordPayload? Known(string documentId)
    {
        var key = Keys.Document(documentId);
        return written.GetValueOrDefault(key) ?? before.Records.GetValueOrDefault(key);
    }

    /// <summary>The document's record when it is in the corpus, in the generation that is written to.</summary>
    private RecordPayload? Current(string documentId) =>
        written.GetValueOrDefault(Keys.Document(documentId)) is { Number: not null } record ? record : null;

    private RecordPayload Record(DocumentVersion version, int passages, int lastNumber, long change, string? movedFrom) => new()
    {
        Kind = RecordKind.Document,
        Generation = generationNumber,
        Change = change,
        Document = Keys.Document(version.DocumentId),
        Id = version.DocumentId,
        Number = version.Number,
        LastNumber = lastNumber,
        Passages = passages,
        MovedFrom = movedFrom,
        RemovedAt = movedFrom is null ? null : time.GetUtcNow(),
        OwnTitle = version.OwnTitle,
        ContentHash = version.ContentHash,
        IngestedAt = version.IngestedAt,
        Metadata = version.Metadata,
    };

    private RecordPayload Removed(RecordPayload document, string? movedTo, long change) => new()
    {
        Kind = RecordKind.Document,
        Generation = generationNumber,
        Change = change,
        Document = document.Document,
        Id = document.Id,
        LastNumber = document.LastNumber,
        RemovedAt = time.GetUtcNow(),
        MovedTo = movedTo,
    };

    private static RecordPayload VersionRecord(DocumentVersion version) => new()
    {
        Kind = RecordKind.Version,
        Document = Keys.Document(version.DocumentId),
        Id = version.DocumentId,
        Number = version.Number,
        OwnTitle = version.OwnTitle,
        ContentHash = version.ContentHash,
        IngestedAt = version.IngestedAt,
        Metadata = version.Metadata,
        PageStarts = version.PageStarts,
        Sections = version.Sections,
        Blocks = version.Blocks,
        Text = version.Text,
    };

    private Operation<RecordPayload> Upsert(RecordPayload record)
    {
        written[record.Document!] = record;
        return new Operation<RecordPayload>
        {
            Upsert = new PointList<RecordPayload>([Point(Keys.DocumentRecord(generationNumber, record.Id!), record)])
            {
                UpdateFilter = new Filter { Must = [Condition.Below("change", record.Change!.Value)] },
            },
        };
    }

    private Operation<RecordPayload> ForgetFailure(string documentId) => new()
    {
        Delete = new PointSelector { Points = [Keys.FailureRecord(generationNumber, documentId)] },
    };

    private static Point<RecordPayload> Point(Guid id, RecordPayload record) => new(id, new PointVectors(), record);

    /// <summary>What a passage is searched by, as a hash.</summary>
    private static string HashOf(IndexedPassage indexed, SparseVector terms)
    {
        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes(indexed.Vector.Span));
        hash.Append(MemoryMarshal.AsBytes(terms.Indices.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(terms.Values.AsSpan()));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private async IAsyncEnumerable<FoundPoint<PassagePayload>> PassagesAsync(
        string document, IReadOnlyList<string> fields, IReadOnlyList<string>? vectors,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Guid? next = null;
        do
        {
            var page = await client.ScrollPassagesAsync(
                generation!.Collection,
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

    private long NextChange() => changes < ChangesOfEpoch
        ? checked((lease.Epoch * ChangesOfEpoch) + changes++)
        : throw new InvalidOperationException("The writer has made more changes than one lease can number; open another one.");

    private void ThrowIfEnded()
    {
        if (ended)
        {
            throw new InvalidOperationException("The writer has ended; open another one.");
        }
    }
}
