using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Assistant.Core.Passages;
using Assistant.Core.Retrieval;
using Microsoft.Extensions.Logging;

namespace Assistant.Storage.Sqlite;

/// <summary>
/// Documents, their versions and their passages in one SQLite file. Thread-safe, and safe beside other processes: readers
/// never wait, each call sees one state of the index, and the next call sees what anyone has written meanwhile.
/// </summary>
/// <param name="options">Where the file is. It need not exist: that is an empty index.</param>
/// <param name="time">Clock, for when a writer began and when something was removed or dropped.</param>
/// <param name="logger">Log.</param>
/// <remarks>
/// Every call throws <see cref="IndexUnusableException"/> when the file is not an index of this program's schema or is damaged.
/// Calls work on the caller's thread; the tasks they return are complete.
/// </remarks>
public sealed class SqliteStore(SqliteStoreOptions options, TimeProvider time, ILogger<SqliteStore> logger)
    : IDocumentStore, IPassageIndex, IIndexWriterFactory, IDisposable
{
    private readonly SqliteDatabase database = new(options.Path);
    private readonly Lock opening = new();
    private OpenIndex? open;
    private bool disposed;

    /// <inheritdoc/>
    public Task<IReadOnlyList<DocumentSummary>> ListAsync(CancellationToken cancellationToken) =>
        Read([], (index, session) => index.Documents(session), cancellationToken);

    /// <inheritdoc/>
    public Task<DocumentVersion?> GetAsync(string documentId, int? version, CancellationToken cancellationToken) =>
        Read(null, (_, session) => session.Version(documentId, version), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RemovedDocument>> ListRemovedAsync(CancellationToken cancellationToken) =>
        Read([], (_, session) => session.RemovedDocuments(), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<VersionSummary>> GetVersionsAsync(string documentId, CancellationToken cancellationToken) =>
        Read([], (_, session) => session.History(documentId), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The query's vector has another length than those of the index.</exception>
    public Task<PassageCandidates> SearchAsync(PassageQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(query.Limit);
        return Read(
            new PassageCandidates([], 0, query.Terms.ToDictionary(term => term, _ => 0)),
            (index, session) => PassageSearch.Run(
                session, index.View(session, cancellationToken), index.Comparable(query, session), cancellationToken),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Passage>> GetPassagesAsync(
        string documentId, int version, TextSpan within, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return Read([], (_, session) => session.Passages(documentId, version, within, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IndexState> GetStateAsync(CancellationToken cancellationToken) =>
        Read(new IndexState(null, 0, 0, []), (index, session) => index.Counts(session), cancellationToken);

    /// <inheritdoc/>
    public Task<IIndexWriter> OpenWriterAsync(string fingerprint, CancellationToken cancellationToken) =>
        Completed<IIndexWriter>(
            () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(database.Path)!);
                var lease = WriterLease.Take(database.Path, time);
                try
                {
                    var writer = database.Guard(() => new SqliteIndexWriter(database, lease, fingerprint, time));
                    Log.WriterOpened(logger, database.Path, writer.IsRebuild);
                    return writer;
                }
                catch
                {
                    lease.Dispose();
                    throw;
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FailedFile>> GetFailuresAsync(CancellationToken cancellationToken) =>
        Read([], (_, session) => session.Failures(), cancellationToken);

    /// <summary>Closes the file for reading. A writer that is still open stays open.</summary>
    public void Dispose()
    {
        lock (opening)
        {
            disposed = true;
            open?.Dispose();
            open = null;
        }
    }

    private Task<T> Read<T>(T whenEmpty, Func<OpenIndex, ReadSession, T> read, CancellationToken cancellationToken) =>
        Completed(
            () => Open() is { } index
                ? database.Guard(() => index.Read(database, whenEmpty, session => read(index, session)))
                : whenEmpty,
            cancellationToken);

    /// <summary>The file that is there now; null when there is none.</summary>
    private OpenIndex? Open()
    {
        lock (opening)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            // A file that was deleted and made anew must not be answered from the old one that is still open.
            var created = database.CreatedAt;
            if (open?.Created != created)
            {
                open?.Dispose();
                open = created is { } time ? new OpenIndex(time, logger) : null;
            }

            return open;
        }
    }

    private static Task<T> Completed<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return Task.FromResult(work());
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }
        catch (Exception error)
        {
            return Task.FromException<T>(error);
        }
    }
}
