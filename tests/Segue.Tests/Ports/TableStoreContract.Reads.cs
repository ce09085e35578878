using Segue.Ports;

namespace Segue.Tests.Ports;

public abstract partial class TableStoreContract
{
    [Fact]
    public async Task Get_MissingRow_IsNull()
    {
        Assert.Null(await GetAsync("k"));
        await InsertAsync("k", 1);
        Assert.Null(await GetAsync("k", "other"));
        Assert.Null(await GetAsync("K"));
        Assert.Null(await GetAsync("k "));
    }

    [Fact]
    public async Task Read_TableNeverWrittenTo_IsEmpty()
    {
        var page = await Store.ReadAsync(Table, "p", KeyRange.All, cancellation: Cancellation);
        Assert.Empty(page.Rows);
        Assert.Null(page.Continuation);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(51)]
    public async Task Read_AnyPageSize_GivesEveryRowOnceInOrder(int pageSize)
    {
        var keys = Enumerable.Range(0, 50).Select(i => $"k{i * 37 % 50:00}").ToArray();
        await Store.CommitAsync(Table, "p", [.. keys.Select(key => RowChange.Insert(key, Props(key)))], Cancellation);
        await InsertAsync("k00", 0, "o");
        await InsertAsync("k00", 0, "pp");

        var rows = await ReadAllAsync(KeyRange.All, pageSize);

        Assert.Equal(keys.Order(StringComparer.Ordinal), rows.Select(row => row.Key));
        Assert.All(rows, row => Assert.Equal(("p", (object)row.Key), (row.Partition, row.Properties["value"])));
    }

    [Fact]
    public async Task Read_MoreThanAPageHolds_ContinuesToTheEnd()
    {
        for (var batch = 0; batch < 11; batch++)
        {
            await Store.CommitAsync(
                Table, "p", [.. Enumerable.Range(100 * batch, 100).Select(i => RowChange.Insert($"{i:0000}", Props(i)))], Cancellation);
        }

        var first = await Store.ReadAsync(Table, "p", KeyRange.All, cancellation: Cancellation);
        Assert.NotNull(first.Continuation);
        Assert.Equal(Enumerable.Range(0, 1100), (await ReadAllAsync(KeyRange.All)).Select(row => (int)row.Properties["value"]));
    }

    [Fact]
    public async Task Read_LargeRows_AreAllReadHoweverPagesAreCut()
    {
        var large = new string('x', 32 * 1024);
        var properties = Enumerable.Range(0, 15).ToDictionary(i => $"p{i}", _ => (object)large);
        for (var i = 0; i < 12; i++)
        {
            await CommitOneAsync(RowChange.Insert($"{i:00}", properties));
        }

        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i:00}"), await KeysAsync(KeyRange.All));
    }

    [Theory]
    [InlineData("b", "d", "b,ba,c")]
    [InlineData("b", null, "b,ba,c,d,e")]
    [InlineData(null, "b", "a")]
    [InlineData("bb", "bc", "")]
    [InlineData("d", "b", "")]
    [InlineData("b", "b", "")]
    [InlineData("f", null, "")]
    public async Task Read_Range_IncludesItsStartAndNotItsEnd(string? from, string? before, string expected)
    {
        await Store.CommitAsync(
            Table, "p", [.. "a,b,ba,c,d,e".Split(',').Select(key => RowChange.Insert(key, Props(0)))], Cancellation);

        Assert.Equal(expected, string.Join(',', await KeysAsync(new(from, before))));
        Assert.Equal(expected, string.Join(',', await KeysAsync(new(from, before), pageSize: 1)));
    }

    [Fact]
    public async Task Read_Prefix_GivesWhatBeginsWithIt()
    {
        string[] keys = ["0-", "0-a", "0-z~", "0.", "00", "1", "0", "0-é", "0-\uE000", "0-😀"];
        await Store.CommitAsync(Table, "p", [.. keys.Select(key => RowChange.Insert(key, Props(0)))], Cancellation);

        Assert.Equal(["0-", "0-a", "0-z~", "0-é", "0-😀", "0-\uE000"], await KeysAsync(KeyRange.Prefix("0-")));
        Assert.Equal(["0-z~"], await KeysAsync(KeyRange.Prefix("0-z~")));
        Assert.Equal(["0-😀"], await KeysAsync(KeyRange.Prefix("0-😀")));
    }

    [Fact]
    public async Task Read_KeysBeyondAscii_AreInOrderOfUtf16CodeUnits()
    {
        // UTF-8 would put the surrogate pairs last, a culture would mix cases and accents.
        string[] ordered = ["A", "Z", "a", "z", "é", "\u07FF", "\u0800", "中", "\uD7FF", "\U00010000", "😀", "😀a", "\U0010FFFD", "\uE000", "\uF8FF", "\uFFFD"];
        await Store.CommitAsync(
            Table, "p", [.. ordered.Reverse().Select(key => RowChange.Insert(key, Props(key)))], Cancellation);

        Assert.Equal(ordered, await KeysAsync(KeyRange.All));
        Assert.Equal(ordered, await KeysAsync(KeyRange.All, pageSize: 3));
        Assert.Equal(["\U00010000", "😀", "😀a", "\U0010FFFD"], await KeysAsync(new("\U00010000", "\uE000")));
        Assert.Equal("😀", await ValueAsync("😀"));
    }

    [Fact]
    public async Task Read_QuoteInKeys_IsPartOfThem()
    {
        await InsertAsync("o'neill", 1, "it's");
        await InsertAsync("o''neill", 2, "it's");

        Assert.Equal(1, await ValueAsync("o'neill", "it's"));
        Assert.Equal(["o'neill"], await KeysAsync(new("o'n", "o'z"), partition: "it's"));
        Assert.Equal(["o''neill", "o'neill"], await KeysAsync(KeyRange.Prefix("o'"), partition: "it's"));
    }

    [Fact]
    public async Task Read_PartitionBeyondAscii_IsFound()
    {
        await InsertAsync("k", 1, "größe 😀\uE000");
        Assert.Equal(1, await ValueAsync("k", "größe 😀\uE000"));
        Assert.Single(await ReadAllAsync(KeyRange.All, partition: "größe 😀\uE000"));
    }

    [Fact]
    public async Task Read_RowsDeletedBetweenPages_GoesOn()
    {
        await Store.CommitAsync(Table, "p", [.. "abcdef".Select(c => RowChange.Insert($"{c}", Props(0)))], Cancellation);
        var first = await Store.ReadAsync(Table, "p", KeyRange.All, null, 2, Cancellation);
        foreach (var key in new[] { "b", "c", "d" })
        {
            await CommitOneAsync(RowChange.Delete(key));
        }

        var second = await Store.ReadAsync(Table, "p", KeyRange.All, first.Continuation, 1000, Cancellation);

        Assert.Equal(["a", "b"], first.Rows.Select(row => row.Key));
        Assert.Equal(["e", "f"], second.Rows.Select(row => row.Key));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task Read_PageSizeOutOfRange_IsRefused(int pageSize) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Store.ReadAsync(Table, "p", KeyRange.All, null, pageSize, Cancellation));
}
