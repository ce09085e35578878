using FsCheck.Fluent;
using Segue.Functions.Tests.Support;
using Segue.Ports;
using Segue.Simulation;
using Segue.Tests.Ports;
using Segue.Tests.Support;

namespace Segue.Functions.Tests.Tables;

/// <summary>The contract that SQLite's tables pass, on Table Storage's protocol.</summary>
public sealed class AzuriteTableStoreTests(Azurite azurite) : TableStoreContract
{
    [Fact]
    public void Calls_AnySequence_HaveTheSameResultsAsInMemory()
    {
        var store = azurite.Store();
        var (committed, refused) = (0, 0);
        Prop.ForAll(TableStoreCalls.Sequences, calls =>
        {
            var table = $"T{Guid.NewGuid():N}";
            var (service, memory) = (new TableStoreCalls(store, table), new TableStoreCalls(new InMemoryTableStore(), table));
            foreach (var call in calls)
            {
                Assert.Equal(memory.Play(call), service.Play(call));
            }

            committed += memory.Committed;
            refused += memory.Refused;
            Assert.All(TableStoreCalls.Partitions, partition => Assert.Equal(memory.Contents(partition), service.Contents(partition)));
        }).Holds(20);

        Assert.True(committed > 100 && refused > 100, $"{committed} committed, {refused} refused");
    }

    [Fact]
    public async Task Get_CancelledBefore_IsCancelled() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => Store.GetAsync(Table, "p", "k", new CancellationToken(canceled: true)));

    protected override ValueTask<ITableStore> OpenAsync() => new(azurite.Store());

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
