using System.Collections.Concurrent;
using Assistant.Core.Documents;

namespace Assistant.Core.Ingestion;

/// <summary>
/// Hashes of the corpus's files, remembered while the process lives, so that of ten thousand files the one that changed
/// is read and not all. Size and time of the last change tell whether a hash still holds. Thread-safe.
/// </summary>
internal sealed class FileHashes(CorpusFolder folder, TimeProvider time)
{
    /// <summary>A file that was hashed sooner after its last change may have changed again within the same tick of the file system's clock.</summary>
    private static readonly TimeSpan CoarsestClock = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <summary>The hashes of files, in their order.</summary>
    public async Task<CorpusEntry[]> HashAsync(IReadOnlyList<CorpusFile> files, CancellationToken cancellationToken)
    {
        var entries = new CorpusEntry[files.Count];
        await Parallel.ForAsync(0, files.Count, cancellationToken, (i, _) =>
        {
            entries[i] = Hash(files[i]);
            return ValueTask.CompletedTask;
        });
        if (known.Count > 2 * files.Count)
        {
            foreach (var gone in known.Keys.Except(files.Select(file => file.DocumentId), StringComparer.Ordinal))
            {
                known.TryRemove(gone, out var _);
            }
        }

        return entries;
    }

    /// <summary>The file, or everything in the folder, is to be read again whatever its size and time say.</summary>
    /// <param name="path">Path relative to the corpus, with <c>/</c>.</param>
    public void Forget(string path)
    {
        if (known.TryRemove(path, out _))
        {
            return;
        }

        foreach (var id in known.Keys.Where(id => id.StartsWith(path + "/", StringComparison.Ordinal)))
        {
            known.TryRemove(id, out _);
        }
    }

    /// <summary>Every file is to be read again.</summary>
    public void ForgetAll() => known.Clear();

    private CorpusEntry Hash(CorpusFile file)
    {
        if (known.TryGetValue(file.DocumentId, out var before) && before.File == file)
        {
            return new CorpusEntry(file.DocumentId, before.Hash, null);
        }

        try
        {
            var now = time.GetUtcNow();
            var hash = folder.Hash(file.DocumentId);
            if (file.LastWrite < now.UtcDateTime - CoarsestClock)
            {
                known[file.DocumentId] = new Known(file, hash);
            }

            return new CorpusEntry(file.DocumentId, hash, null);
        }
        catch (UnreadableDocumentException error)
        {
            return new CorpusEntry(file.DocumentId, null, error.Message);
        }
    }

    private sealed record Known(CorpusFile File, string Hash);
}
