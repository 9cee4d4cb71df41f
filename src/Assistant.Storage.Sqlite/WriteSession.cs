using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assistant.Storage.Sqlite;

/// <summary>A connection for writing with its prepared statements, and the transactions on it. Used by one caller at a time.</summary>
/// <param name="connection">The connection; the session disposes it.</param>
internal sealed class WriteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, Statement> statements = [];
    private bool inOneTransaction;
    private bool changed;

    /// <summary>The statement, prepared when it is first asked for.</summary>
    public Statement Statement(string sql, int parameters = 0)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statements.Add(sql, statement = new Statement(connection, sql, parameters));
        }

        return statement;
    }

    /// <summary>Begins the transaction that all changes are part of until <see cref="EndOneTransaction"/>.</summary>
    public void BeginOneTransaction()
    {
        Statement("BEGIN IMMEDIATE").Execute();
        inOneTransaction = true;
    }

    public void EndOneTransaction() => Statement("COMMIT").Execute();

    /// <summary>Makes a change whole or not at all. What <see cref="Changed"/> was told in it gives the index a new revision.</summary>
    public void Change(Action change)
    {
        changed = false;
        Statement(inOneTransaction ? "SAVEPOINT change" : "BEGIN IMMEDIATE").Execute();
        try
        {
            change();
            if (changed)
            {
                Statement("UPDATE meta SET value = value + 1 WHERE name = 'revision'").Execute();
            }

            Statement(inOneTransaction ? "RELEASE change" : "COMMIT").Execute();
        }
        catch
        {
            // When the disk is full SQLite has rolled everything back already.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                Statement(inOneTransaction ? "ROLLBACK TO change" : "ROLLBACK").Execute();
            }

            throw;
        }
    }

    /// <summary>Tells whether a part of the change under way makes a difference to readers.</summary>
    public void Changed(bool difference = true) => changed |= difference;

    /// <summary>Closes the connection, which rolls back what was not committed.</summary>
    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        statements.Clear();
        connection.Dispose();
    }
}
