using System.Collections.Concurrent;
using Segue.Ports;

namespace Segue.Benchmarks.Engine;

/// <summary>One call of a port, done again without the engine.</summary>
internal delegate Task PortCall(ITableStore store, IMessageBus bus);

/// <summary>
/// Writes down what the handling of each message does at the ports, so that the very same calls can be made bare: in the same
/// order, with the same bytes, as many at a time.
/// </summary>
/// <param name="store">The tables that are really used.</param>
/// <param name="bus">The queues that are really used.</param>
/// <param name="reads">Whether reads are written down, too.</param>
internal sealed class PortRecorder(ITableStore store, IMessageBus bus, bool reads) : ITableStore, IMessageBus
{
    private readonly AsyncLocal<List<PortCall>?> _current = new();
    private readonly ConcurrentDictionary<string, List<PortCall>> _calls = new(StringComparer.Ordinal);

    /// <summary>Handles a message and writes down what it did.</summary>
    public async Task RecordAsync(string id, Func<Task> handle)
    {
        _current.Value = _calls.GetOrAdd(id, _ => []);
        await handle();
        _current.Value = null;
    }

    /// <summary>
    /// Does again what the handling of each message did: all that was done under a message's id at its first delivery, and
    /// nothing at a further one, or a message that was put back would put itself back for ever.
    /// </summary>
    public Func<string, Task> Replay(ITableStore on, IMessageBus with)
    {
        var left = new ConcurrentDictionary<string, List<PortCall>>(_calls, StringComparer.Ordinal);
        return async id =>
        {
            if (left.TryRemove(id, out var calls))
            {
                foreach (var call in calls)
                {
                    await call(on, with);
                }
            }
        };
    }

    public Task<Row?> GetAsync(string table, string partition, string key, CancellationToken cancellation = default)
    {
        if (reads)
        {
            _current.Value?.Add((s, _) => s.GetAsync(table, partition, key, default));
        }

        return store.GetAsync(table, partition, key, cancellation);
    }

    public Task<RowPage> ReadAsync(
        string table, string partition, KeyRange range, string? continuation = null, int pageSize = TableLimits.PageSize, CancellationToken cancellation = default)
    {
        if (reads)
        {
            _current.Value?.Add((s, _) => s.ReadAsync(table, partition, range, continuation, pageSize, default));
        }

        return store.ReadAsync(table, partition, range, continuation, pageSize, cancellation);
    }

    public async Task<IReadOnlyList<string?>> CommitAsync(
        string table, string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default)
    {
        var etags = await store.CommitAsync(table, partition, changes, cancellation);

        // The other database gives other ETags.
        var again = changes.Select(c => c.ETag is null ? c : c with { ETag = RowChange.AnyETag }).ToList();
        _current.Value?.Add(async (s, _) =>
        {
            try
            {
                await s.CommitAsync(table, partition, again, default);
            }
            catch (TableConflictException)
            {
                // In another order of handlers, a row may be there or gone: the attempt costs the same.
            }
        });
        return etags;
    }

    public Task SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation = default)
    {
        _current.Value?.Add((_, b) => b.SendAsync(queue, messages, default));
        return bus.SendAsync(queue, messages, cancellation);
    }
}
