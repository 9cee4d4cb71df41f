namespace Assistant.Core.Ingestion;

/// <summary>Counts what a run did.</summary>
internal sealed class IngestionTally(int unchanged, IReadOnlyList<string> unsupported)
{
    private readonly List<string> added = [];
    private readonly List<string> updated = [];
    private readonly List<MovedDocument> moved = [];
    private readonly List<string> removed = [];
    private readonly List<FailedDocument> failed = [];
    private int unchanged = unchanged;
    private int embedded;
    private int reused;

    public DocumentFailed Failed(string documentId, string error)
    {
        failed.Add(new FailedDocument(documentId, error));
        return new DocumentFailed(documentId, error);
    }

    public DocumentRemoved Removed(string documentId)
    {
        removed.Add(documentId);
        return new DocumentRemoved(documentId);
    }

    /// <summary>A document was put.</summary>
    /// <param name="change">Why.</param>
    /// <param name="version">Its version.</param>
    /// <param name="passages">All passages of it.</param>
    public DocumentIngested Ingested(PlannedChange change, int version, int passages)
    {
        if (change.MovedFrom is { } origin)
        {
            moved.Add(new MovedDocument(origin.DocumentId, change.DocumentId));
        }
        else if (change.Known is null)
        {
            added.Add(change.DocumentId);
        }
        else if (change.Known.Version == version)
        {
            // Only a rebuild puts a version again: nothing of the document has changed.
            unchanged++;
        }
        else
        {
            updated.Add(change.DocumentId);
        }

        return new DocumentIngested(change.DocumentId, version, passages);
    }

    public void Embedded(int computed, int passages)
    {
        embedded += computed;
        reused += passages - computed;
    }

    public IngestionCompleted Complete(TimeSpan elapsed) => new(new IngestionReport
    {
        Added = added,
        Updated = updated,
        Moved = moved,
        Removed = removed,
        Unchanged = unchanged,
        Failed = failed,
        Unsupported = unsupported,
        PassagesEmbedded = embedded,
        PassagesReused = reused,
        ElapsedMilliseconds = Math.Round(elapsed.TotalMilliseconds, 1),
    });
}
