using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;

namespace Segue.Tests.Storage;

public sealed class TableStoreExtensionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryDeleteAll_OfMoreThanABatch_LeavesWhatChangedSinceAndMindsNothingGone()
    {
        var store = new InMemoryTableStore();
        await store.UpsertAllAsync("Due", "p", Enumerable.Range(0, 250).Select(i => RowChange.Upsert($"{i:D3}", new Dictionary<string, object> { ["n"] = i })), Cancellation);
        var read = await Rows(store);
        await store.CommitAsync("Due", "p", [RowChange.Upsert("120", new Dictionary<string, object> { ["n"] = -1 }), RowChange.Delete("121")], Cancellation);

        await store.TryDeleteAllAsync("Due", "p", read.Where(r => r.Key != "249"), Cancellation);

        Assert.Equal(["120", "249"], (await Rows(store)).Select(r => r.Key));
    }

    [Fact]
    public async Task TryDeleteAll_OfNothing_CallsNothing() =>
        await new InMemoryTableStore().TryDeleteAllAsync("Due", "p", [], Cancellation);

    private static async Task<List<Row>> Rows(InMemoryTableStore store)
    {
        var rows = new List<Row>();
        await foreach (var row in store.ReadAllAsync("Due", "p", KeyRange.All, Cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }
}
