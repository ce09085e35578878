using Segue.Ports;
using Segue.Simulation;

namespace Segue.Tests.Ports;

public sealed class InMemoryTableStoreTests : TableStoreContract
{
    [Fact]
    public async Task AllRows_SomeTables_AreOrderedByTablePartitionAndKey()
    {
        var store = new InMemoryTableStore();
        foreach (var (table, partition, key) in new[] { ("Two", "b", "1"), ("Two", "a", "2"), ("Two", "a", "1"), ("One", "z", "z") })
        {
            await store.CommitAsync(table, partition, [RowChange.Insert(key, Props(key))], Cancellation);
        }

        Assert.Equal(
            [("One", "z", "z"), ("Two", "a", "1"), ("Two", "a", "2"), ("Two", "b", "1")],
            store.AllRows().Select(found => (found.Table, found.Row.Partition, found.Row.Key)));
    }

    [Fact]
    public async Task Load_RowsOfAnotherStore_GivesTheSameRows()
    {
        await InsertAsync("a", 1);
        await InsertAsync("b", "two", "q");
        var copy = new InMemoryTableStore();

        copy.Load(((InMemoryTableStore)Store).AllRows());

        Assert.Equal(
            ((InMemoryTableStore)Store).AllRows().Select(found => (found.Table, found.Row.Key, found.Row.Properties["value"])),
            copy.AllRows().Select(found => (found.Table, found.Row.Key, found.Row.Properties["value"])));
        Assert.Equal((0, 0), (copy.Reads, copy.Writes));
    }

    [Fact]
    public async Task Calls_SameOrder_GiveTheSameETags()
    {
        var first = await InsertAsync("a", 1);
        var other = new InMemoryTableStore();
        Assert.Equal(first, (await other.CommitAsync(Table, "p", [RowChange.Insert("a", Props(1))], Cancellation))[0]);
    }

    [Fact]
    public async Task Counters_ReadsAndWrites_CountWhatWasDone()
    {
        var store = (InMemoryTableStore)Store;
        await InsertAsync("a", 1);
        await GetAsync("a");
        await GetAsync("b");
        await KeysAsync(KeyRange.All);
        await AssertConflictAsync(TableConflict.Exists, "a", RowChange.Insert("a", Props(1)));

        Assert.Equal((3, 1), (store.Reads, store.Writes));
    }

    [Fact]
    public async Task Calls_Always_CompleteAtOnce()
    {
        Assert.True(Store.CommitAsync(Table, "p", [RowChange.Insert("a", Props(1))], Cancellation).IsCompletedSuccessfully);
        Assert.True(GetAsync("a").IsCompletedSuccessfully);
        Assert.True(Store.ReadAsync(Table, "p", KeyRange.All, cancellation: Cancellation).IsCompletedSuccessfully);
        var refused = Store.CommitAsync(Table, "p", [RowChange.Insert("a", Props(1))], Cancellation);
        Assert.True(refused.IsFaulted);
        await Assert.ThrowsAsync<TableConflictException>(() => refused);
    }

    protected override ValueTask<ITableStore> OpenAsync() => new(new InMemoryTableStore());

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
