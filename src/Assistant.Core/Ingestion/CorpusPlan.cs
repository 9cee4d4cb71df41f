using Assistant.Core.Documents;

namespace Assistant.Core.Ingestion;

/// <summary>A file as it was found.</summary>
/// <param name="DocumentId">Its id.</param>
/// <param name="Hash">SHA-256 of its bytes; null when they cannot be had.</param>
/// <param name="Error">Why it cannot be read; null when nothing is known against it.</param>
internal readonly record struct CorpusEntry(string DocumentId, string? Hash, string? Error);

/// <summary>What to do about one document.</summary>
/// <param name="DocumentId">Its id.</param>
/// <param name="Error">Why its file cannot be read; null when it can.</param>
internal sealed record PlannedChange(string DocumentId, string? Error = null)
{
    /// <summary>The document in the index under this id; null when it is new.</summary>
    public DocumentSummary? Known { get; init; }

    /// <summary>The document in the index that has this file's bytes and whose own file is gone; else null.</summary>
    public DocumentSummary? MovedFrom { get; init; }

    /// <summary>Whether the file is gone.</summary>
    public bool IsRemoval { get; init; }
}

/// <summary>The difference between the folder and the index.</summary>
/// <param name="Changes">In ordinal order of ids; files that cannot be read included.</param>
/// <param name="Unchanged">Number of documents that need nothing.</param>
internal sealed record CorpusPlan(IReadOnlyList<PlannedChange> Changes, int Unchanged)
{
    /// <summary>Whether there is something to write; files that cannot be read are only told.</summary>
    public bool NeedsWriter { get; init; }

    /// <summary>Number of documents whose file is gone.</summary>
    public int Removals => Changes.Count(change => change.IsRemoval);

    /// <summary>Compares files with the index by content.</summary>
    /// <param name="files">The files that a reader is for, in ordinal order.</param>
    /// <param name="known">The documents of the index.</param>
    /// <param name="failures">Files that could not be read before: as long as they are the same they are not tried again.</param>
    /// <param name="rebuild">Whether every document is to be put, changed or not.</param>
    public static CorpusPlan Compare(
        IReadOnlyList<CorpusEntry> files, IReadOnlyList<DocumentSummary> known, IReadOnlyList<FailedFile> failures, bool rebuild)
    {
        var failuresById = failures.ToDictionary(failure => failure.DocumentId, StringComparer.Ordinal);
        files = [.. files.Select(file => failuresById.TryGetValue(file.DocumentId, out var failure) && failure.ContentHash == file.Hash
            ? file with { Error = failure.Error }
            : file)];
        var knownById = known.ToDictionary(document => document.DocumentId, StringComparer.Ordinal);
        var gone = known.ExceptBy(files.Select(file => file.DocumentId), document => document.DocumentId, StringComparer.Ordinal).ToList();
        var origins = FindOrigins([.. files.Where(file => file.Error is null && !knownById.ContainsKey(file.DocumentId))], gone);
        var changes = new List<PlannedChange>();
        var unchanged = 0;
        foreach (var file in files)
        {
            var summary = knownById.GetValueOrDefault(file.DocumentId);
            if (!rebuild && summary is not null && summary.ContentHash == file.Hash)
            {
                unchanged++;
                continue;
            }

            changes.Add(new PlannedChange(file.DocumentId, file.Error)
            {
                Known = summary,
                MovedFrom = origins.GetValueOrDefault(file.DocumentId),
            });
        }

        changes.AddRange(gone.Except(origins.Values).Select(document => new PlannedChange(document.DocumentId) { Known = document, IsRemoval = true }));
        changes.Sort((left, right) => string.CompareOrdinal(left.DocumentId, right.DocumentId));
        return new CorpusPlan(changes, unchanged) { NeedsWriter = rebuild || changes.Any(change => change.Error is null) };
    }

    /// <summary>
    /// For new files, the documents they were until now: of the same bytes, each for one file. Of several identical ones
    /// those of the same file name go together, the others in ordinal order.
    /// </summary>
    private static Dictionary<string, DocumentSummary> FindOrigins(List<CorpusEntry> added, List<DocumentSummary> gone)
    {
        var origins = new Dictionary<string, DocumentSummary>(StringComparer.Ordinal);
        Match(file => $"{file.Hash}/{Path.GetFileName(file.DocumentId)}", document => $"{document.ContentHash}/{Path.GetFileName(document.DocumentId)}");
        Match(file => file.Hash!, document => document.ContentHash);
        return origins;

        void Match(Func<CorpusEntry, string> keyOfFile, Func<DocumentSummary, string> keyOfDocument)
        {
            var left = gone.Except(origins.Values).GroupBy(keyOfDocument).ToDictionary(group => group.Key, group => new Queue<DocumentSummary>(group));
            foreach (var file in added.Where(file => !origins.ContainsKey(file.DocumentId)))
            {
                if (left.TryGetValue(keyOfFile(file), out var candidates) && candidates.TryDequeue(out var origin))
                {
                    origins.Add(file.DocumentId, origin);
                }
            }
        }
    }
}
