using Segue.Customers;
using Segue.Events;
using Segue.Measurement;
using Segue.Tests.Support;
using static Segue.Tests.Campaigns.Rows.ShippedRows;

namespace Segue.Tests.Campaigns.Rows;

/// <summary>What the list of tags promises, a tag at a time, and the journeys by event and calendar.</summary>
public sealed class TagRowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WeekendWindowShopper_OnTheThirdLateSaturday_GetsTheFlashSaleForTwoDays()
    {
        // 2 January 2024 was a Tuesday: days 4, 11 and 18 are Saturdays, and .3 is 19:12.
        var shop = await ShippedRows.OpenAsync("weekend-flash-sale");
        Buy(shop, "a", 1, 12);
        foreach (var day in new[] { 4.3, 11.3, 18.3 })
        {
            shop.Event("a", day, EventNames.Viewed, change: e => e with { ProductId = "p1" });
        }

        await shop.Event("a", 11.31, EventNames.AddedToCart, change: e => e with { ProductId = "p1", Amount = 9 }).RunAsync(30);
        Assert.Equal([("flash", 18.3)], Touches(shop, "a"));
        Assert.Equal((15m, 20.3), (shop.Codes("a").Single().Percent!.Value, DayOf(shop.Codes("a").Single().ExpiresAt)));
    }

    [Fact]
    public async Task CategoryEnthusiast_AtTheThirdOrderOfOneCategory_GetsNewsOfItAndPreviews()
    {
        var shop = await ShippedRows.OpenAsync("category-enthusiast", "new-releases");
        Buys(shop, "fan", 12, 1, 5, 10).Event("fan", 40, EventNames.Released, change: e => e with { ProductId = "p9", Category = "tea", Amount = 7 });
        Buy(Buy(Buy(shop, "other", 1, 12), "other", 5, 12, category: "cups"), "other", 10, 12, category: "pots")
            .Event("other", 40, EventNames.Released, change: e => e with { ProductId = "p9", Category = "tea", Amount = 7 });
        await shop.RunAsync(60);
        Assert.Equal([("news", 10.0), ("preview", 40.0)], Touches(shop, "fan"));
        Assert.Empty(Touches(shop, "other"));
    }

    [Fact]
    public async Task CartAbandoner_FourHoursAfterTheCart_IsRemindedAndTwoDaysLaterOnceMore()
    {
        var shop = await ShippedRows.OpenAsync("cart-abandoned");
        foreach (var customer in new[] { "a", "buyer" })
        {
            Buy(shop, customer, 1, 12).Event(customer, 2, EventNames.AddedToCart, change: e => e with { ProductId = "p1", Amount = 9 });
        }

        await Buy(shop, "buyer", 3, 9).RunAsync(20);
        Assert.Equal([("still-here", 2 + (4 / 24.0)), ("last-word", 4 + (4 / 24.0))], Touches(shop, "a"), Near);
        Assert.Equal([("still-here", 2 + (4 / 24.0))], Touches(shop, "buyer"), Near);
        Assert.Empty(shop.Codes("a"));
    }

    [Fact]
    public async Task BrowserTurnedBuyer_ThreeDaysAfterTheFirstOrder_GetsAWarmWord()
    {
        var shop = await ShippedRows.OpenAsync("browser-turned-buyer");
        for (var d = 1; d <= 5; d++)
        {
            shop.Event("a", d, EventNames.Viewed, change: e => e with { ProductId = "p1" });
        }

        await Buy(shop, "a", 6, 12).RunAsync(30);
        Assert.Equal([("warm-word", 9.0)], Touches(shop, "a"));
        Assert.Equal([10m], OffersOf(shop, "a"));
    }

    [Fact]
    public async Task HighValuePurchase_JustMade_IsThankedFor()
    {
        var shop = await ShippedRows.OpenAsync("high-value-purchase");
        Buy(shop, "large", 1, 1000);
        await Buy(shop, "small", 1, 100).RunAsync(10);
        Assert.Equal([("thanks", 1.0)], Touches(shop, "large"));
        Assert.Empty(Touches(shop, "small"));
    }

    [Fact]
    public async Task KeySpendingThreshold_Reached_BringsThePremiumOfferAtOnce()
    {
        var shop = await ShippedRows.OpenAsync("spending-threshold");
        await Buys(shop, "a", 250, 1, 9).RunAsync(20);
        Assert.Equal([("premium", 9.0)], Touches(shop, "a"));
        Assert.Equal([15m], OffersOf(shop, "a"));
    }

    [Fact]
    public async Task SubscriptionEnding_TwoWeeksBefore_IsToldAndCalledVipsFirst()
    {
        var shop = await ShippedRows.OpenAsync("subscription-ending");
        foreach (var (customer, amount) in new[] { ("plain", 12m), ("vip", 400m) })
        {
            Buys(shop, customer, amount, 1, 11, 21).Says(customer, 22, new() { Phone = "1", PhoneConsent = Consent.Granted })
                .Event(customer, 22, EventNames.SubscriptionChanged, change: e => e with { Attributes = new Dictionary<string, string> { ["endsAt"] = "2024-02-10T12:00:00Z" } });
        }

        await shop.RunAsync(26);
        var list = (await shop.Engine.Calls.ReadAsync("accounts", null, Cancellation)).Calls;
        Assert.Equal([("vip", 1), ("plain", 6)], list.Select(c => (c.Call.CustomerId, c.Call.Priority)));
        Assert.All(["plain", "vip"], c => Assert.Equal([("in-time", 25.0)], Touches(shop, c)));
    }

    [Fact]
    public async Task Club_AtEachTiersSpend_TellsWhatIsTheirs()
    {
        var shop = await ShippedRows.OpenAsync("club-silver", "club-gold", "club-platinum");
        Buy(shop, "a", 1, 300);
        Buy(shop, "a", 10, 700);
        await Buy(shop, "a", 20, 2000).RunAsync(30);
        Assert.Equal(
            [("Silver", 1.0), ("Gold", 10.0), ("Platinum", 20.0)],
            shop.Sender.Tries.Select(t => (t.Email.Subject.Split([' ', ',', ':'])[0], DayOf(t.At))));
    }

    [Fact]
    public async Task WeeklyPicks_WhoClicked_GetsThemEachThursdayAtTen()
    {
        var shop = await ShippedRows.OpenAsync("weekly-picks");
        Buy(shop, "clicks", 1, 12).Event("clicks", 3, EventNames.EmailClicked);
        await Buy(shop, "never", 1, 12).RunAsync(29);

        // Day 2 is the first Thursday, before the click; ten o'clock is two hours before this shop's noon.
        Assert.Equal([9, 16, 23], Touches(shop, "clicks").Select(t => t.Day + (2 / 24.0)), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Empty(Touches(shop, "never"));
    }

    [Fact]
    public async Task MonthlyTiers_OnTheFirst_IsMoreGenerousToLowerTiersAndTestsThatAgainstTheSameForAll()
    {
        // Four kinds of forty: the longer they had been silent a year ago, the less they spent in the year after. On 1 February, day 30,
        // each has been silent about as long as their kind had then.
        var shop = await TestShop.OpenAsync(ShippedCampaigns.Only("monthly-tiers"));
        (int Before, decimal Spent, double Last)[] kinds = [(-370, 900, 22), (-410, 300, -12), (-470, 90, -75), (-570, 5, -145)];
        for (var k = 0; k < kinds.Length; k++)
        {
            for (var c = 0; c < 40; c++)
            {
                var (before, spent, last) = kinds[k];
                Buy(shop, $"kind{k}-{c:D2}", -600, 20, arrives: 0);
                Buy(shop, $"kind{k}-{c:D2}", before, 20, arrives: 0.001);
                Buy(shop, $"kind{k}-{c:D2}", -300, spent, arrives: 0.002);
                Buy(shop, $"kind{k}-{c:D2}", last, 20, arrives: Math.Max(last, 0.003));
            }
        }

        await shop.Says("prospect", 0.01, new() { Email = "p@example.com", EmailConsent = Consent.Granted }).RunAsync(0.05);
        await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        await shop.RunAsync(31);

        var percents = new Dictionary<string, decimal> { ["tier-1"] = 5, ["tier-2"] = 10, ["tier-3"] = 15, ["tier-4"] = 20 };
        var (byTier, same) = (new Dictionary<string, int>(), 0);
        foreach (var customer in Enumerable.Range(0, kinds.Length).SelectMany(k => Enumerable.Range(0, 40).Select(c => $"kind{k}-{c:D2}")))
        {
            var tier = Assert.Single(shop.Profile(customer)!.Standing!.Tags, t => t.StartsWith("tier-", StringComparison.Ordinal));
            var (step, day) = Assert.Single(Touches(shop, customer));
            Assert.Equal(30 - (3 / 24.0), day, 3);
            Assert.Equal(step == "the-same" ? 10 : percents[tier], Assert.Single(OffersOf(shop, customer)));
            byTier[tier] = byTier.GetValueOrDefault(tier) + (step == tier ? 1 : 0);
            same += step == "the-same" ? 1 : 0;
        }

        Assert.Equal(["tier-1", "tier-2", "tier-3", "tier-4"], byTier.Keys.Order());
        Assert.All(byTier.Values, n => Assert.InRange(n, 1, 80));
        Assert.InRange(same, 50, 110);
        Assert.Empty(Touches(shop, "prospect"));
        Assert.Equal("no tier", Assert.Single(shop.Ended("prospect")).EndReason);
    }

    [Fact]
    public async Task PriceDrop_OfWhatTheyLookedAt_IsToldAtOnceAndOncePerProduct()
    {
        var shop = await ShippedRows.OpenAsync("price-drop");
        Buy(shop, "a", 1, 12);
        foreach (var (day, product) in new[] { (5.0, "p1"), (6.0, "p1"), (7.0, "p2") })
        {
            shop.Event("a", day, EventNames.PriceDropped, change: e => e with { ProductId = product, Amount = 8, Attributes = new Dictionary<string, string> { ["was"] = "10", ["title"] = "Green tea" } });
        }

        await shop.RunAsync(20);
        Assert.Equal([("costs-less", 5.0), ("costs-less", 7.0)], Touches(shop, "a"));
        Assert.All(shop.Sender.Tries, t => Assert.Contains("Green tea</strong>: $8.00 instead of $10.00", t.Email.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Survey_AnsweredInTheMail_DecidesWhatAVipIsSentNext()
    {
        var shop = await ShippedRows.OpenAsync("vip-nurturing");
        await Buys(shop, "a", 400, 1, 11, 21).RunAsync(22);
        Assert.Contains("How are we doing?", Assert.Single(shop.Sender.Tries).Email.Html, StringComparison.Ordinal);
        await shop.Event("a", 23, EventNames.SurveyAnswered, change: e => e with { Attributes = new Dictionary<string, string> { ["question"] = "how-are-we-doing", ["answer"] = "2", ["attribute"] = "satisfaction" } })
            .Says("a", 23, new() { Attributes = new Dictionary<string, string> { ["satisfaction"] = "2" } }).RunAsync(40);
        Assert.Equal([("ask", 21.0)], Touches(shop, "a"));
    }

    private static bool Near((string, double) a, (string, double) b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-5;
}
