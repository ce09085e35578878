using System.Globalization;
using Microsoft.Data.Sqlite;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Local.Storage;

/// <summary>Tables in SQLite. Reads answer at once on the caller's thread; batches share transactions.</summary>
public sealed class SqliteTableStore(SqliteDatabase database) : ITableStore
{
    // As the service does: a page ends early rather than hold more.
    private const int PageBytes = 4 * 1024 * 1024;

    /// <inheritdoc/>
    public Task<Row?> GetAsync(string table, string partition, string key, CancellationToken cancellation = default) =>
        Answer(() =>
        {
            TableRules.CheckTable(table);
            TableRules.CheckKey(partition);
            TableRules.CheckKey(key);
            return database.Read(session =>
            {
                using var row = session.Query(
                    "SELECT etag, properties FROM rows WHERE table_id = (SELECT id FROM tables WHERE name = $1) AND partition = $2 AND key = $3",
                    table,
                    KeyBytes.Of(partition),
                    KeyBytes.Of(key));
                return row.Read() ? ToRow(partition, key, row, 0) : null;
            });
        }, cancellation);

    /// <inheritdoc/>
    public Task<RowPage> ReadAsync(
        string table,
        string partition,
        KeyRange range,
        string? continuation = null,
        int pageSize = TableLimits.PageSize,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, TableLimits.PageSize);
        return Answer(() =>
        {
            TableRules.CheckTable(table);
            TableRules.CheckKey(partition);
            return database.Read(session => ReadPage(session, table, partition, range with { From = continuation ?? range.From }, pageSize));
        }, cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string?>> CommitAsync(
        string table, string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            TableRules.CheckTable(table);
            TableRules.Check(partition, changes);
        }
        catch (Exception e) when (e is TableLimitException or OperationCanceledException)
        {
            return Task.FromException<IReadOnlyList<string?>>(e);
        }

        var batch = new SqliteBatch(table, partition, changes);
        return database.WriteAsync<IReadOnlyList<string?>>(batch.Run, cancellation);
    }

    /// <summary>
    /// Writes any number of rows of any tables in one transaction, whether they exist or not, under new ETags: all of
    /// them or, when this throws, none. Other writers wait meanwhile.
    /// </summary>
    /// <param name="rows">Enumerated once, on another thread.</param>
    /// <param name="cancellation">Gives up waiting; what it had begun may still happen.</param>
    public Task LoadAsync(IEnumerable<(string Table, Row Row)> rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return database.WriteAsync(writer =>
        {
            var count = 0;
            foreach (var (table, row) in rows)
            {
                TableRules.CheckTable(table);
                RowChange[] change = [RowChange.Upsert(row.Key, row.Properties)];
                TableRules.Check(row.Partition, change);
                new SqliteBatch(table, row.Partition, change).Run(writer);
                count++;
            }

            return count;
        }, cancellation);
    }

    /// <summary>
    /// Every row of every table as of one moment, ordered by table name, partition and key, read as they are
    /// enumerated. Writers are not held up meanwhile.
    /// </summary>
    public IEnumerable<(string Table, Row Row)> AllRows() => database.Stream(
        """
        SELECT tables.name, rows.partition, rows.key, rows.etag, rows.properties
        FROM tables CROSS JOIN rows ON rows.table_id = tables.id
        ORDER BY tables.name, rows.partition, rows.key
        """,
        row => (
            row.GetString(0),
            ToRow(KeyBytes.ToKey(row.GetFieldValue<byte[]>(1)), KeyBytes.ToKey(row.GetFieldValue<byte[]>(2)), row, 3)));

    private static RowPage ReadPage(SqliteSession session, string table, string partition, KeyRange range, int pageSize)
    {
        using var found = session.Query(
            """
            SELECT etag, properties, key FROM rows
            WHERE table_id = (SELECT id FROM tables WHERE name = $1) AND partition = $2 AND key >= $3 AND key < $4
            ORDER BY key LIMIT $5
            """,
            table,
            KeyBytes.Of(partition),
            KeyBytes.Of(range.From ?? ""),
            range.Before is null ? KeyBytes.AfterAll : KeyBytes.Of(range.Before),
            pageSize + 1);
        var rows = new List<Row>();
        long bytes = 0;
        while (found.Read())
        {
            var key = KeyBytes.ToKey(found.GetFieldValue<byte[]>(2));
            bytes += found.GetBytes(1, 0, null, 0, 0);
            if (rows.Count == pageSize || (rows.Count > 0 && bytes > PageBytes))
            {
                return new(rows, key);
            }

            rows.Add(ToRow(partition, key, found, 0));
        }

        return new(rows, null);
    }

    private static Row ToRow(string partition, string key, SqliteDataReader found, int column) => new(
        partition,
        key,
        found.GetInt64(column).ToString(CultureInfo.InvariantCulture),
        PropertyBytes.ToProperties(found.GetFieldValue<byte[]>(column + 1)));

    /// <summary>A read's answer or exception as a task: callers that gather tasks expect both there.</summary>
    private static Task<T> Answer<T>(Func<T> read, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellation);
        }

        try
        {
            return Task.FromResult(read());
        }
        catch (Exception e) when (e is TableLimitException or PortUnavailableException)
        {
            return Task.FromException<T>(e);
        }
    }
}
