using System.Globalization;
using Assistant.Core.Ingestion;
using Microsoft.Data.Sqlite;

namespace Assistant.Storage.Sqlite;

/// <summary>The tables of the database, and whether a file has them.</summary>
internal static class SqliteSchema
{
    /// <summary>Raise it with every change of the tables or of what their columns hold.</summary>
    public const int Version = 3;

    /// <summary>"ASTI": marks the file as an index of this product (<c>PRAGMA application_id</c>).</summary>
    private const int ApplicationId = 0x41535449;

    // Columns of strings are ANY because of ExactText. Long values stand last: SQLite reads a row from its front.
    // Keys of passages are never used twice: a key stands for one passage with one vector for ever, so what a process
    // holds in memory is brought up to date by comparing keys.
    private const string Tables = $"""
        CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO meta VALUES ('revision', 0);

        CREATE TABLE documents (
            key INTEGER PRIMARY KEY,
            id ANY NOT NULL UNIQUE,
            version INTEGER,
            removed_at TEXT,
            moved_to ANY,
            FOREIGN KEY (key, version) REFERENCES versions (document, number) DEFERRABLE INITIALLY DEFERRED
        ) STRICT;

        CREATE TABLE versions (
            document INTEGER NOT NULL REFERENCES documents (key),
            number INTEGER NOT NULL,
            content_hash TEXT NOT NULL,
            ingested_at TEXT NOT NULL,
            dropped_at TEXT,
            own_title ANY,
            metadata TEXT NOT NULL,
            page_starts TEXT NOT NULL,
            sections TEXT NOT NULL,
            blocks TEXT NOT NULL,
            text ANY NOT NULL,
            PRIMARY KEY (document, number)
        ) STRICT;

        CREATE TABLE passages (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            id BLOB NOT NULL UNIQUE,
            document INTEGER NOT NULL REFERENCES documents (key),
            ordinal INTEGER NOT NULL,
            start INTEGER NOT NULL,
            length INTEGER NOT NULL,
            terms_hash INTEGER NOT NULL,
            language ANY,
            sentences TEXT NOT NULL,
            headings TEXT NOT NULL,
            vector BLOB NOT NULL,
            text ANY NOT NULL
        ) STRICT;
        CREATE INDEX passages_by_document ON passages (document, ordinal);

        CREATE TABLE failures (id ANY PRIMARY KEY NOT NULL, content_hash TEXT NOT NULL, error ANY NOT NULL) STRICT, WITHOUT ROWID;

        CREATE VIRTUAL TABLE passage_terms USING fts5 (
            title, headings, text, content = '', contentless_delete = 1, tokenize = "{TermToken.Tokenizer}");
        """;

    /// <summary>Whether the file has the tables; false for a file without any table.</summary>
    /// <exception cref="IndexUnusableException">It is something else, or of another version.</exception>
    public static bool Exists(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        var version = ReadInt32(connection, "PRAGMA user_version");
        var application = ReadInt32(connection, "PRAGMA application_id");
        if (version == 0 && application == 0 && ReadInt32(connection, "SELECT COUNT(*) FROM sqlite_schema") == 0)
        {
            return false;
        }

        if (application != ApplicationId)
        {
            throw new IndexUnusableException(
                $"'{path}' is a database of another program. Choose another file with the setting Assistant:Storage:Sqlite:Path.");
        }

        if (version != Version)
        {
            throw new IndexUnusableException(
                $"The index '{path}' has schema version {version}, this program uses {Version}. " +
                (version > Version
                    ? "Use the newer program that wrote it, or delete the file and ingest again."
                    : "Delete the file and ingest again, or use the older program that wrote it."));
        }

        return true;
    }

    /// <summary>Makes the tables when the file has none.</summary>
    /// <inheritdoc cref="Exists"/>
    public static void Ensure(SqliteConnection connection, string path)
    {
        if (Exists(connection, path))
        {
            return;
        }

        // The mode is kept in the file, for every later connection of every process.
        Run(connection, "PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction();
        Run(connection, Tables);
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}"));
        transaction.Commit();
    }

    private static int ReadInt32(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
