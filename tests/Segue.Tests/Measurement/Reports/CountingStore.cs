using Segue.Ports;

namespace Segue.Tests.Measurement.Reports;

/// <summary>Counts the rows that are read, and of which tables.</summary>
internal sealed class CountingStore(ITableStore inner) : ITableStore
{
    public int Rows { get; private set; }

    public List<string> Tables { get; } = [];

    public async Task<Row?> GetAsync(string table, string partition, string key, CancellationToken cancellation = default)
    {
        Tables.Add(table);
        Rows++;
        return await inner.GetAsync(table, partition, key, cancellation);
    }

    public async Task<RowPage> ReadAsync(
        string table, string partition, KeyRange range, string? continuation = null, int pageSize = TableLimits.PageSize,
        CancellationToken cancellation = default)
    {
        Tables.Add(table);
        var page = await inner.ReadAsync(table, partition, range, continuation, pageSize, cancellation);
        Rows += page.Rows.Count;
        return page;
    }

    public Task<IReadOnlyList<string?>> CommitAsync(
        string table, string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default) =>
        inner.CommitAsync(table, partition, changes, cancellation);
}
