using Segue.Storage;
using Segue.Tests.Support;
using Segue.Webhooks;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Webhooks;

public sealed class SeenCallsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WasSeen_WhatWasNoted_ForAsLongAsItsSignatureHolds()
    {
        var (shop, seen) = await OpenAsync();
        Assert.False(await seen.WasSeenAsync("sendgrid", "a", Cancellation));
        await seen.NoteAsync("sendgrid", "a", Cancellation);
        Assert.True(await seen.WasSeenAsync("sendgrid", "a", Cancellation));
        Assert.False(await seen.WasSeenAsync("sendgrid", "b", Cancellation));
        Assert.False(await seen.WasSeenAsync("stripe", "a", Cancellation));
        shop.StandStillUntil(1.9);
        Assert.True(await seen.WasSeenAsync("sendgrid", "a", Cancellation));
    }

    [Fact]
    public async Task Note_TheFirstOfADay_ClearsDaysLongGone()
    {
        var (shop, seen) = await OpenAsync();
        for (var i = 0; i < 250; i++)
        {
            await seen.NoteAsync("sendgrid", $"call-{i}", Cancellation);
        }

        shop.StandStillUntil(2);
        await seen.NoteAsync("sendgrid", "later", Cancellation);
        Assert.Equal(251, Seen(shop));
        shop.StandStillUntil(5);
        await seen.NoteAsync("sendgrid", "latest", Cancellation);
        Assert.Equal(1, Seen(shop));
    }

    private static int Seen(TestShop shop) => shop.Table(Tables.Settings).Count(r => r.Partition.StartsWith("seen-", StringComparison.Ordinal));

    private static async Task<(TestShop Shop, SeenCalls Seen)> OpenAsync()
    {
        var shop = await TestShop.OpenAsync(new TestCampaigns());
        return (shop, new(shop.Rows, shop.Engine.Ports.Clock));
    }
}
