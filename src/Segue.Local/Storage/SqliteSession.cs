using Microsoft.Data.Sqlite;

namespace Segue.Local.Storage;

/// <summary>One connection with its prepared statements; for one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> statements = new(StringComparer.Ordinal);

    /// <param name="file">The database's file.</param>
    /// <param name="mode">Whether to write.</param>
    /// <param name="busySeconds">How long to try while another process holds the file; at least 1.</param>
    public SqliteSession(string file, SqliteOpenMode mode, int busySeconds = 5)
    {
        connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = busySeconds,
        }.ToString());
        try
        {
            connection.Open();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement, for its parameters $1, $2 and so on, and says how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments) => Prepare(sql, arguments).ExecuteNonQuery();

    /// <summary>The first row's first value, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> arguments) => Prepare(sql, arguments).ExecuteScalar();

    /// <summary>The rows, to be disposed before the statement is used again.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<object?> arguments) => Prepare(sql, arguments).ExecuteReader();

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statement = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant in this folder; what varies is a parameter.
            statement.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= arguments.Length; i++)
            {
                statement.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            }

            statements.Add(sql, statement);
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            statement.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        }

        return statement;
    }
}
