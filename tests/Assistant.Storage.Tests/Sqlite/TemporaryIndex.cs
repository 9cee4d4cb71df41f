using Assistant.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Assistant.Storage.Tests.Sqlite;

/// <summary>A database file of a test, in a folder that is deleted behind it.</summary>
internal sealed class TemporaryIndex : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("assistant-index-");
    private readonly List<SqliteStore> opened = [];

    public string Path => System.IO.Path.Combine(folder.FullName, "data", "index.db");

    public SqliteStore Open(TimeProvider? time = null)
    {
        var store = new SqliteStore(new SqliteStoreOptions { Path = Path }, time ?? TimeProvider.System, NullLogger<SqliteStore>.Instance);
        opened.Add(store);
        return store;
    }

    /// <summary>Runs SQL on the file and gives the first value.</summary>
    public object? Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>The file is whole, and so is the keyword index in it.</summary>
    public void AssertSound()
    {
        Assert.Equal("ok", Sql("PRAGMA integrity_check"));
        Assert.Null(Sql("PRAGMA foreign_key_check"));
        Sql("INSERT INTO passage_terms (passage_terms, rank) VALUES ('integrity-check', 0)");
        Assert.Equal(0L, Sql("SELECT COUNT(*) FROM passages WHERE key NOT IN (SELECT rowid FROM passage_terms)"));
        Assert.Equal(0L, Sql("SELECT COUNT(*) FROM passage_terms WHERE rowid NOT IN (SELECT key FROM passages)"));
    }

    public void Dispose()
    {
        opened.ForEach(store => store.Dispose());
        folder.Delete(recursive: true);
    }
}
