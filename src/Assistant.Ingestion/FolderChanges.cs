using Assistant.Core.Ingestion;
using Microsoft.Extensions.Logging;

namespace Assistant.Ingestion;

/// <summary>
/// Listens to the operating system about changes in the corpus folder and of the folder itself. What it says is a hint
/// and nothing more: it can lose changes, so the folder is compared as a whole now and then.
/// </summary>
internal sealed class FolderChanges(CorpusFolder folder, CorpusReconciler reconciler, TimeProvider time, ILogger<FolderChanges> logger) : IDisposable
{
    /// <summary>The most that Windows gives (64 KB); Linux and macOS have buffers of their own.</summary>
    private const int BufferSize = 65_536;

    private readonly List<FileSystemWatcher> watchers = [];
    private volatile bool isLost = true;

    /// <summary>Raised by every change.</summary>
    public ChangeSignal Signal { get; } = new(time);

    /// <summary>Whether changes may have been missed since <see cref="Listen"/>: listen again and read everything anew.</summary>
    public bool IsLost => isLost;

    /// <summary>Begins to listen, or begins anew.</summary>
    public void Listen()
    {
        Dispose();
        isLost = false;
        // The folder above tells when the folder itself is renamed, deleted or put in place of another.
        if (Path.GetDirectoryName(folder.Path) is { } above)
        {
            Add(above, Path.GetFileName(folder.Path), isWhole: false);
        }

        Add(folder.Path, "*", isWhole: true);
    }

    /// <summary>Ends listening.</summary>
    public void Dispose()
    {
        watchers.ForEach(watcher => watcher.Dispose());
        watchers.Clear();
    }

    private void Add(string path, string filter, bool isWhole)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(path, filter)
            {
                IncludeSubdirectories = isWhole,
                InternalBufferSize = BufferSize,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName
                    | (isWhole ? NotifyFilters.LastWrite | NotifyFilters.Size : 0),
            };
            watcher.Error += (_, _) => Lose();
            watcher.Created += OnChange;
            watcher.Deleted += OnChange;
            watcher.Changed += OnChange;
            watcher.Renamed += (sender, change) =>
            {
                Tell(change.OldFullPath);
                OnChange(sender, change);
            };
            watcher.EnableRaisingEvents = true;
            watchers.Add(watcher);
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Gone since it was looked for, or the system has no more watches to give: the regular comparison remains.
            watcher?.Dispose();
            Log.CannotListen(logger, path, error.Message);
        }
    }

    private void OnChange(object sender, FileSystemEventArgs change) => Tell(change.FullPath);

    private void Tell(string path)
    {
        if (path.Length <= folder.Path.Length)
        {
            Lose();
            return;
        }

        reconciler.Forget(Path.GetRelativePath(folder.Path, path).Replace(Path.DirectorySeparatorChar, '/'));
        Signal.Raise();
    }

    private void Lose()
    {
        isLost = true;
        Signal.Raise();
    }
}
