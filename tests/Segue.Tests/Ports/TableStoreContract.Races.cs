using Segue.Ports;

namespace Segue.Tests.Ports;

public abstract partial class TableStoreContract
{
    [Fact]
    public async Task Replace_ManyAtOnceWithTheSameETag_ExactlyOneWins()
    {
        var etag = await InsertAsync("k", -1);
        for (var round = 0; round < 20; round++)
        {
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var answers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
            {
                await start.Task;
                return await TryAsync(RowChange.Replace("k", Props(writer), etag));
            })).ToArray();
            start.SetResult();
            var won = await Task.WhenAll(answers);

            var winner = Assert.Single(Enumerable.Range(0, 8), writer => won[writer] is not null);
            Assert.Equal(winner, await ValueAsync("k"));
            Assert.Equal(won[winner], (await GetAsync("k"))!.ETag);
            etag = won[winner]!;
        }
    }

    [Fact]
    public async Task Insert_ManyAtOnceOfTheSameRow_ExactlyOneWins()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = $"{round}";
            var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(
                writer => Task.Run(() => TryAsync(RowChange.Insert(key, Props(writer))))));
            Assert.Single(won, etag => etag is not null);
        }
    }

    [Fact]
    public async Task Replace_ManyCountersAtOnce_LosesNoIncrement()
    {
        const int writers = 4;
        const int increments = 20;
        await InsertAsync("k", 0);

        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < increments;)
            {
                var row = (await GetAsync("k"))!;
                var next = RowChange.Replace("k", Props((int)row.Properties["value"] + 1), row.ETag);
                done += await TryAsync(next) is null ? 0 : 1;
            }
        })));

        Assert.Equal(writers * increments, await ValueAsync("k"));
    }

    [Fact]
    public async Task Commit_PairsFromManyWriters_AreNeverSeenHalf()
    {
        await Store.CommitAsync(Table, "p", [RowChange.Insert("a", Props(0)), RowChange.Insert("b", Props(0))], Cancellation);
        using var done = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            var seen = 0;
            while (!done.IsCancellationRequested || seen == 0)
            {
                var page = await Store.ReadAsync(Table, "p", KeyRange.All, cancellation: Cancellation);
                Assert.Equal(page.Rows[0].Properties["value"], page.Rows[1].Properties["value"]);
                seen++;
            }
        }, Cancellation);

        await Task.WhenAll(Enumerable.Range(1, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                var value = Props((1000 * writer) + i);
                await Store.CommitAsync(Table, "p", [RowChange.Upsert("a", value), RowChange.Upsert("b", value)], Cancellation);
            }
        })));
        await done.CancelAsync();
        await reader;
    }

    [Fact]
    public async Task Commit_ManyAtOnceSomeRefused_LeavesTheOthersUnharmed()
    {
        await InsertAsync("taken", 0);

        var won = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            try
            {
                RowChange[] batch = [RowChange.Insert($"k{i:000}", Props(i)), i % 3 == 0 ? RowChange.Insert("taken", Props(i)) : RowChange.Insert($"l{i:000}", Props(i))];
                await Store.CommitAsync(Table, "p", batch, Cancellation);
                return true;
            }
            catch (TableConflictException)
            {
                return false;
            }
        })));

        Assert.Equal(Enumerable.Range(0, 100).Select(i => i % 3 != 0), won);
        Assert.Equal(
            Enumerable.Range(0, 100).Where(i => i % 3 != 0).Select(i => $"k{i:000}"), await KeysAsync(KeyRange.Prefix("k")));
    }

    [Fact]
    public async Task Get_AfterItsWriteReturned_SeesIt() =>
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                var etag = await CommitOneAsync(RowChange.Upsert($"{writer}", Props(i)));
                Assert.Equal(etag, (await GetAsync($"{writer}"))!.ETag);
                Assert.Equal(i, (await ReadAllAsync(KeyRange.Prefix($"{writer}"))).Single().Properties["value"]);
            }
        })));

    private async Task<string?> TryAsync(RowChange change)
    {
        try
        {
            return await CommitOneAsync(change);
        }
        catch (TableConflictException)
        {
            return null;
        }
    }
}
