namespace Assistant.Storage.Sqlite;

/// <summary>Where the index lives.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>
    /// Path of the database file. Its folder is made by the first ingestion. Beside it stand SQLite's own <c>-wal</c> and
    /// <c>-shm</c> files, and <c>.lock</c> and <c>.lock.owner</c> for the writer.
    /// </summary>
    public required string Path { get; init; }
}
