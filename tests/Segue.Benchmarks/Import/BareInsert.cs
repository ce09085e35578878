using Microsoft.Data.Sqlite;
using Segue.Local.Storage;

namespace Segue.Benchmarks.Import;

/// <summary>SQLite alone, as fast as it goes: one prepared statement, transactions of 100,000 rows, the same journal as the product's.</summary>
internal static class BareInsert
{
    private const int RowsInTransaction = 100_000;

    /// <summary>Inserts the file's rows as they are into one table with the order's id as its key.</summary>
    public static void Rows(string csv, string file)
    {
        using var connection = Open(file);
        Execute(connection, "CREATE TABLE orders (id TEXT PRIMARY KEY, customer TEXT NOT NULL, ordered_at TEXT NOT NULL, amount TEXT NOT NULL) WITHOUT ROWID");
        Insert(connection, "INSERT INTO orders VALUES ($1, $2, $3, $4)", File.ReadLines(csv).Skip(1).Select(line => (object[])line.Split(',')));
    }

    /// <summary>Inserts the rows that an import has committed, with their keys and bytes, into a table like the product's.</summary>
    public static void Committed(string data, string file)
    {
        using var source = new SqliteConnection($"Data Source={Path.Combine(data, SqliteDatabase.FileName)};Mode=ReadOnly;Pooling=False");
        source.Open();
        using var read = source.CreateCommand();
        read.CommandText = "SELECT table_id, partition, key, etag, properties FROM rows";
        using var found = read.ExecuteReader();
        using var connection = Open(file);
        Execute(connection, "CREATE TABLE rows (table_id INTEGER, partition BLOB, key BLOB, etag INTEGER, properties BLOB, PRIMARY KEY (table_id, partition, key)) WITHOUT ROWID");
        Insert(connection, "INSERT INTO rows VALUES ($1, $2, $3, $4, $5)", Values(found));
    }

    private static IEnumerable<object[]> Values(SqliteDataReader found)
    {
        while (found.Read())
        {
            var values = new object[found.FieldCount];
            found.GetValues(values);
            yield return values;
        }
    }

    private static void Insert(SqliteConnection connection, string sql, IEnumerable<object[]> rows)
    {
        foreach (var chunk in rows.Chunk(RowsInTransaction))
        {
            using var transaction = connection.BeginTransaction();
            using var insert = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this file.
            insert.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= chunk[0].Length; i++)
            {
                insert.Parameters.Add(new SqliteParameter { ParameterName = FormattableString.Invariant($"${i}") });
            }

            foreach (var row in chunk)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    insert.Parameters[i].Value = row[i];
                }

                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA page_size = 8192");
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "PRAGMA cache_size = -65536");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
