using Segue.Ports;

namespace Segue.Tests.Ports;

public abstract partial class TableStoreContract
{
    [Fact]
    public async Task Insert_NewRow_IsReadWithItsETag()
    {
        var etag = await InsertAsync("k", 1);

        var row = await GetAsync("k");
        Assert.NotNull(row);
        Assert.Equal(("p", "k", etag, (object)1), (row.Partition, row.Key, row.ETag, row.Properties["value"]));
    }

    [Fact]
    public async Task Insert_ExistingRow_IsRefusedAndChangesNothing()
    {
        var etag = await InsertAsync("k", 1);

        await AssertConflictAsync(TableConflict.Exists, "k", RowChange.Insert("k", Props(2)));

        var row = await GetAsync("k");
        Assert.Equal((etag, (object)1), (row!.ETag, row.Properties["value"]));
    }

    [Fact]
    public async Task Insert_SameKeyInAnotherPartitionOrTable_IsAnotherRow()
    {
        await InsertAsync("k", 1, "p");
        await InsertAsync("k", 2, "pp");
        await Store.CommitAsync(Table + "b", "p", [RowChange.Insert("k", Props(3))], Cancellation);

        Assert.Equal(1, await ValueAsync("k", "p"));
        Assert.Equal(2, await ValueAsync("k", "pp"));
        Assert.Equal(3, (await Store.GetAsync(Table + "b", "p", "k", Cancellation))!.Properties["value"]);
    }

    [Fact]
    public async Task Replace_WithItsETag_ReplacesAllProperties()
    {
        var first = await CommitOneAsync(RowChange.Insert("k", new Dictionary<string, object> { ["a"] = 1, ["b"] = 2 }));

        var second = await CommitOneAsync(RowChange.Replace("k", new Dictionary<string, object> { ["b"] = 3 }, first));

        var row = (await GetAsync("k"))!;
        Assert.NotEqual(first, second);
        Assert.Equal(second, row.ETag);
        Assert.Equal(new Dictionary<string, object> { ["b"] = 3 }, row.Properties);
    }

    [Fact]
    public async Task Replace_WithTheSameContent_StillChangesTheETag()
    {
        var first = await InsertAsync("k", 1);
        var second = await CommitOneAsync(RowChange.Replace("k", Props(1), first));

        Assert.NotEqual(first, second);
        await AssertConflictAsync(TableConflict.Changed, "k", RowChange.Replace("k", Props(2), first));
    }

    [Fact]
    public async Task Replace_WithAnOldETag_IsRefused()
    {
        var old = await InsertAsync("k", 1);
        await CommitOneAsync(RowChange.Replace("k", Props(2), old));

        await AssertConflictAsync(TableConflict.Changed, "k", RowChange.Replace("k", Props(3), old));
        Assert.Equal(2, await ValueAsync("k"));
    }

    [Fact]
    public async Task Replace_WithAnyETag_Replaces()
    {
        await InsertAsync("k", 1);
        await CommitOneAsync(RowChange.Replace("k", Props(2), RowChange.AnyETag));
        Assert.Equal(2, await ValueAsync("k"));
    }

    [Fact]
    public async Task Replace_MissingRow_IsRefusedWhateverTheETag()
    {
        var gone = await InsertAsync("gone", 1);
        await CommitOneAsync(RowChange.Delete("gone"));

        await AssertConflictAsync(TableConflict.Missing, "gone", RowChange.Replace("gone", Props(1), gone));
        await AssertConflictAsync(TableConflict.Missing, "never", RowChange.Replace("never", Props(1), RowChange.AnyETag));
        Assert.Null(await GetAsync("gone"));
        Assert.Null(await GetAsync("never"));
    }

    [Fact]
    public async Task Upsert_MissingOrExistingRow_Writes()
    {
        var first = await CommitOneAsync(RowChange.Upsert("k", new Dictionary<string, object> { ["a"] = 1 }));
        var second = await CommitOneAsync(RowChange.Upsert("k", Props(2)));

        Assert.NotEqual(first, second);
        Assert.Equal(Props(2), (await GetAsync("k"))!.Properties);
    }

