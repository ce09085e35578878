using Segue.Customers;
using Segue.Measurement;
using Segue.Tests.Support;
using static Segue.Tests.Campaigns.Rows.ShippedRows;

namespace Segue.Tests.Campaigns.Rows;

/// <summary>The table of segments with their journeys, a row at a time: a customer goes through the shipped file, and each touch comes at its time.</summary>
public sealed class SegmentRowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Row1_VipActive_IsAskedThenShownWhatLiesAbove()
    {
        var shop = await ShippedRows.OpenAsync("vip-nurturing");
        Buys(shop, "happy", 400, 1, 11, 21);
        await Buys(shop, "unhappy", 400, 1, 11, 21).Says("unhappy", 25, new() { Attributes = new Dictionary<string, string> { ["satisfaction"] = "1" } }).RunAsync(70);
        Assert.Equal(21, Came(shop, "happy", "vip-active"));
        Assert.Equal([("ask", 21.0), ("picks", 35.0)], Touches(shop, "happy"));
        Assert.Equal([("ask", 21.0)], Touches(shop, "unhappy"));
        Assert.Equal(("cared for", "unhappy"), (shop.Ended("happy")[0].EndReason, shop.Ended("unhappy")[0].EndReason));
        Assert.Empty(OffersOf(shop, "happy"));
    }

    [Fact]
    public async Task Row2_VipInactive_IsCalledFirstAndMailedByTheOutcomeOrWhenNobodyCalled()
    {
        var shop = await ShippedRows.OpenAsync("vip-reactivation");
        string[] called = ["returns", "unhappy", "not", "missed"];
        foreach (var vip in called.Append("nophone"))
        {
            Buys(shop, vip, 400, 1, 11, 21);
        }

        foreach (var vip in called)
        {
            shop.Says(vip, 22, new() { Phone = "1", PhoneConsent = Consent.Granted });
        }

        await shop.RunAsync(21.5);
        await shop.RunAsync(53);
        var came = Came(shop, "missed", "vip-inactive");
        Assert.InRange(came, 51, 52);
        var list = (await shop.Engine.Calls.ReadAsync("accounts", null, Cancellation)).Calls;
        Assert.Equal(called.Order(), list.Select(c => c.Call.CustomerId).Order());
        foreach (var (customer, outcome) in new[] { ("returns", "will-return"), ("unhappy", "unhappy"), ("not", "no-interest") })
        {
            await shop.Engine.Calls.AnswerAsync(list.Single(c => c.Call.CustomerId == customer).Id, outcome, null, Cancellation);
        }

        await shop.RunAsync(100);
        Assert.Equal([("miss-you", Goes(came))], Touches(shop, "nophone"));
        Assert.Equal([("miss-you", Goes(came + 7))], Touches(shop, "missed"));
        Assert.Equal([("good-to-talk", Goes(53))], Touches(shop, "returns"));
        Assert.Equal([("sorry", Goes(56))], Touches(shop, "unhappy"));
        Assert.Empty(Touches(shop, "not"));
        Assert.Equal("needed", shop.Profile("unhappy")!.Contact.Attributes!["care"]);
        Assert.Equal([15m, 15, 15, 15], new[] { "nophone", "missed", "returns", "unhappy" }.Select(c => Assert.Single(OffersOf(shop, c))!.Value));
    }

    [Fact]
    public async Task Row3_PotentialVip_IsInvitedToTheClubUnlessTheyOrderAgain()
    {
        var shop = await ShippedRows.OpenAsync("potential-vip");
        Buy(shop, "a", 1, 1000);
        Buy(shop, "small", 1, 999);
        await Buys(shop, "again", 1000, 1, 3).RunAsync(40);
        Assert.Equal([("invitation", 5.0)], Touches(shop, "a"));
        Assert.Equal([10m], OffersOf(shop, "a"));
        Assert.Empty(Touches(shop, "small"));
        Assert.Equal("order", shop.Ended("again")[0].EndReason);
        Assert.Empty(Touches(shop, "again"));
    }

    [Fact]
    public async Task Row4_New_IsLedToTheSecondAndThirdOrderAndLeftAloneAfterIt()
    {
        var shop = await ShippedRows.OpenAsync("welcome");
        Buys(shop, "one", 12, 1);
        Buys(shop, "two", 12, 1, 10);
        Buys(shop, "early", 12, 1, 3);
        await Buys(shop, "three", 12, 1, 10, 20).RunAsync(70);
        Assert.Equal([("towards-second", 6.0), ("second-reminder", 36.0)], Touches(shop, "one"));
        Assert.Equal([("towards-second", 6.0), ("towards-third", 36.0)], Touches(shop, "two"));
        Assert.Equal([("towards-third", 36.0)], Touches(shop, "early"));
        Assert.Equal([("towards-second", 6.0)], Touches(shop, "three"));
        Assert.Equal((20.0, "leaves towards-third-order"), (DayOf(shop.Ended("three")[0].EndedAt!.Value), shop.Ended("three")[0].EndReason));
        Assert.True(Came(shop, "one", "one-time-only") < 60, "They left the segment long before the journey ended.");
        Assert.Equal((66.0, "welcomed"), (DayOf(shop.Ended("one")[0].EndedAt!.Value), shop.Ended("one")[0].EndReason));
    }

    [Fact]
    public async Task Row5_ChurnedWithBalance_IsRemindedOfItWithoutADiscount()
    {
        var shop = await ShippedRows.OpenAsync("balance-reminder", "core-reactivation");
        await Buys(shop, "a", 12, 1, 11).Says("a", 12, new() { Balance = 25 }).RunAsync(110);
        Assert.Equal([("remind", 71.0), ("again", 101.0)], Touches(shop, "a"));
        Assert.Empty(shop.Codes("a"));
        Assert.All(shop.Sender.Tries, t => Assert.Contains("25.00", t.Email.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row6_ChurnedOneTime_GetsTheMostAggressiveOfferOnce()
    {
        var shop = await ShippedRows.OpenAsync("churned-one-time");
        await Buys(shop, "a", 12, 1).RunAsync(90);
        Assert.Equal([("generous", 61.0)], Touches(shop, "a"));
        Assert.Equal((25m, 82.0), (shop.Codes("a").Single().Percent!.Value, DayOf(shop.Codes("a").Single().ExpiresAt)));
    }

    [Fact]
    public async Task Row7_CoreChurned_GetsFivePercentAtTwoMonthsAndFifteenTwoWeeksLaterUnlessTheyBought()
    {
        var shop = await ShippedRows.OpenAsync("core-reactivation");
        Buys(shop, "silent", 12, 1, 11);
        Buys(shop, "back", 12, 1, 11, 80);
        await Buys(shop, "night", 12, 1, 11.4).RunAsync(110);
        Assert.Equal([("nudge", 71.0), ("bigger", 85.0)], Touches(shop, "silent"));
        Assert.Equal([("nudge", 71.0)], Touches(shop, "back"));
        Assert.Equal(Math.Round(71 + (20 / 24.0), 6), Goes(71.4));
        Assert.Equal([("nudge", Goes(71.4)), ("bigger", Goes(71.4) + 14)], Touches(shop, "night"), Near);
        Assert.Equal([5m, 15], OffersOf(shop, "silent"));
    }

    [Fact]
    public async Task Row8_OneTimeOnly_GetsAStrongOfferToReturnSoon()
    {
        var shop = await ShippedRows.OpenAsync("one-time-only");
        await Buys(shop, "a", 12, 1).RunAsync(80);
        var came = Came(shop, "a", "one-time-only");
        Assert.InRange(came, 31, 61);
        Assert.Equal([("strong", Goes(came))], Touches(shop, "a"));
        Assert.Equal([20m], OffersOf(shop, "a"));
    }

    [Fact]
    public async Task Row9_AtRisk_GetsABiggerOfferWhereSpendIsAboveTheAverage()
    {
        var shop = await ShippedRows.OpenAsync("at-risk");
        Buys(shop, "small", 12, 1, 11);
        await Buys(shop, "large", 300, 1, 11).RunAsync(70);
        var came = Came(shop, "small", "at-risk");
        Assert.InRange(came, 41, 71);
        Assert.Equal([("gentle", Goes(came))], Touches(shop, "small"));
        Assert.Equal([("aggressive", Goes(Came(shop, "large", "at-risk")))], Touches(shop, "large"));
        Assert.Equal([10m, 20], [OffersOf(shop, "small")[0], OffersOf(shop, "large")[0]]);
    }

    [Fact]
    public async Task Row10_FrequentLowSpend_GetsAnAmountThatPaysInALargerBasket()
    {
        var shop = await ShippedRows.OpenAsync("frequent-low-spend");
        await Buys(shop, "a", 5, 1, 6, 11, 16, 21).RunAsync(50);
        var came = Came(shop, "a", "frequent-low-spend");
        Assert.Contains(came, (double[])[11, 16, 21]);
        Assert.Equal("order", shop.Ended("a")[0].EndReason);
        Assert.Equal([("together", came)], Touches(shop, "a"));
        Assert.Equal([5m], shop.Codes("a").Select(c => c.Amount!.Value));
    }

    [Fact]
    public async Task Row11_BigSpenderRare_GetsAReasonToComeMoreOften()
    {
        var shop = await ShippedRows.OpenAsync("big-spender-rare");
        await Buys(shop, "a", 150, 1, 11).RunAsync(80);
        Assert.Equal(31, Came(shop, "a", "big-spender-rare"));
        Assert.Equal([("look-in", 52.0)], Touches(shop, "a"));
        Assert.Equal([10m], OffersOf(shop, "a"));
    }

    [Fact]
    public async Task Row12_CoreActive_IsShownWhatGoesWithItAndGetsADiscountOnFavouritesWhileTheyAreRegulars()
    {
        var shop = await ShippedRows.OpenAsync("core-active");
        Buys(shop, "regular", 18, 1, 11, 21, 35, 50, 65);
        await Buys(shop, "gone", 18, 1, 11, 21).RunAsync(90);
        Assert.Equal(21, Came(shop, "regular", "core-active"));
        Assert.Equal([("goes-with", 35.0), ("favourites", 65.0)], Touches(shop, "regular"));
        Assert.Equal([10m], OffersOf(shop, "regular"));
        Assert.Equal([("goes-with", 35.0)], Touches(shop, "gone"));
        Assert.Equal("leaves core-active", shop.Ended("gone")[0].EndReason);
    }

    [Fact]
    public async Task Row13_Developing_IsLedTowardsTheThirdOrder()
    {
        var shop = await ShippedRows.OpenAsync("developing");
        await Buys(shop, "a", 12, 1, 29).RunAsync(70);
        Assert.Equal(31, Came(shop, "a", "developing"));
        Assert.Equal([("goes-with", 31.0), ("towards-third", 52.0)], Touches(shop, "a"));
        Assert.Equal([10m], OffersOf(shop, "a"));
    }

    [Fact]
    public async Task Row14_Prospect_GetsNothing()
    {
        var shop = await ShippedRows.OpenAsync([.. ShippedCampaigns.AllLive.Journeys.Keys]);
        await shop.Says("a", 1, new() { Email = "a@example.com", EmailConsent = Consent.Granted }).RunAsync(30);
        Assert.Equal("prospect", shop.Profile("a")!.Standing!.Segment);
        Assert.Empty(Touches(shop, "a"));

        // The offer of the month asks everyone's tier, and prospects have none.
        Assert.Equal("no tier", Assert.Single(shop.Ended("a")).EndReason);
        Assert.Single(shop.Facts(FactKinds.Entered, "a"));
    }

    private static bool Near((string, double) a, (string, double) b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-5;
}
