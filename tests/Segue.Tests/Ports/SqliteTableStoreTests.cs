using Segue.Local.Storage;
using Segue.Ports;

namespace Segue.Tests.Ports;

public sealed class SqliteTableStoreTests : TableStoreContract
{
    private readonly TemporaryFolder folder = new();
    private SqliteDatabase database = null!;

    [Fact]
    public async Task Open_Again_HasTheRowsAndGoesOnWithHigherETags()
    {
        var first = long.Parse(await InsertAsync("a", "kept"), null);
        await CommitOneAsync(RowChange.Delete("a"));
        await InsertAsync("b", "kept");
        database.Dispose();

        database = SqliteDatabase.Open(folder.Path);
        var store = new SqliteTableStore(database);
        var etag = (await store.CommitAsync(Table, "p", [RowChange.Insert("a", Props(1))], Cancellation))[0];

        Assert.Equal("kept", (await store.GetAsync(Table, "p", "b", Cancellation))!.Properties["value"]);
        Assert.True(long.Parse(etag!, null) > first + 1);
    }

    [Fact]
    public async Task Load_ManyRows_WritesThemAll()
    {
        var rows = Enumerable.Range(0, 2000).Select(i => (i % 2 == 0 ? Table : Table + "b", new Row($"{i % 10}", $"{i:0000}", "", Props(i))));
        await ((SqliteTableStore)Store).LoadAsync(rows, Cancellation);

        var all = ((SqliteTableStore)Store).AllRows().ToList();
        Assert.Equal(2000, all.Count);
        Assert.Equal(
            all.Select(found => (found.Table, found.Row.Partition, found.Row.Key)).Order(),
            all.Select(found => (found.Table, found.Row.Partition, found.Row.Key)));
        Assert.Equal(200, (await ReadAllAsync(KeyRange.All, partition: "0")).Count);
    }

    [Fact]
    public async Task Load_RowThatIsRefused_WritesNone()
    {
        (string, Row)[] rows = [(Table, new Row("p", "a", "", Props(1))), (Table, new Row("p", "b", "", Props(1m)))];
        await Assert.ThrowsAsync<TableLimitException>(() => ((SqliteTableStore)Store).LoadAsync(rows, Cancellation));

        Assert.Null(await GetAsync("a"));
        await InsertAsync("a", 2);
        Assert.Equal(2, await ValueAsync("a"));
    }

    [Fact]
    public async Task AllRows_WrittenToMeanwhile_IsAsOfOneMoment()
    {
        for (var i = 0; i < 5; i++)
        {
            await InsertAsync($"{i}", i);
        }

        using var rows = ((SqliteTableStore)Store).AllRows().GetEnumerator();
        Assert.True(rows.MoveNext());
        await CommitOneAsync(RowChange.Delete("3"));
        await InsertAsync("9", 9);
        var seen = new List<string> { rows.Current.Row.Key };
        while (rows.MoveNext())
        {
            seen.Add(rows.Current.Row.Key);
        }

        Assert.Equal(["0", "1", "2", "3", "4"], seen);
    }

    protected override ValueTask<ITableStore> OpenAsync()
    {
        database = SqliteDatabase.Open(folder.Path);
        return new(new SqliteTableStore(database));
    }

    protected override ValueTask CloseAsync()
    {
        database.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
