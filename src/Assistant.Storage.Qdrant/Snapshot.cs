using System.Collections.Concurrent;
using System.Collections.Immutable;
using Assistant.Core.Documents;
using Assistant.Core.Retrieval;

namespace Assistant.Storage.Qdrant;

/// <summary>What is known of the current generation at one moment: its documents and what builds it. Never changes.</summary>
internal sealed class Snapshot
{
    private readonly ImmutableDictionary<string, RecordPayload> records;
    private readonly Lazy<IReadOnlyList<DocumentSummary>> documents;
    private readonly Lazy<IReadOnlyDictionary<string, RecordPayload>> movedAway;
    private readonly Lazy<IndexState> state;

    public Snapshot(Generation? generation, string? fingerprint, ImmutableDictionary<string, RecordPayload> records)
    {
        Generation = generation;
        Fingerprint = fingerprint;
        this.records = records;
        movedAway = new(() => records.Values.Where(record => record.MovedFrom is not null)
            .GroupBy(record => Keys.Document(record.MovedFrom!))
            .ToDictionary(group => group.Key, group => group.MaxBy(record => record.Change)!));
        documents = new(() => [.. records.Values.Where(IsCurrent).Select(record => record.ToSummary())
            .OrderBy(document => document.DocumentId, StringComparer.Ordinal)]);
        state = new(() => new IndexState(
            fingerprint,
            Documents.Count,
            Documents.Sum(document => document.Passages),
            [.. Documents.Select(document => document.Metadata.Language).OfType<string>()
                .CountBy(language => language)
                .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)
                .Select(count => count.Key)])
        {
            Dimensions = generation is { Dimensions: > 0 } known ? known.Dimensions : null,
        });
    }

    public static Snapshot Empty { get; } = new(null, null, ImmutableDictionary.Create<string, RecordPayload>(StringComparer.Ordinal));

    /// <summary>The current generation; null when nothing was ever ingested.</summary>
    public Generation? Generation { get; }

    public string? Fingerprint { get; }

    /// <summary>The documents in the corpus, in ordinal order of their ids.</summary>
    public IReadOnlyList<DocumentSummary> Documents => documents.Value;

    public IndexState State => state.Value;

    /// <summary>The last records of all documents by key, also of those that are not in the corpus.</summary>
    public IReadOnlyDictionary<string, RecordPayload> Records => records;

    /// <summary>In how many passages terms occur, as the server was asked.</summary>
    public ConcurrentDictionary<string, int> Frequencies { get; } = new(StringComparer.Ordinal);

    /// <summary>The document's record when it is in the corpus.</summary>
    public RecordPayload? Current(string key) => records.TryGetValue(key, out var record) && IsCurrent(record) ? record : null;

    /// <summary>The document that this one became, when it was moved by a change that its own record does not tell of yet.</summary>
    public RecordPayload? MovedTo(RecordPayload record) =>
        movedAway.Value.TryGetValue(record.Document!, out var moved) && moved.Change > record.Change ? moved : null;

    /// <summary>The documents that are not in the corpus any more, in ordinal order of their ids.</summary>
    public IReadOnlyList<RemovedDocument> Removed() =>
    [
        .. records.Values.Where(record => !IsCurrent(record))
            .Select(record => MovedTo(record) is { } moved && record.Number is not null
                ? new RemovedDocument(record.Id!, record.LastNumber!.Value, moved.RemovedAt!.Value, moved.Id)
                : new RemovedDocument(record.Id!, record.LastNumber!.Value, record.RemovedAt!.Value, record.MovedTo))
            .OrderBy(document => document.DocumentId, StringComparer.Ordinal),
    ];

    private bool IsCurrent(RecordPayload record) => record.Number is not null && MovedTo(record) is null;
}