    [Fact]
    public async Task Delete_WithItsETagOrAny_Removes()
    {
        var etag = await InsertAsync("a", 1);
        await InsertAsync("b", 1);

        Assert.Null(await CommitOneAsync(RowChange.Delete("a", etag)));
        Assert.Null(await CommitOneAsync(RowChange.Delete("b")));

        Assert.Null(await GetAsync("a"));
        Assert.Empty(await KeysAsync(KeyRange.All));
    }

    [Fact]
    public async Task Delete_WithAnOldETag_IsRefused()
    {
        var old = await InsertAsync("k", 1);
        await CommitOneAsync(RowChange.Upsert("k", Props(2)));

        await AssertConflictAsync(TableConflict.Changed, "k", RowChange.Delete("k", old));
        Assert.Equal(2, await ValueAsync("k"));
    }

    [Fact]
    public async Task Delete_MissingRow_IsRefused()
    {
        await InsertAsync("other", 1);
        await AssertConflictAsync(TableConflict.Missing, "k", RowChange.Delete("k"));
    }

    [Fact]
    public async Task Insert_AfterADeletion_GetsAnETagThatNeverWas()
    {
        var first = await InsertAsync("k", 1);
        await CommitOneAsync(RowChange.Delete("k", first));
        var second = await InsertAsync("k", 1);

        Assert.NotEqual(first, second);
        await AssertConflictAsync(TableConflict.Changed, "k", RowChange.Delete("k", first));
    }

    [Fact]
    public async Task Commit_EveryKindOfChange_AppliesThemTogether()
    {
        var etags = await Store.CommitAsync(
            Table, "p", [.. "abcd".Select(c => RowChange.Insert($"{c}", Props(0)))], Cancellation);

        var answer = await Store.CommitAsync(
            Table,
            "p",
            [
                RowChange.Insert("new", Props(1)),
                RowChange.Replace("a", Props(2), etags[0]!),
                RowChange.Upsert("b", Props(3)),
                RowChange.Delete("c", etags[2]!),
                RowChange.Replace("d", Props(4), RowChange.AnyETag),
            ],
            Cancellation);

        var rows = await ReadAllAsync(KeyRange.All);
        Assert.Equal([("a", 2), ("b", 3), ("d", 4), ("new", 1)], rows.Select(row => (row.Key, (int)row.Properties["value"])));
        Assert.Equal([true, true, true, false, true], answer.Select(etag => etag is not null));
        Assert.Equal([answer[1], answer[2], answer[4], answer[0]], rows.Select(row => row.ETag));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(99)]
    public async Task Commit_NthChangeRefused_ChangesNothing(int refused)
    {
        var etag = await InsertAsync("k050", "before");
        await InsertAsync("taken", "before");
        RowChange[] changes = [.. Enumerable.Range(0, 100).Select(i =>
            i == refused ? RowChange.Insert("taken", Props("after"))
            : i is 50 ? RowChange.Replace("k050", Props("after"), etag)
            : RowChange.Insert($"k{i:000}", Props("after")))];

        await AssertConflictAsync(TableConflict.Exists, "taken", changes);

        var rows = await ReadAllAsync(KeyRange.All);
        Assert.Equal([("k050", "before"), ("taken", "before")], rows.Select(row => (row.Key, (string)row.Properties["value"])));
        Assert.Equal(etag, rows[0].ETag);
    }

    [Fact]
    public async Task Commit_RefusedFirstWriteToATable_LeavesItEmptyAndUsable()
    {
        await AssertConflictAsync(
            TableConflict.Missing, "b", RowChange.Insert("a", Props(1)), RowChange.Replace("b", Props(1), RowChange.AnyETag));

        Assert.Empty(await KeysAsync(KeyRange.All));
        await InsertAsync("a", 2);
        Assert.Equal(2, await ValueAsync("a"));
    }

    [Fact]
    public async Task Commit_CancelledBefore_ChangesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CommitAsync(
            Table, "p", [RowChange.Insert("k", Props(1))], new CancellationToken(canceled: true)));
        Assert.Null(await GetAsync("k"));
    }
}
