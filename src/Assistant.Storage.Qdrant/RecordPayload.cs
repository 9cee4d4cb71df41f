using Assistant.Core.Documents;
using Assistant.Storage.Qdrant.Rest;

namespace Assistant.Storage.Qdrant;

/// <summary>
/// A point of the collection of documents and versions. What it is stands in <see cref="Kind"/>; the other values are null where
/// they do not belong to that kind.
/// </summary>
internal sealed record RecordPayload
{
    /// <summary>One of <see cref="RecordKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The generation it is of; null for a version, which outlives generations, and the lease.</summary>
    public long? Generation { get; init; }

    /// <summary>Number of the change that wrote it, for what readers keep in memory.</summary>
    public long? Change { get; init; }

    /// <summary>Key of its document, for filters.</summary>
    public string? Document { get; init; }

    /// <summary>Id of its document.</summary>
    public string? Id { get; init; }

    /// <summary>A document's current version, null when it is not in the corpus; a version's own number.</summary>
    public int? Number { get; init; }

    /// <summary>A document's last version, also when it is not in the corpus. Versions with a larger number were never completed.</summary>
    public int? LastNumber { get; init; }

    /// <summary>How many passages the current version has.</summary>
    public int? Passages { get; init; }

    /// <summary>When the document was taken out of the corpus, or, for one that was moved here, when that was.</summary>
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>Where a removed document is now.</summary>
    public string? MovedTo { get; init; }

    /// <summary>The document this one was until this change: with this record it is gone, whatever its own record still says.</summary>
    public string? MovedFrom { get; init; }

    public string? OwnTitle { get; init; }

    public string? ContentHash { get; init; }

    public DateTimeOffset? IngestedAt { get; init; }

    public DateTimeOffset? DroppedAt { get; init; }

    public DocumentMetadata? Metadata { get; init; }

    public IReadOnlyList<int>? PageStarts { get; init; }

    public IReadOnlyList<Section>? Sections { get; init; }

    public IReadOnlyList<TextBlock>? Blocks { get; init; }

    /// <summary>A version's text; null when it was dropped.</summary>
    public string? Text { get; init; }

    /// <summary>What builds a generation.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Why a file could not be read.</summary>
    public string? Error { get; init; }

    /// <summary>Who holds the lease, as a token nobody else has; empty when nobody does.</summary>
    public string? Owner { get; init; }

    /// <summary>Who that is, for people.</summary>
    public string? OwnerName { get; init; }

    /// <summary>Number of the last taking of the lease.</summary>
    public long? Epoch { get; init; }

    /// <summary>When the lease ends unless it is renewed.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The record of a version, which is the same in every generation.</summary>
    public static RecordPayload OfVersion(DocumentVersion version) => new()
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

    /// <summary>The record of a document that is not in the corpus any more, in place of the one it had.</summary>
    public static RecordPayload OfRemoved(RecordPayload document, long generation, long change, DateTimeOffset? at, string? movedTo) => new()
    {
        Kind = RecordKind.Document,
        Generation = generation,
        Change = change,
        Document = document.Document,
        Id = document.Id,
        LastNumber = document.LastNumber,
        RemovedAt = at,
        MovedTo = movedTo,
    };

    /// <summary>The version of a document, without its text.</summary>
    public DocumentSummary ToSummary() => new(
        Id!, Number!.Value, OwnTitle ?? DocumentTitle.FromFileName(Id!), ContentHash!, IngestedAt!.Value, Passages!.Value, Metadata!);

    public DocumentVersion ToVersion() => new()
    {
        DocumentId = Id!,
        Number = Number!.Value,
        OwnTitle = OwnTitle,
        Text = Text!,
        Sections = Sections!,
        Blocks = Blocks!,
        PageStarts = PageStarts!,
        Metadata = Metadata!,
        ContentHash = ContentHash!,
        IngestedAt = IngestedAt!.Value,
    };

    /// <summary>The point that holds the record.</summary>
    public Point<RecordPayload> At(Guid id) => new(id, new PointVectors(), this);

    public VersionSummary ToVersionSummary() => new(Number!.Value, ContentHash!, IngestedAt!.Value) { DroppedAt = DroppedAt };
}

/// <summary>Kinds of <see cref="RecordPayload"/>.</summary>
internal static class RecordKind
{
    public const string Document = "document";
    public const string Version = "version";
    public const string Failure = "failure";
    public const string Generation = "generation";
    public const string Lease = "lease";
}
