using System.Globalization;
using Segue.Ports;
using Segue.Storage;

namespace Segue.Simulation;

/// <summary>
/// A table store in memory: what a simulation runs on. Every call completes at once, and the same calls in the same
/// order give the same ETags.
/// </summary>
/// <remarks>
/// Rows are shared, not copied: neither the properties of a change nor those of a row that was read may be changed
/// afterwards. Safe for any number of threads.
/// </remarks>
public sealed class InMemoryTableStore : ITableStore
{
    private static readonly Task<Row?> NoRow = Task.FromResult<Row?>(null);
    private static readonly Task<RowPage> NoRows = Task.FromResult(new RowPage([], null));

    private readonly Lock gate = new();
    private readonly Dictionary<string, Dictionary<string, SortedRows>> tables = new(StringComparer.Ordinal);
    private long etags;
    private long reads;
    private long writes;

    /// <summary>How many calls read a row or a page.</summary>
    public long Reads => Interlocked.Read(ref reads);

    /// <summary>How many batches were committed; refused ones don't count.</summary>
    public long Writes => Interlocked.Read(ref writes);

    /// <inheritdoc/>
    public Task<Row?> GetAsync(string table, string partition, string key, CancellationToken cancellation = default)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            TableRules.CheckKey(partition);
            TableRules.CheckKey(key);
            lock (gate)
            {
                reads++;
                var rows = Find(table, partition);
                var at = rows?.Find(key) ?? -1;
                return at < 0 ? NoRow : Task.FromResult<Row?>(rows![at]);
            }
        }
        catch (Exception e) when (e is TableLimitException or OperationCanceledException)
        {
            return Task.FromException<Row?>(e);
        }
    }

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
        try
        {
            cancellation.ThrowIfCancellationRequested();
            TableRules.CheckKey(partition);
            lock (gate)
            {
                reads++;
                return Find(table, partition) is { } rows
                    ? Task.FromResult(Page(rows, continuation ?? range.From, range.Before, pageSize))
                    : NoRows;
            }
        }
        catch (Exception e) when (e is TableLimitException or OperationCanceledException)
        {
            return Task.FromException<RowPage>(e);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string?>> CommitAsync(
        string table, string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            TableRules.Check(partition, changes);
            lock (gate)
            {
                return Task.FromResult<IReadOnlyList<string?>>(Commit(table, partition, changes));
            }
        }
        catch (Exception e) when (e is TableLimitException or TableConflictException or OperationCanceledException)
        {
            return Task.FromException<IReadOnlyList<string?>>(e);
        }
    }

    /// <summary>Every row of every table as it is now, ordered by table, partition and key.</summary>
    public IEnumerable<(string Table, Row Row)> AllRows()
    {
        lock (gate)
        {
            return [.. from table in tables.OrderBy(t => t.Key, StringComparer.Ordinal)
                       from partition in table.Value.OrderBy(p => p.Key, StringComparer.Ordinal)
                       from row in partition.Value.Copy(0, partition.Value.Count)
                       select (table.Key, row)];
        }
    }

    /// <summary>Writes rows whether they exist or not, under new ETags; counted neither as reads nor as writes.</summary>
    public void Load(IEnumerable<(string Table, Row Row)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var (table, row) in rows)
        {
            RowChange[] change = [RowChange.Upsert(row.Key, row.Properties)];
            TableRules.Check(row.Partition, change);
            lock (gate)
            {
                Commit(table, row.Partition, change);
                writes--;
            }
        }
    }

    private static RowPage Page(SortedRows rows, string? from, string? before, int pageSize)
    {
        var start = rows.From(from);
        var end = before is null ? rows.Count : rows.From(before);
        if (end <= start)
        {
            return new([], null);
        }

        var count = Math.Min(end - start, pageSize);
        return new(rows.Copy(start, count), start + count < end ? rows[start + count].Key : null);
    }

    private static void Refuse(SortedRows rows, int at, string table, string partition, RowChange change)
    {
        TableConflict? conflict = change.Kind switch
        {
            RowChangeKind.Insert => at >= 0 ? TableConflict.Exists : null,
            RowChangeKind.Upsert => null,
            _ when at < 0 => TableConflict.Missing,
            _ => change.ETag == RowChange.AnyETag || change.ETag == rows[at].ETag ? null : TableConflict.Changed,
        };
        if (conflict is { } found)
        {
            throw new TableConflictException(found, table, partition, change.Key);
        }
    }

    private SortedRows? Find(string table, string partition)
    {
        if (tables.TryGetValue(table, out var partitions))
        {
            return partitions.GetValueOrDefault(partition);
        }

        TableRules.CheckTable(table);
        return null;
    }

    private string?[] Commit(string table, string partition, IReadOnlyList<RowChange> changes)
    {
        var found = Find(table, partition);
        var rows = found ?? new SortedRows();
        for (var i = 0; i < changes.Count; i++)
        {
            Refuse(rows, rows.Find(changes[i].Key), table, partition, changes[i]);
        }

        var answer = new string?[changes.Count];
        for (var i = 0; i < changes.Count; i++)
        {
            answer[i] = Apply(rows, partition, changes[i]);
        }

        writes++;
        if ((found is null) != (rows.Count == 0))
        {
            KeepPartition(table, partition, rows);
        }

        return answer;
    }

    private string? Apply(SortedRows rows, string partition, RowChange change)
    {
        var at = rows.Find(change.Key);
        if (change.Kind == RowChangeKind.Delete)
        {
            rows.RemoveAt(at);
            return null;
        }

        var etag = (++etags).ToString(CultureInfo.InvariantCulture);
        var row = new Row(partition, change.Key, etag, TableRules.Kept(change.Properties!));
        if (at >= 0)
        {
            rows[at] = row;
        }
        else
        {
            rows.Insert(~at, row);
        }

        return etag;
    }

    /// <summary>Adds a partition that got its first row; drops one that lost its last: there are many short-lived ones.</summary>
    private void KeepPartition(string table, string partition, SortedRows rows)
    {
        if (!tables.TryGetValue(table, out var partitions))
        {
            tables[table] = partitions = new(StringComparer.Ordinal);
        }

        if (rows.Count > 0)
        {
            partitions[partition] = rows;
        }
        else
        {
            partitions.Remove(partition);
        }
    }
}
