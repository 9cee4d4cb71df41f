using System.Text.Json.Serialization;

namespace Assistant.Core.Ingestion;

/// <summary>What bringing the index in step with the folder did. Lists hold document ids in ordinal order.</summary>
public sealed record IngestionReport
{
    /// <summary>Documents that are new.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Documents that have a new version.</summary>
    public IReadOnlyList<string> Updated { get; init; } = [];

    /// <summary>Files that were renamed or moved without a change of content.</summary>
    public IReadOnlyList<MovedDocument> Moved { get; init; } = [];

    /// <summary>Documents whose file is gone.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Number of documents that needed nothing.</summary>
    public int Unchanged { get; init; }

    /// <summary>Files that could not be read; an earlier version of them, if any, stays in the index.</summary>
    public IReadOnlyList<FailedDocument> Failed { get; init; } = [];

    /// <summary>Files in the folder that no reader is for.</summary>
    public IReadOnlyList<string> Unsupported { get; init; } = [];

    /// <summary>Passages whose embedding was computed.</summary>
    public int PassagesEmbedded { get; init; }

    /// <summary>Passages of added, updated or moved documents whose embedding was there already.</summary>
    public int PassagesReused { get; init; }

    /// <summary>Duration in milliseconds.</summary>
    public double ElapsedMilliseconds { get; init; }

    /// <summary>Whether the index was changed.</summary>
    [JsonIgnore]
    public bool ChangedAnything => Added.Count + Updated.Count + Moved.Count + Removed.Count > 0;
}

/// <summary>A file that was renamed or moved.</summary>
/// <param name="From">The id it had.</param>
/// <param name="To">The id it has.</param>
public sealed record MovedDocument(string From, string To);

/// <summary>A file that could not be taken in.</summary>
/// <param name="DocumentId">Its id.</param>
/// <param name="Error">Why, in a person's words.</param>
public sealed record FailedDocument(string DocumentId, string Error);
