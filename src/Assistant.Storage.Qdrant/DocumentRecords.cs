using System.Runtime.CompilerServices;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Storage.Qdrant.Rest;

namespace Assistant.Storage.Qdrant;

/// <summary>Writes the records of documents, of their versions, and of files that could not be read.</summary>
internal sealed class DocumentRecords
{
    private readonly IQdrantClient client;
    private readonly CollectionNames names;
    private readonly WrittenGeneration generation;
    private readonly Snapshot before;
    private readonly TimeProvider time;
    private readonly Dictionary<string, RecordPayload> written;

    /// <param name="client">The server.</param>
    /// <param name="names">The collections of the index.</param>
    /// <param name="generation">The generation that is written to.</param>
    /// <param name="before">The index as the writer found it.</param>
    /// <param name="time">Clock, for when something was removed or dropped.</param>
    public DocumentRecords(IQdrantClient client, CollectionNames names, WrittenGeneration generation, Snapshot before, TimeProvider time)
    {
        this.client = client;
        this.names = names;
        this.generation = generation;
        this.before = before;
        this.time = time;
        written = generation.IsRebuild ? new(StringComparer.Ordinal) : new(before.Records, StringComparer.Ordinal);
    }

    /// <summary>The versions of a document up to a number, dropped ones included, without their texts.</summary>
    public static async IAsyncEnumerable<RecordPayload> VersionsAsync(
        IQdrantClient client, CollectionNames names, string documentId, int lastNumber, [EnumeratorCancellation] CancellationToken cancellationToken)
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

    /// <summary>The document's record when it is in the corpus, in the generation that is written to.</summary>
    public RecordPayload? Current(string documentId) =>
        written.GetValueOrDefault(Keys.Document(documentId)) is { Number: not null } record ? record : null;

    /// <summary>Number of the document's last version, in the generation that is written to, else in the one before; 0 when it never had one.</summary>
    public int LastNumber(string documentId)
    {
        var key = Keys.Document(documentId);
        return (written.GetValueOrDefault(key) ?? before.Records.GetValueOrDefault(key))?.LastNumber ?? 0;
    }

    /// <summary>Whether the version must be stored, because it is not yet.</summary>
    /// <exception cref="ArgumentException">It is, with another text.</exception>
    public async Task<bool> IsNewAsync(DocumentVersion version, CancellationToken cancellationToken)
    {
        if (version.Number > LastNumber(version.DocumentId))
        {
            return true;
        }

        var stored = await client.GetRecordAsync(names.Records, Keys.VersionRecord(version.DocumentId, version.Number), cancellationToken);
        return stored is null || (stored.Payload!.Text == version.Text
            ? false
            : throw new ArgumentException($"Version {version.Number} of '{version.DocumentId}' is stored with another text.", nameof(version)));
    }

