using Segue.Ports;

namespace Segue.Functions.Tests.Support;

/// <summary>Tables that can be away.</summary>
internal sealed class OutageStore(ITableStore inner) : ITableStore
{
    /// <summary>Calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>Whether a call fails, by its number from 1 on.</summary>
    public Func<int, bool> IsAway { get; set; } = _ => false;

    public Task<Row?> GetAsync(string table, string partition, string key, CancellationToken cancellation = default) =>
        Check() ?? inner.GetAsync(table, partition, key, cancellation);

    public Task<RowPage> ReadAsync(
        string table, string partition, KeyRange range, string? continuation = null, int pageSize = TableLimits.PageSize, CancellationToken cancellation = default)
    {
        Throw();
        return inner.ReadAsync(table, partition, range, continuation, pageSize, cancellation);
    }

    public Task<IReadOnlyList<string?>> CommitAsync(
        string table, string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellation = default)
    {
        Throw();
        return inner.CommitAsync(table, partition, changes, cancellation);
    }

    private Task<Row?>? Check()
    {
        Throw();
        return null;
    }

    private void Throw()
    {
        if (IsAway(++Calls))
        {
            throw new PortUnavailableException("away") { RetryAfter = TimeSpan.FromSeconds(7) };
        }
    }
}
