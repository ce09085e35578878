using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Tests.Support;

/// <summary>A store in memory that lets a test look at every batch before it is written, and make it fail.</summary>
internal sealed class HookedStore(InMemoryTableStore inner) : ITableStore
{
    /// <summary>Told table, partition and changes before they are written; what it throws, the call throws.</summary>
    public Action<string, string, IReadOnlyList<RowChange>>? BeforeCommit { get; set; }

    /// <summary>Told what was written; what it throws, the call throws although it happened.</summary>
    public Action<string, string, IReadOnlyList<RowChange>>? AfterCommit { get; set; }

    /// <summary>Told a table before a page of it is read; what it throws, the call throws.</summary>
    public Action<string>? BeforeRead { get; set; }

    /// <summary>The hours for which something was written to Due, as its partitions name them.</summary>
    public SortedSet<string> DueHours { get; } = new(StringComparer.Ordinal);

    public Task<Row?> GetAsync(string table, string partition, string key, CancellationToken cancellation = default) =>
        inner.GetAsync(table, partition, key, cancellation);

    public Task<RowPage> ReadAsync(
        string table,
        string partition,
        KeyRange range,
        string? continuation = null,
        int pageSize = TableLimits.PageSize,
        CancellationToken cancellation = default)
    {
        BeforeRead?.Invoke(table);
        return inner.ReadAsync(table, partition, range, continuation, pageSize, cancellation);
    }

    public async Task<IReadOnlyList<string?>> CommitAsync(
        string table, string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default)
    {
        BeforeCommit?.Invoke(table, partition, changes);
        if (table == Tables.Due && char.IsAsciiDigit(partition[0]))
        {
            DueHours.Add(partition[..partition.IndexOf('-', StringComparison.Ordinal)]);
        }

        var etags = await inner.CommitAsync(table, partition, changes, cancellation);
        AfterCommit?.Invoke(table, partition, changes);
        return etags;
    }
}