    /// <summary>Makes a version current: with the document's record it is, with all before it is not.</summary>
    /// <param name="version">The version.</param>
    /// <param name="isNew">Whether it must be stored.</param>
    /// <param name="passages">How many passages it has.</param>
    /// <param name="origin">Record of the document this one was until now; else null.</param>
    /// <param name="change">The change.</param>
    public Task PutAsync(DocumentVersion version, bool isNew, int passages, RecordPayload? origin, long change)
    {
        var last = LastNumber(version.DocumentId);
        var record = new RecordPayload
        {
            Kind = RecordKind.Document,
            Generation = generation.Number,
            Change = change,
            Document = Keys.Document(version.DocumentId),
            Id = version.DocumentId,
            Number = version.Number,
            LastNumber = Math.Max(last, version.Number),
            Passages = passages,
            MovedFrom = origin?.Id,
            RemovedAt = origin is null ? null : time.GetUtcNow(),
            OwnTitle = version.OwnTitle,
            ContentHash = version.ContentHash,
            IngestedAt = version.IngestedAt,
            Metadata = version.Metadata,
        };
        var operations = new List<Operation<RecordPayload>>();
        if (isNew)
        {
            // Whoever lost the lease without noticing must not undo what its successor wrote.
            var older = Condition.Below("change", change);
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
                    [(RecordPayload.OfVersion(version) with { Change = change }).At(Keys.VersionRecord(version.DocumentId, version.Number))])
                {
                    UpdateFilter = new Filter { Must = [older] },
                },
            });
        }

        operations.Add(Upsert(record));
        if (origin is not null)
        {
            operations.Add(Upsert(RecordPayload.OfRemoved(origin, generation.Number, change, time.GetUtcNow(), version.DocumentId)));
            operations.Add(ForgetFailure(origin.Id!));
        }

        operations.Add(ForgetFailure(version.DocumentId));
        return ChangeAsync(operations);
    }

    /// <summary>Takes a document out of the corpus, if it is in it, and forgets that its file could not be read.</summary>
    public Task RemoveAsync(string documentId, long change) => ChangeAsync(
    [
        .. Current(documentId) is { } document
            ? (Operation<RecordPayload>[])[Upsert(RecordPayload.OfRemoved(document, generation.Number, change, time.GetUtcNow(), movedTo: null))]
            : [],
        ForgetFailure(documentId),
    ]);

    /// <summary>Of the versions with these numbers those that are still whole, as they are once they are dropped.</summary>
    /// <exception cref="ArgumentException">One is the current version.</exception>
    public async Task<IReadOnlyList<RecordPayload>> DroppedAsync(
        string documentId, IReadOnlyCollection<int> numbers, CancellationToken cancellationToken)
    {
        if (Current(documentId) is { } document && numbers.Contains(document.Number!.Value))
        {
            throw new ArgumentException($"Version {document.Number} of '{documentId}' is the current one.", nameof(numbers));
        }

        var now = time.GetUtcNow();
        var dropped = new List<RecordPayload>();
        await foreach (var version in VersionsAsync(client, names, documentId, LastNumber(documentId), cancellationToken))
        {
            if (version.DroppedAt is null && numbers.Contains(version.Number!.Value))
            {
                dropped.Add(version with { DroppedAt = now });
            }
        }

        return dropped;
    }

    /// <summary>Puts the records of dropped versions. Whole points, so that the texts are gone; one operation, so that all are dropped or none.</summary>
    public Task DropAsync(string documentId, IReadOnlyList<RecordPayload> dropped) =>
        UpsertAsync([.. dropped.Select(version => version.At(Keys.VersionRecord(documentId, version.Number!.Value)))]);

    /// <summary>Remembers that a file could not be read.</summary>
    public Task PutFailureAsync(FailedFile failure)
    {
        var record = new RecordPayload
        {
            Kind = RecordKind.Failure,
            Generation = generation.Number,
            Document = Keys.Document(failure.DocumentId),
            Id = failure.DocumentId,
            ContentHash = failure.ContentHash,
            Error = failure.Error,
        };
        return UpsertAsync([record.At(Keys.FailureRecord(generation.Number, failure.DocumentId))]);
    }

    /// <summary>Says in the new generation of every document that did not come into it, or was gone before, that it is gone.</summary>
    public async Task LeaveOutAsync()
    {
        foreach (var records in before.Records.Values.Where(record => !written.ContainsKey(record.Document!)).Chunk(256))
        {
            // Documents that were moved are told of by where they went.
            var change = generation.NextChange();
            await UpsertAsync(
            [
                .. records.Select(record =>
                {
                    var gone = before.MovedTo(record) is { } moved
                        ? RecordPayload.OfRemoved(record, generation.Number, change, moved.RemovedAt, moved.Id)
                        : record.Number is null
                            ? record with { Generation = generation.Number, Change = change }
                            : RecordPayload.OfRemoved(record, generation.Number, change, time.GetUtcNow(), movedTo: null);
                    return gone.At(Keys.DocumentRecord(generation.Number, record.Id!));
                }),
            ]);
        }
    }

    private Operation<RecordPayload> Upsert(RecordPayload record)
    {
        written[record.Document!] = record;
        return new Operation<RecordPayload>
        {
            Upsert = new PointList<RecordPayload>([record.At(Keys.DocumentRecord(generation.Number, record.Id!))])
            {
                UpdateFilter = new Filter { Must = [Condition.Below("change", record.Change!.Value)] },
            },
        };
    }

    private Operation<RecordPayload> ForgetFailure(string documentId) => new()
    {
        Delete = new PointSelector { Points = [Keys.FailureRecord(generation.Number, documentId)] },
    };

    private Task UpsertAsync(IReadOnlyList<Point<RecordPayload>> points) =>
        ChangeAsync([new Operation<RecordPayload> { Upsert = new PointList<RecordPayload>(points) }]);

    private Task ChangeAsync(IReadOnlyList<Operation<RecordPayload>> operations) =>
        client.ChangeRecordsAsync(names.Records, operations, CancellationToken.None);
}
