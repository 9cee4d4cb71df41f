using System.Globalization;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;

namespace Assistant.Storage.Sqlite;

/// <summary>
/// Writes one transaction per document. A rebuild is one transaction around them all: until it ends readers see the old
/// generation, and when it never ends the write-ahead log is simply not believed.
/// </summary>
internal sealed class SqliteIndexWriter : IIndexWriter
{
    private readonly SqliteDatabase database;
    private readonly WriterLease lease;
    private readonly string fingerprint;
    private readonly WriteSession session;
    private readonly DocumentRows documentRows;
    private readonly PassageRows passageRows;
    private readonly bool inOneTransaction;
    private bool fingerprintStored;
    private int? dimensions;
    private bool ended;

    public SqliteIndexWriter(SqliteDatabase database, WriterLease lease, string fingerprint, TimeProvider time)
    {
        this.database = database;
        this.lease = lease;
        this.fingerprint = fingerprint;
        session = new WriteSession(database.OpenForWriting());
        documentRows = new DocumentRows(session, time);
        passageRows = new PassageRows(session);
        try
        {
            var stored = Meta("fingerprint") is { } value ? ExactText.FromValue(value) : null;
            dimensions = Meta("dimensions") is { } length ? Convert.ToInt32(length, CultureInfo.InvariantCulture) : null;
            fingerprintStored = stored == fingerprint;
            IsRebuild = !fingerprintStored;
            // An index that nothing was ever put into has no old generation to keep: its documents are found one by one
            // as they come, and a first ingestion that is killed keeps what it had.
            inOneTransaction = IsRebuild && stored is not null;
            if (inOneTransaction)
            {
                BeginGeneration();
            }
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool IsRebuild { get; }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Guid, ReadOnlyMemory<float>>> GetVectorsAsync(string documentId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfEnded();
        return Task.FromResult(database.Guard(() => passageRows.Vectors(documentId)));
    }

    /// <inheritdoc/>
    public Task PutAsync(
        DocumentVersion version, IReadOnlyList<IndexedPassage> passages, string? movedFrom, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var dimensions = IndexedPassageCheck.Check(version, passages, this.dimensions);
        Change(() =>
        {
            if (movedFrom is not null && movedFrom != version.DocumentId)
            {
                Remove(movedFrom, movedTo: version.DocumentId);
            }

            documentRows.ForgetFailure(version.DocumentId);
            var document = documentRows.Put(version.DocumentId);
            documentRows.PutVersion(document, version);
            if (dimensions != this.dimensions)
            {
                session.Statement("INSERT INTO meta VALUES ('dimensions', $1)", 1).Execute(dimensions!.Value);
            }

            passageRows.Put(document, passages);
            documentRows.MakeCurrent(document, version.Number);
        });
        this.dimensions = dimensions;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string documentId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Change(() => Remove(documentId, movedTo: null));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DropVersionsAsync(string documentId, IReadOnlyCollection<int> numbers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Change(() =>
        {
            foreach (var number in numbers)
            {
                documentRows.DropVersion(documentId, number);
            }
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PutFailureAsync(FailedFile failure, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Change(() => documentRows.PutFailure(failure));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // With nothing put, too, the index is from now on one of this fingerprint.
        Change(() =>
        {
            if (inOneTransaction)
            {
                documentRows.LeaveOut();
            }

            if (IsRebuild)
            {
                passageRows.MergeTerms();
            }
        });
        if (inOneTransaction)
        {
            database.Guard(() =>
            {
                session.EndOneTransaction();
                return true;
            });
        }

        ended = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private void BeginGeneration()
    {
        session.BeginOneTransaction();
        passageRows.BeginGeneration();
        documentRows.BeginGeneration();
        session.Statement("DELETE FROM meta WHERE name = 'dimensions'").Execute();
        dimensions = null;
    }

    private void Remove(string documentId, string? movedTo)
    {
        documentRows.ForgetFailure(documentId);
        if (documentRows.Current(documentId) is { } document)
        {
            passageRows.Put(document, []);
            documentRows.Remove(document, movedTo);
        }
    }

    private void Change(Action change)
    {
        ThrowIfEnded();
        database.Guard(() =>
        {
            session.Change(() =>
            {
                change();
                if (!fingerprintStored)
                {
                    session.Statement("INSERT OR REPLACE INTO meta VALUES ('fingerprint', $1)", 1).Execute(ExactText.ToValue(fingerprint));
                    session.Changed();
                }
            });
            return fingerprintStored = true;
        });
    }

    private object? Meta(string name) => session.Statement("SELECT value FROM meta WHERE name = $1", 1).Scalar(name);

    private void ThrowIfEnded()
    {
        if (ended)
        {
            throw new InvalidOperationException("The writer has ended; open another one.");
        }
    }

    private void Close()
    {
        ended = true;
        session.Dispose();
        lease.Dispose();
    }
}
