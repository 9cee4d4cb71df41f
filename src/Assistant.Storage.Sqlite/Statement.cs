using Microsoft.Data.Sqlite;

namespace Assistant.Storage.Sqlite;

/// <summary>A prepared statement with the parameters <c>$1</c>, <c>$2</c>, … that is run many times on its connection.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand command;

    public Statement(SqliteConnection connection, string sql, int parameters = 0)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}", Value = DBNull.Value });
        }
    }

    public int Execute(params ReadOnlySpan<object> values) => Bind(values).ExecuteNonQuery();

    /// <summary>The first column of the first row; null when there is no row.</summary>
    public object? Scalar(params ReadOnlySpan<object> values) => Bind(values).ExecuteScalar();

    public SqliteDataReader Query(params ReadOnlySpan<object> values) => Bind(values).ExecuteReader();

    public void Dispose() => command.Dispose();

    private SqliteCommand Bind(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }
}
