using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Assistant.Embeddings.Caching;

/// <summary>
/// Keeps vectors by model and content in one SQLite file, so that an index is rebuilt without computing, or paying for, any of them
/// again. Holds hashes of texts, never texts. Several processes may use the file at once. Whatever happens to it, the worst is that
/// vectors are computed anew. Thread-safe.
/// </summary>
/// <param name="path">The file; it and its folder are made when they are missing.</param>
/// <param name="mostBytes">The most that it may grow to.</param>
/// <param name="time">Clock, for which vectors were not used for longest.</param>
/// <param name="logger">Log.</param>
internal sealed class VectorCache(string path, long mostBytes, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>"ASTE": marks the file as one of this product (<c>PRAGMA application_id</c>).</summary>
    private const int ApplicationId = 0x41535445;

    /// <summary>Raise it with every change of the tables: a file of another version is begun anew.</summary>
    private const int Version = 1;

    /// <summary>Vectors that are written between two looks at the size of the file.</summary>
    private const int WritesBetweenTrims = 2000;

    /// <summary>A vector's day of use is written again only when it is so many days old.</summary>
    private const int DayGrain = 7;

    private const string Tables = """
        CREATE TABLE models (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE vectors (
            model INTEGER NOT NULL REFERENCES models (key),
            text BLOB NOT NULL,
            used INTEGER NOT NULL,
            vector BLOB NOT NULL,
            PRIMARY KEY (model, text)
        ) STRICT;
        CREATE INDEX vectors_by_use ON vectors (used);
        CREATE TABLE files (path TEXT PRIMARY KEY, state TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
        """;

    private readonly string path = Path.GetFullPath(path);
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> models = new(StringComparer.Ordinal);
    private SqliteConnection? connection;
    private bool isUnusable;
    private int writes;

    /// <summary>The key of a text.</summary>
    public static VectorCacheKey KeyOf(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return new VectorCacheKey(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>The vector of a text; null when it is not known.</summary>
    public float[]? Find(string model, VectorCacheKey text) => Use<float[]>(() =>
    {
        using var command = Command("SELECT vector, used FROM vectors WHERE model = $1 AND text = $2", ModelKey(model), Bytes(text));
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var vector = MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(0)).ToArray();
        if (reader.GetInt64(1) < Today() - DayGrain)
        {
            reader.Close();
            Run("UPDATE vectors SET used = $3 WHERE model = $1 AND text = $2", ModelKey(model), Bytes(text), Today());
        }

        return vector;
    });

    /// <summary>Keeps the vector of a text.</summary>
    public void Put(string model, VectorCacheKey text, float[] vector) => Use<object>(() =>
    {
        Run("INSERT OR REPLACE INTO vectors VALUES ($1, $2, $3, $4)", ModelKey(model), Bytes(text), Today(), MemoryMarshal.AsBytes(vector.AsSpan()).ToArray());
        if (++writes % WritesBetweenTrims == 0)
        {
            Trim();
        }

        return null;
    });

    /// <summary>A hash of a file that was computed when the file was in this state; null when it is not known.</summary>
    public string? FindHash(string file, string state) => Use(() =>
    {
        using var command = Command("SELECT hash FROM files WHERE path = $1 AND state = $2", file, state);
        return (string?)command.ExecuteScalar();
    });

    /// <summary>Remembers the hash of a file in its state.</summary>
    public void PutHash(string file, string state, string hash) => Use<object>(() =>
    {
        Run("INSERT OR REPLACE INTO files VALUES ($1, $2, $3)", file, state, hash);
        return null;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isUnusable = true;
            Close();
        }
    }

    private static byte[] Bytes(VectorCacheKey key)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, key.Value);
        return bytes;
    }

    private T? Use<T>(Func<T?> work)
        where T : class
    {
        lock (gate)
        {
            for (var isSecond = false; !isUnusable; isSecond = true)
            {
                try
                {
                    connection ??= Open();
                    return work();
                }
                catch (SqliteException error) when (!isSecond && error.SqliteErrorCode is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT && TryPutAside())
                {
                    // Once more, with a new file.
                }
                catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
                {
                    // Another process keeps it for long: this one vector is not kept.
                    return null;
                }
                catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException or InvalidDataException)
                {
                    Log.CacheUnusable(logger, path, error.Message);
                    isUnusable = true;
                    Close();
                }
            }

            return null;
        }
    }

    private SqliteConnection Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            opened.Open();
            // What a power cut takes is computed again.
            Run(opened, "PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL");
            Prepare(opened);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static void Prepare(SqliteConnection opened)
    {
        using var state = opened.CreateCommand();
        state.CommandText = "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT COUNT(*) FROM sqlite_schema)";
        long application, version, tables;
        using (var reader = state.ExecuteReader())
        {
            reader.Read();
            (application, version, tables) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        }

        if (tables > 0 && application != ApplicationId)
        {
            throw new InvalidDataException("It is a database of something else; name another file with the setting Assistant:Embeddings:CachePath.");
        }

        if (tables > 0 && version == Version)
        {
            return;
        }

        if (tables == 0)
        {
            Run(opened, "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
        }

        // Immediately, so that of two processes that begin the file one waits and finds it done.
        Run(opened, "BEGIN IMMEDIATE");
        using (var check = opened.CreateCommand())
        {
            check.CommandText = "SELECT user_version FROM pragma_user_version";
            if ((long)check.ExecuteScalar()! != Version)
            {
                Run(opened, $"DROP TABLE IF EXISTS vectors; DROP TABLE IF EXISTS models; DROP TABLE IF EXISTS files; {Tables}");
                Run(opened, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}"));
            }
        }

        Run(opened, "COMMIT");
    }

    /// <summary>A damaged file is not deleted: it may be something that was named by mistake.</summary>
    private bool TryPutAside()
    {
        Close();
        var aside = path + ".damaged";
        try
        {
            File.Move(path, aside, overwrite: true);
            File.Delete(path + "-wal");
            File.Delete(path + "-shm");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        Log.CacheDamaged(logger, path, aside);
        return true;
    }

    private void Trim()
    {
        if (Bytes() <= mostBytes)
        {
            return;
        }

        using var command = Command(
            "DELETE FROM vectors WHERE rowid IN (SELECT rowid FROM vectors ORDER BY used, rowid LIMIT (SELECT COUNT(*) / 4 FROM vectors))");
        var removed = command.ExecuteNonQuery();
        Run(connection!, "PRAGMA incremental_vacuum");
        Log.CacheTrimmed(logger, path, removed);

        long Bytes()
        {
            using var size = Command("SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)");
            return (long)size.ExecuteScalar()!;
        }
    }

    private long ModelKey(string name)
    {
        if (!models.TryGetValue(name, out var key))
        {
            Run("INSERT OR IGNORE INTO models (name) VALUES ($1)", name);
            using var command = Command("SELECT key FROM models WHERE name = $1", name);
            models.Add(name, key = (long)command.ExecuteScalar()!);
        }

        return key;
    }

    private int Today() => (int)(time.GetUtcNow().ToUnixTimeSeconds() / 86_400);

    private void Run(string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private static void Run(SqliteConnection on, string sql)
    {
        using var command = on.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = connection!.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}", Value = values[i] });
        }

        return command;
    }

    private void Close()
    {
        connection?.Dispose();
        connection = null;
        models.Clear();
    }
}
