using Segue.Events;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Events;

/// <summary>A cart that was filled and not ordered is found abandoned, once, at its moment.</summary>
public sealed class CartTests
{
    private const string Segments = "segments:\n  - id: everyone\ntags:\n  - id: abandoner\n    when: { events: { name: cart-abandoned, within: 30d } }\n";

    private static TestCampaigns Campaigns => new() { Segments = Segments, Journeys = [TestCampaigns.TwoSteps("exitWhen: [ { event: order } ]", enter: "tag: abandoner, reentry: never")] };

    [Fact]
    public async Task Cart_LeftForFourHours_IsAbandonedAtThatMomentAndStartsAJourney()
    {
        var shop = await OpenAsync(Campaigns);
        await Fill(shop.Order("a", 0), "a", 1, "p1", 10).Event("a", 1.1, EventNames.Viewed).RunAsync(2);
        var found = Assert.Single(shop.Events("a"), e => e.Name == EventNames.CartAbandoned);
        Assert.Equal((Day(1).AddHours(4), "p1", 20m, "1"), (found.At, found.ProductId, found.Amount, found.Value("products")));
        Assert.Equal([("a", "first", Math.Round(1 + (4 / 24.0), 6))], shop.Sent());
    }

    [Fact]
    public async Task Cart_FilledFurther_CountsFromTheLastChange()
    {
        var shop = await OpenAsync(Campaigns);
        await Fill(Fill(shop, "a", 1, "p1", 10), "a", 1.1, "p2", 5).RunAsync(2);
        var found = Assert.Single(shop.Events("a"), e => e.Name == EventNames.CartAbandoned);
        Assert.Equal((Day(1.1).AddHours(4), 30m, "2"), (found.At, found.Amount, found.Value("products")));
    }

    [Fact]
    public async Task Cart_Ordered_IsNotAbandoned()
    {
        var shop = await OpenAsync(Campaigns);
        await Fill(shop, "a", 1, "p1", 10).Order("a", 1.1).RunAsync(3);
        Assert.DoesNotContain(shop.Events("a"), e => e.Name == EventNames.CartAbandoned);
        Assert.Null(shop.Profile("a")!.Cart);
    }

    [Fact]
    public async Task Cart_Emptied_IsNotAbandoned()
    {
        var shop = await OpenAsync(Campaigns);
        await Fill(shop, "a", 1, "p1", 10).Event("a", 1.1, EventNames.RemovedFromCart, change: e => e with { ProductId = "p1" }).RunAsync(3);
        Assert.DoesNotContain(shop.Events("a"), e => e.Name == EventNames.CartAbandoned);
    }

    [Fact]
    public async Task Cart_FilledAgainAfterwards_IsAbandonedASecondTime()
    {
        var shop = await OpenAsync(Campaigns);
        await Fill(Fill(shop, "a", 1, "p1", 10), "a", 5, "p2", 10).RunAsync(7);
        Assert.Equal([Day(1).AddHours(4), Day(5).AddHours(4)], shop.Events("a").Where(e => e.Name == EventNames.CartAbandoned).Select(e => e.At));
    }

    [Fact]
    public async Task Cart_OfHistory_IsNot()
    {
        var shop = await OpenAsync(Campaigns);
        await shop.Event("a", 1, EventNames.AddedToCart, arrives: 3, change: e => e with { ProductId = "p1" }).RunAsync(4);
        Assert.DoesNotContain(shop.Events("a"), e => e.Name == EventNames.CartAbandoned);
    }

    [Fact]
    public async Task Cart_WhileNobodyWorked_IsFoundLateAtItsOwnMoment()
    {
        var shop = await OpenAsync(Campaigns);
        await Fill(shop, "a", 1, "p1", 10).RunAsync(1.05);
        shop.StandStillUntil(1.5);
        await shop.RunAsync(2);
        Assert.Equal(Day(1).AddHours(4), Assert.Single(shop.Events("a"), e => e.Name == EventNames.CartAbandoned).At);
    }

    [Fact]
    public async Task Setting_OfTheShop_SaysWhen()
    {
        var shop = await OpenAsync(Campaigns with { Settings = "cartAbandonedAfter: 30m" });
        await Fill(shop, "a", 1, "p1", 10).RunAsync(2);
        Assert.Equal(Day(1).AddMinutes(30), Assert.Single(shop.Events("a"), e => e.Name == EventNames.CartAbandoned).At);
    }

    private static TestShop Fill(TestShop shop, string customer, double day, string product, decimal price) => shop.Event(
        customer, day, EventNames.AddedToCart, change: e => e with
        {
            ProductId = product, Amount = price, Attributes = new Dictionary<string, string> { ["quantity"] = "2" },
        });
}
