using Assistant.Core.Ingestion;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assistant.Storage.Sqlite;

/// <summary>Opens connections to the database file and says in a person's words why it cannot be used.</summary>
/// <param name="path">The database file.</param>
internal sealed class SqliteDatabase(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>When the file was created; null when it does not exist.</summary>
    public DateTime? CreatedAt => File.Exists(Path) ? File.GetCreationTimeUtc(Path) : null;

    /// <summary>A connection for reading; null when the file has no tables yet.</summary>
    public SqliteConnection? OpenForReading()
    {
        // Not read-only: a reader of a write-ahead log takes part in its upkeep, e.g. after a writer was killed.
        var connection = Open(SqliteOpenMode.ReadWrite, "PRAGMA query_only = ON");
        try
        {
            if (SqliteSchema.Exists(connection, Path))
            {
                return connection;
            }

            connection.Dispose();
            return null;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection for writing, with the tables made when they are missing.</summary>
    public SqliteConnection OpenForWriting()
    {
        // In a write-ahead log NORMAL keeps the file sound whatever happens; only a power cut can cost the last changes, which
        // the next ingestion makes again. A log of up to 32 MB: many small documents touch the same pages again and again.
        var connection = Open(
            SqliteOpenMode.ReadWriteCreate, "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 8000");
        try
        {
            SqliteSchema.Ensure(connection, Path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs work on the database; damage found on the way becomes an error that names the file and the way out.</summary>
    /// <exception cref="IndexUnusableException">The file is no database or is damaged.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_NOTADB)
        {
            throw new IndexUnusableException(
                $"'{Path}' is not an index: it is no SQLite database. Choose another file with the setting Assistant:Storage:Sqlite:Path, or delete it and ingest again.",
                error);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_FULL)
        {
            throw new IOException(
                $"The disk of the index '{Path}' is full. What was ingested so far is kept; make room and ingest again for the rest.", error);
        }
        catch (Exception error) when (error is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT } or InvalidDataException)
        {
            throw new IndexUnusableException($"The index '{Path}' is damaged. Delete the file and ingest again.", error);
        }
    }

    private SqliteConnection Open(SqliteOpenMode mode, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            // Connections live in the store, with their prepared statements.
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA busy_timeout = 5000; {pragmas}";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
