using System.Globalization;
using System.Runtime.InteropServices;
using Assistant.Core.Documents;
using Assistant.Core.Ingestion;
using Microsoft.Data.Sqlite;
using SQLitePCL;

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
    private readonly TimeProvider time;
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, Statement> statements = [];
    private readonly bool inOneTransaction;
    private bool fingerprintStored;
    private int? dimensions;
    private bool changed;
    private bool ended;

    public SqliteIndexWriter(SqliteDatabase database, WriterLease lease, string fingerprint, TimeProvider time)
    {
        this.database = database;
        this.lease = lease;
        this.fingerprint = fingerprint;
        this.time = time;
        connection = database.OpenForWriting();
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
                BeginRebuild();
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
        return Task.FromResult(database.Guard<IReadOnlyDictionary<Guid, ReadOnlyMemory<float>>>(() =>
        {
            var vectors = new Dictionary<Guid, ReadOnlyMemory<float>>();
            using var reader = Statement("SELECT p.id, p.vector FROM passages p JOIN documents d ON d.key = p.document WHERE d.id = $1", 1)
                .Query(ExactText.ToValue(documentId));
            while (reader.Read())
            {
                vectors.Add(
                    new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true),
                    MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(1)).ToArray());
            }

            return vectors;
        }));
    }

    /// <inheritdoc/>
    public Task PutAsync(
        DocumentVersion version, IReadOnlyList<IndexedPassage> passages, string? movedFrom, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var passage in passages)
        {
            Check(version, passage);
        }

        Change(() =>
        {
            if (movedFrom is not null && movedFrom != version.DocumentId)
            {
                Remove(movedFrom, movedTo: version.DocumentId);
            }

            ForgetFailure(version.DocumentId);
            var document = PutDocument(version.DocumentId);
            PutVersion(document, version);
            PutPassages(document, passages);
            changed |= Statement("UPDATE documents SET version = $2, removed_at = NULL, moved_to = NULL WHERE key = $1 AND version IS NOT $2", 2)
                .Execute(document, version.Number) > 0;
        });
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
                DropVersion(documentId, number);
            }
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PutFailureAsync(FailedFile failure, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Change(() => Statement("INSERT OR REPLACE INTO failures VALUES ($1, $2, $3)", 3)
            .Execute(ExactText.ToValue(failure.DocumentId), failure.ContentHash, ExactText.ToValue(failure.Error)));
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
                // Documents of the old generation that did not come into the new one.
                changed |= Statement("UPDATE documents SET removed_at = $1 WHERE version IS NULL AND removed_at IS NULL", 1).Execute(Now()) > 0;
            }

            if (IsRebuild)
            {
                // Everything was just written in many pieces: searching one piece takes a quarter less time.
                Statement("INSERT INTO passage_terms (passage_terms) VALUES ('optimize')").Execute();
            }
        });
        if (inOneTransaction)
        {
            database.Guard(() => Statement("COMMIT").Execute());
        }

        ended = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // Closing the connection rolls back what was not committed.
        Close();
        return ValueTask.CompletedTask;
    }

    private static void Check(DocumentVersion version, IndexedPassage indexed)
    {
        var passage = indexed.Passage;
        if (passage.DocumentId != version.DocumentId || passage.Version != version.Number)
        {
            throw new ArgumentException($"Passage {passage.Id} is one of '{passage.DocumentId}' version {passage.Version}, not of '{version.DocumentId}' version {version.Number}.");
        }

        if (passage.Span.End > version.Text.Length || !passage.Span.In(version.Text).SequenceEqual(passage.Text))
        {
            throw new ArgumentException($"Passage {passage.Id} is not the text of '{version.DocumentId}' at {passage.Span}.");
        }
    }

    private void BeginRebuild()
    {
        Statement("BEGIN IMMEDIATE").Execute();
        Statement("INSERT INTO passage_terms (passage_terms) VALUES ('delete-all')").Execute();
        Statement("DELETE FROM passages").Execute();
        Statement("DELETE FROM meta WHERE name = 'dimensions'").Execute();
        Statement("DELETE FROM failures").Execute();
        // Documents are of the new generation once they are put; their versions stay.
        Statement("UPDATE documents SET version = NULL").Execute();
        dimensions = null;
    }

    private void Change(Action change)
    {
        ThrowIfEnded();
        database.Guard(() =>
        {
            changed = false;
            var knownDimensions = dimensions;
            Statement(inOneTransaction ? "SAVEPOINT change" : "BEGIN IMMEDIATE").Execute();
            try
            {
                change();
                if (!fingerprintStored)
                {
                    Statement("INSERT OR REPLACE INTO meta VALUES ('fingerprint', $1)", 1).Execute(ExactText.ToValue(fingerprint));
                    changed = true;
                }

                if (changed)
                {
                    Statement("UPDATE meta SET value = value + 1 WHERE name = 'revision'").Execute();
                }

                Statement(inOneTransaction ? "RELEASE change" : "COMMIT").Execute();
                fingerprintStored = true;
            }
            catch
            {
                dimensions = knownDimensions;
                // When the disk is full SQLite has rolled everything back already.
                if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
                {
                    Statement(inOneTransaction ? "ROLLBACK TO change" : "ROLLBACK").Execute();
                }

                throw;
            }

            return changed;
        });
    }

    private long PutDocument(string documentId)
    {
        var id = ExactText.ToValue(documentId);
        if (Statement("SELECT key FROM documents WHERE id = $1", 1).Scalar(id) is long key)
        {
            return key;
        }

        changed = true;
        return (long)Statement("INSERT INTO documents (id) VALUES ($1) RETURNING key", 1).Scalar(id)!;
    }

    private void PutVersion(long document, DocumentVersion version)
    {
        if (Statement("SELECT text FROM versions WHERE document = $1 AND number = $2", 2).Scalar(document, version.Number) is { } text)
        {
            if (ExactText.FromValue(text) != version.Text)
            {
                throw new ArgumentException($"Version {version.Number} of '{version.DocumentId}' is stored with another text.", nameof(version));
            }

            return;
        }

        changed = true;
        Statement("INSERT INTO versions VALUES ($1, $2, $3, $4, NULL, $5, $6, $7, $8, $9, $10)", 10).Execute(
            document,
            version.Number,
            version.ContentHash,
            version.IngestedAt.ToString("O", CultureInfo.InvariantCulture),
            ExactText.ToValue(version.OwnTitle),
            StoredJson.Write(version.Metadata),
            StoredJson.Write(version.PageStarts),
            StoredJson.Write(version.Sections),
            StoredJson.Write(version.Blocks),
            ExactText.ToValue(version.Text));
    }

    private void PutPassages(long document, IReadOnlyList<IndexedPassage> passages)
    {
        var stored = StoredPassages(document);
        foreach (var indexed in passages)
        {
            var row = new PassageColumns(indexed);
            CheckDimensions(indexed.Vector.Length);
            if (!stored.Remove(indexed.Passage.Id, out var known))
            {
                Insert(document, row);
            }
            else if (!known.Row.HasVectorOf(row))
            {
                // A key stands for one vector for ever.
                Delete(known.Key);
                Insert(document, row);
            }
            else
            {
                Update(known.Key, known.Row, row);
            }
        }

        foreach (var (key, _) in stored.Values)
        {
            Delete(key);
        }
    }

    private Dictionary<Guid, (long Key, PassageColumns Row)> StoredPassages(long document)
    {
        using var reader = Statement(
            "SELECT key, id, ordinal, start, terms_hash, language, sentences, vector FROM passages WHERE document = $1", 1).Query(document);
        var stored = new Dictionary<Guid, (long, PassageColumns)>();
        while (reader.Read())
        {
            stored.Add(new Guid(reader.GetFieldValue<byte[]>(1), bigEndian: true), (reader.GetInt64(0), new PassageColumns(reader)));
        }

        return stored;
    }

    private void Insert(long document, PassageColumns row)
    {
        changed = true;
        var passage = row.Indexed!.Passage;
        var key = Statement(
            """
            INSERT INTO passages (id, document, ordinal, start, length, terms_hash, language, sentences, headings, vector, text)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING key
            """, 11).Scalar(
            passage.Id.ToByteArray(bigEndian: true), document, row.Ordinal, row.Start, passage.Span.Length, row.TermsHash,
            ExactText.ToValue(row.Language), row.Sentences, StoredJson.Write(passage.Headings), row.Vector, ExactText.ToValue(passage.Text))!;
        InsertTerms((long)key, row);
    }

    private void Update(long key, PassageColumns known, PassageColumns row)
    {
        if (known.TermsHash != row.TermsHash)
        {
            DeleteTerms(key);
            InsertTerms(key, row);
        }

        if (!known.HasPlaceOf(row))
        {
            changed = true;
            Statement("UPDATE passages SET ordinal = $2, start = $3, terms_hash = $4, language = $5, sentences = $6 WHERE key = $1", 6)
                .Execute(key, row.Ordinal, row.Start, row.TermsHash, ExactText.ToValue(row.Language), row.Sentences);
        }
    }

    private void Delete(long key)
    {
        changed = true;
        DeleteTerms(key);
        Statement("DELETE FROM passages WHERE key = $1", 1).Execute(key);
    }

    private void InsertTerms(long key, PassageColumns row) =>
        Statement("INSERT INTO passage_terms (rowid, title, headings, text) VALUES ($1, $2, $3, $4)", 4)
            .Execute(key, row.TitleTerms, row.HeadingTerms, row.TextTerms);

    private void DeleteTerms(long key) => Statement("DELETE FROM passage_terms WHERE rowid = $1", 1).Execute(key);

    private void ForgetFailure(string documentId) =>
        Statement("DELETE FROM failures WHERE id = $1", 1).Execute(ExactText.ToValue(documentId));

    private void Remove(string documentId, string? movedTo)
    {
        ForgetFailure(documentId);
        if (Statement("SELECT key FROM documents WHERE id = $1 AND version IS NOT NULL", 1).Scalar(ExactText.ToValue(documentId)) is not long document)
        {
            return;
        }

        PutPassages(document, []);
        Statement("UPDATE documents SET version = NULL, removed_at = $2, moved_to = $3 WHERE key = $1", 3)
            .Execute(document, Now(), ExactText.ToValue(movedTo));
        changed = true;
    }

    private void DropVersion(string documentId, int number)
    {
        var id = ExactText.ToValue(documentId);
        if (Statement("SELECT 1 FROM documents WHERE id = $1 AND version = $2", 2).Scalar(id, number) is not null)
        {
            throw new ArgumentException($"Version {number} of '{documentId}' is the current one.", nameof(number));
        }

        changed |= Statement(
            """
            UPDATE versions SET dropped_at = $3, own_title = NULL, metadata = '{}', page_starts = '[]', sections = '[]', blocks = '[]', text = ''
            WHERE document = (SELECT key FROM documents WHERE id = $1) AND number = $2 AND dropped_at IS NULL
            """, 3).Execute(id, number, Now()) > 0;
    }

    private string Now() => time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    private void CheckDimensions(int length)
    {
        if (dimensions is null && length > 0)
        {
            Statement("INSERT INTO meta VALUES ('dimensions', $1)", 1).Execute(length);
            dimensions = length;
        }
        else if (dimensions != length)
        {
            throw new ArgumentException($"A vector of {length} dimensions does not fit an index with vectors of {dimensions ?? 1} or more.");
        }
    }

    private object? Meta(string name) => Statement("SELECT value FROM meta WHERE name = $1", 1).Scalar(name);

    private void ThrowIfEnded()
    {
        if (ended)
        {
            throw new InvalidOperationException("The writer has ended; open another one.");
        }
    }

    private Statement Statement(string sql, int parameters = 0)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statements.Add(sql, statement = new Statement(connection, sql, parameters));
        }

        return statement;
    }

    private void Close()
    {
        ended = true;
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        statements.Clear();
        connection.Dispose();
        lease.Dispose();
    }
}
