using Segue.Ports;

namespace Segue.Tests.Support;

/// <summary>A process that stops: so many commits and sends come through, and then none.</summary>
internal sealed class StoppingStore(ITableStore inner, int steps) : ITableStore
{
    private int _left = steps;

    /// <summary>Whether there were more commits and sends than come through.</summary>
    public bool HasStopped { get; private set; }

    public void Step()
    {
        if (_left-- <= 0)
        {
            HasStopped = true;
            throw new PortUnavailableException("The process has stopped.");
        }
    }

    public Task<Row?> GetAsync(string table, string partition, string key, CancellationToken cancellation = default) =>
        inner.GetAsync(table, partition, key, cancellation);

    public Task<RowPage> ReadAsync(
        string table, string partition, KeyRange range, string? continuation = null, int pageSize = TableLimits.PageSize, CancellationToken cancellation = default) =>
        inner.ReadAsync(table, partition, range, continuation, pageSize, cancellation);

    public Task<IReadOnlyList<string?>> CommitAsync(string table, string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default)
    {
        Step();
        return inner.CommitAsync(table, partition, changes, cancellation);
    }
}

/// <summary>The bus of a process that stops.</summary>
internal sealed class StoppingBus(IMessageBus inner, StoppingStore steps) : IMessageBus
{
    public Task SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation = default)
    {
        steps.Step();
        return inner.SendAsync(queue, messages, cancellation);
    }
}
