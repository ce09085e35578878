using Segue.Functions.Tests.Support;
using Segue.Ports;
using Segue.Tests.Ports;

namespace Segue.Functions.Tests.Tables;

/// <summary>The contract that SQLite's tables pass, on Table Storage's protocol.</summary>
public sealed class AzuriteTableStoreTests(Azurite azurite) : TableStoreContract
{
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
    public async Task Get_CancelledBefore_IsCancelled() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => Store.GetAsync(Table, "p", "k", new CancellationToken(canceled: true)));

    protected override ValueTask<ITableStore> OpenAsync() => new(azurite.Store());

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
