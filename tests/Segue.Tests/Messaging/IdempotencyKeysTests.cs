using System.Text;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Messaging;

public sealed class IdempotencyKeysTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Once_Again_IsNotDone_ForADayAtLeast()
    {
        var shop = await OpenAsync();
        Assert.True(await IsDoneAsync(shop, "k", "body"));
        Assert.False(await IsDoneAsync(shop, "k", "body"));
        shop.StandStillUntil(1);
        Assert.False(await IsDoneAsync(shop, "k", "body"));
        shop.StandStillUntil(3);
        Assert.True(await IsDoneAsync(shop, "k", "body"));
    }

    [Fact]
    public async Task Once_WithAnotherBodyOrPart_IsRefused()
    {
        var shop = await OpenAsync();
        await IsDoneAsync(shop, "k", "body");
        Assert.False((await Assert.ThrowsAsync<IdempotencyKeyException>(() => IsDoneAsync(shop, "k", "other"))).IsUnderWay);
        Assert.False((await Assert.ThrowsAsync<IdempotencyKeyException>(() => IsDoneAsync(shop, "k", "body", partial: true))).IsUnderWay);
    }

    [Fact]
    public async Task Once_ThatFailed_LeavesNothing_AndIsDoneNextTime()
    {
        var shop = await OpenAsync();
        await Assert.ThrowsAsync<PortUnavailableException>(() => shop.Engine.IdempotencyKeys.OnceAsync(
            Named("k", "body"), () => throw new PortUnavailableException("away"), Cancellation));
        Assert.Empty(Kept(shop));
        Assert.True(await IsDoneAsync(shop, "k", "body"));
    }

    /// <summary>A process that was killed in the middle never says that it was.</summary>
    [Fact]
    public async Task Once_WhereTheFirstWasNeverHeardOfAgain_IsDoneAfterAMinute()
    {
        var shop = await OpenAsync();
        shop.Store.BeforeCommit = (_, _, changes) =>
        {
            if (changes[0].Kind != RowChangeKind.Insert)
            {
                throw new PortUnavailableException("killed");
            }
        };
        await Assert.ThrowsAsync<PortUnavailableException>(() => shop.Engine.IdempotencyKeys.OnceAsync(
            Named("k", "body"), () => throw new PortUnavailableException("away"), Cancellation));
        shop.Store.BeforeCommit = null;

        Assert.True((await Assert.ThrowsAsync<IdempotencyKeyException>(() => IsDoneAsync(shop, "k", "body"))).IsUnderWay);
        shop.StandStillUntil(1.0 / 24 / 60);
        Assert.True(await IsDoneAsync(shop, "k", "body"));
        Assert.False(await IsDoneAsync(shop, "k", "body"));
    }

    [Fact]
    public async Task Once_OfALaterDay_ClearsDaysLongGone()
    {
        var shop = await OpenAsync();
        for (var i = 0; i < 120; i++)
        {
            await IsDoneAsync(shop, $"k{i}", "body");
        }

        shop.StandStillUntil(2);
        await IsDoneAsync(shop, "later", "body");
        Assert.Single(Kept(shop));
    }

    /// <summary>What a request says, and how its sender named it, may be somebody's name.</summary>
    [Fact]
    public async Task Rows_HoldNothingOfTheRequest()
    {
        var shop = await OpenAsync();
        await IsDoneAsync(shop, "ann@example.com", "ann@example.com");
        var row = Assert.Single(Kept(shop));
        Assert.All([row.Partition, row.Key, .. row.Properties.Values.Select(v => $"{v}")], text => Assert.DoesNotContain("ann", text, StringComparison.Ordinal));
    }

    private static Task<TestShop> OpenAsync() => TestShop.OpenAsync(new TestCampaigns());

    private static NamedRequest Named(string key, string body, bool partial = false) => new("orders", key, Encoding.UTF8.GetBytes(body), partial);

    private static async Task<bool> IsDoneAsync(TestShop shop, string key, string body, bool partial = false)
    {
        var done = false;
        await shop.Engine.IdempotencyKeys.OnceAsync(Named(key, body, partial), () =>
        {
            done = true;
            return Task.CompletedTask;
        }, Cancellation);
        return done;
    }

    private static List<Row> Kept(TestShop shop) => [.. shop.Table(Tables.Settings).Where(r => r.Partition.StartsWith("idempotency-", StringComparison.Ordinal))];
}
