using Segue.Ports;

namespace Segue.Benchmarks.Ports;

/// <summary>Counts what goes through tables and queues.</summary>
internal sealed class PortCounter(ITableStore store, IMessageBus bus) : ITableStore, IMessageBus
{
    private readonly Lock _lock = new();
    private OperationCount _count = new();

    /// <summary>What went through since the last time.</summary>
    public OperationCount Take() => Interlocked.Exchange(ref _count, new());

    public async Task<Row?> GetAsync(string table, string partition, string key, CancellationToken cancellation = default)
    {
        var row = await store.GetAsync(table, partition, key, cancellation);
        Count(_count.Reads, table, 1, row is null ? 0 : 1);
        return row;
    }

    public async Task<RowPage> ReadAsync(
        string table, string partition, KeyRange range, string? continuation = null, int pageSize = TableLimits.PageSize, CancellationToken cancellation = default)
    {
        var page = await store.ReadAsync(table, partition, range, continuation, pageSize, cancellation);
        Count(_count.Reads, table, 1, page.Rows.Count);
        return page;
    }

    public Task<IReadOnlyList<string?>> CommitAsync(
        string table, string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default)
    {
        Count(_count.Batches, table, 1, 0);
        return store.CommitAsync(table, partition, changes, cancellation);
    }

    public Task SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation = default)
    {
        Count(_count.Messages, queue, messages.Count, 0);
        return bus.SendAsync(queue, messages, cancellation);
    }

    private void Count(SortedDictionary<string, int> counts, string name, int calls, int rows)
    {
        lock (_lock)
        {
            counts[name] = counts.GetValueOrDefault(name) + calls;
            _count.RowsRead += rows;
        }
    }
}
