using Segue.Ports;

namespace Segue.Tests.Ports;

/// <summary>
/// What every table store must do, SQLite's as Table Storage's. A test class that inherits this gives the store; each
/// test has tables of its own, so that they may share one service.
/// </summary>
public abstract partial class TableStoreContract : IAsyncLifetime
{
    protected ITableStore Store { get; private set; } = null!;

    protected string Table { get; } = $"T{Guid.NewGuid():N}";

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<ITableStore> OpenAsync();

    protected abstract ValueTask CloseAsync();

    protected static Dictionary<string, object> Props(object value) => new() { ["value"] = value };

    protected async Task<string> CommitOneAsync(RowChange change, string partition = "p") =>
        (await Store.CommitAsync(Table, partition, [change], Cancellation))[0]!;

    protected Task<string> InsertAsync(string key, object value, string partition = "p") =>
        CommitOneAsync(RowChange.Insert(key, Props(value)), partition);

    protected Task<Row?> GetAsync(string key, string partition = "p") =>
        Store.GetAsync(Table, partition, key, Cancellation);

    protected async Task<object?> ValueAsync(string key, string partition = "p") =>
        (await GetAsync(key, partition))?.Properties["value"];

    /// <summary>All rows of a range, however the store cuts its pages.</summary>
    protected async Task<List<Row>> ReadAllAsync(KeyRange range, int pageSize = 1000, string partition = "p")
    {
        var rows = new List<Row>();
        string? continuation = null;
        do
        {
            var page = await Store.ReadAsync(Table, partition, range, continuation, pageSize, Cancellation);
            Assert.True(page.Rows.Count <= pageSize);
            rows.AddRange(page.Rows);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return rows;
    }

    protected async Task<string[]> KeysAsync(KeyRange range, int pageSize = 1000, string partition = "p") =>
        [.. (await ReadAllAsync(range, pageSize, partition)).Select(row => row.Key)];

    protected async Task AssertConflictAsync(TableConflict conflict, string key, params RowChange[] changes)
    {
        var e = await Assert.ThrowsAsync<TableConflictException>(() => Store.CommitAsync(Table, "p", changes, Cancellation));
        Assert.Equal(conflict, e.Conflict);
        Assert.Equal(key, e.Key);
    }

    protected Task<TableLimitException> AssertLimitAsync(params RowChange[] changes) =>
        Assert.ThrowsAsync<TableLimitException>(() => Store.CommitAsync(Table, "p", changes, Cancellation));
}
