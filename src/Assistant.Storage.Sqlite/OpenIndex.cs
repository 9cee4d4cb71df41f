using System.Collections.Concurrent;
using Assistant.Core.Documents;
using Assistant.Core.Embeddings;
using Assistant.Core.Retrieval;
using Microsoft.Extensions.Logging;

namespace Assistant.Storage.Sqlite;

/// <summary>One database file as it is open for reading: idle sessions, and what is kept in memory of its newest state.</summary>
/// <param name="created">When the file was created: another time is another file.</param>
/// <param name="logger">Log.</param>
internal sealed class OpenIndex(DateTime created, ILogger logger) : IDisposable
{
    private readonly ConcurrentBag<ReadSession> idle = [];
    private readonly Lock advancing = new();
    private volatile PassageView view = PassageView.Empty;
    private volatile RevisionState? state;
    private volatile bool disposed;

    public DateTime Created => created;

    /// <summary>Runs <paramref name="read"/> in one snapshot.</summary>
    /// <param name="database">The file.</param>
    /// <param name="whenEmpty">The result when the file has no tables yet.</param>
    /// <param name="read">What to read.</param>
    public T Read<T>(SqliteDatabase database, T whenEmpty, Func<ReadSession, T> read)
    {
        if (!idle.TryTake(out var session))
        {
            if (database.OpenForReading() is not { } connection)
            {
                return whenEmpty;
            }

            session = new ReadSession(connection);
        }

        T result;
        try
        {
            session.Begin();
            result = read(session);
            session.End();
        }
        catch
        {
            session.Dispose();
            throw;
        }

        idle.Add(session);
        if (disposed)
        {
            Dispose();
        }

        return result;
    }

    /// <summary>The passages of the session's snapshot; the session moves on to the newest state when it is behind.</summary>
    public PassageView View(ReadSession session, CancellationToken cancellationToken)
    {
        var revision = session.Revision();
        var known = view;
        if (known.Revision == revision)
        {
            return known;
        }

        lock (advancing)
        {
            if (view.Revision > revision)
            {
                session.End();
                session.Begin();
                revision = session.Revision();
            }

            if (view.Revision > revision)
            {
                throw new IOException("The index was replaced while it was read. Ask again.");
            }

            if (view.Revision < revision)
            {
                view = session.Advance(view, revision, cancellationToken);
                Log.ViewAdvanced(logger, revision, view.PassageCount);
            }

            return view;
        }
    }

    /// <summary>The documents in the session's snapshot; read once per revision.</summary>
    public IReadOnlyList<DocumentSummary> Documents(ReadSession session) => State(session).Documents;

    /// <summary>What the index holds in the session's snapshot; counted once per revision.</summary>
    public IndexState Counts(ReadSession session) => State(session).Counts;

    /// <summary>The query without its vector when that is of another space than the vectors in the session's snapshot.</summary>
    public PassageQuery Comparable(PassageQuery query, ReadSession session) =>
        query.Space is null || query.Vector.IsEmpty || EmbeddingSpace.IsThatOf(query.Space, State(session).Counts.Fingerprint)
            ? query
            : query with { Vector = default };

    private RevisionState State(ReadSession session)
    {
        var revision = session.Revision();
        var known = state;
        if (known?.Revision == revision)
        {
            return known;
        }

        var documents = session.Documents();
        var languages = documents.Select(document => document.Metadata.Language).OfType<string>()
            .CountBy(language => language)
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal);
        return state = new RevisionState(revision, documents, new IndexState(
            session.Fingerprint(),
            documents.Count,
            documents.Sum(document => document.Passages),
            [.. languages.Select(count => count.Key)])
        {
            Dimensions = session.Dimensions(),
        });
    }

    /// <summary>Closes what is idle now, and every session in use as soon as it is given back.</summary>
    public void Dispose()
    {
        disposed = true;
        while (idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private sealed record RevisionState(long Revision, IReadOnlyList<DocumentSummary> Documents, IndexState Counts);
}
