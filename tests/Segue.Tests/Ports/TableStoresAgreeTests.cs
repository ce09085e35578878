using FsCheck.Fluent;
using Segue.Local.Storage;
using Segue.Simulation;
using Segue.Tests.Support;

namespace Segue.Tests.Ports;

/// <summary>Random sequences of calls have the same results on SQLite and in memory.</summary>
public sealed class TableStoresAgreeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteDatabase database;
    private int tables;

    public TableStoresAgreeTests() => database = SqliteDatabase.Open(folder.Path, new(Synchronous: false));

    [Fact]
    public void Calls_AnySequence_HaveTheSameResults()
    {
        var (committed, refused) = (0, 0);
        Prop.ForAll(TableStoreCalls.Sequences, calls =>
        {
            var table = $"Table{++tables}";
            var (sqlite, memory) = (new TableStoreCalls(new SqliteTableStore(database), table), new TableStoreCalls(new InMemoryTableStore(), table));
            foreach (var call in calls)
            {
                Assert.Equal(memory.Play(call), sqlite.Play(call));
            }

            committed += memory.Committed;
            refused += memory.Refused;
            return TableStoreCalls.Partitions.All(partition => memory.Contents(partition) == sqlite.Contents(partition));
        }).Holds(200);

        // The sequences would say little if nearly all were refused, or none.
        Assert.True(committed > 1000 && refused > 1000, $"{committed} committed, {refused} refused");
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }
}
