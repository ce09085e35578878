using Segue.Customers;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>Journeys that begin by an event, one run at a time or one for each key.</summary>
public sealed class EventEntryTests
{
    private const string Mail = "  - id: mail\n    send: { email: hello, topic: offers }\n";

    [Fact]
    public async Task Enter_ByEvent_AtItsMoment()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Mail, enter: "event: cart-left"));
        await shop.Order("a", 0).Event("a", 3.25, "cart-left").Event("a", 4, "another").RunAsync(10);
        Assert.Equal([("a", "mail", 3.25)], shop.Sent());
        Assert.Equal("cart-left", Assert.Single(shop.Ended("a")).Event?.Name);
        Assert.Equal("cart-left", Assert.Single(shop.Sends("a")).Event?.Name);
    }

    [Theory]
    [InlineData("reentry: never", new[] { 1.0 })]
    [InlineData("reentry: always", new[] { 1.0, 2, 9 })]
    [InlineData("reentry: { after: 5d }", new[] { 1.0, 9 })]
    public async Task Enter_ByEventAgain_AsReentryAllows(string reentry, double[] days)
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Mail, enter: $"event: left, {reentry}"));
        await shop.Order("a", 0).Event("a", 1, "left").Event("a", 2, "left").Event("a", 9, "left").RunAsync(20);
        Assert.Equal(days, shop.Sent().Select(s => s.Day));
    }

    [Fact]
    public async Task Enter_Where_OnlyByEventsThatHaveIt()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Mail, enter: "event: viewed, where: { category: [ shoes, boots ] }, reentry: always"));
        await shop.Order("a", 0)
            .Event("a", 1, "viewed", change: e => e with { Category = "hats" })
            .Event("a", 2, "viewed", change: e => e with { Category = "boots" })
            .Event("a", 3, "viewed").RunAsync(20);
        Assert.Equal([2.0], shop.Sent().Select(s => s.Day));
    }

    [Fact]
    public async Task Enter_ByHistory_StartsNothing()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Mail, enter: "event: left"));
        await shop.Order("a", 0).Event("a", 1, "left", arrives: 3).RunAsync(20);
        Assert.Empty(shop.Sent());
    }

    [Fact]
    public async Task Enter_ByKey_OneRunForEachSideBySide()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(
            "  - wait: { for: 5d }\n" + Mail, "exitWhen: [ { event: called-off } ]", "event: booked, key: booking, reentry: never"));
        shop.Order("a", 0);
        Keyed(1, "booked", "b1");
        Keyed(2, "booked", "b2");
        Keyed(2.5, "booked", "b1", "again");
        Keyed(3, "booked", "b3");
        Keyed(4, "called-off", "b2");
        shop.Event("a", 5, "booked", "without a key");
        await shop.RunAsync(20);
        Assert.Equal([("a", "mail", 6.0), ("a", "mail", 8)], shop.Sent());
        Assert.Equal([("b1", "completed"), ("b2", "called-off"), ("b3", "completed")], shop.Ended("a").Select(e => (e.Key, e.EndReason!)));

        void Keyed(double day, string name, string booking, string? id = null) => shop.Event(
            "a", day, name, id ?? $"{name}-{booking}", change: e => e with { Attributes = new Dictionary<string, string> { ["booking"] = booking } });
    }

    [Fact]
    public async Task Enter_ByOrderWithItsIdAsKey_OneRunForEachOrder()
    {
        var shop = await OpenAsync(TestCampaigns.Journey("  - wait: { for: 10d }\n" + Mail, enter: "event: order, key: orderId, where: { channel: web }"));
        await shop.Order("a", 1, id: "o1", change: o => o with { Channel = "web" })
            .Order("a", 2, id: "o2", change: o => o with { Channel = "shop" })
            .Order("a", 3, id: "o3", change: o => o with { Channel = "web" })
            .Order("a", 3, id: "o3", arrives: 4, change: o => o with { Channel = "web" }).RunAsync(30);
        Assert.Equal([("a", "mail", 11.0), ("a", "mail", 13)], shop.Sent());
        Assert.Equal(["o1", "o3"], shop.Ended("a").Select(e => e.Key));
    }

    [Fact]
    public async Task Exit_WhereTheEventHasSomething_OnlyThen()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(
            "  - wait: { for: 9d }\n" + Mail, "exitWhen: [ { event: answered, where: { score: [ 9, 10 ] } } ]", "event: asked"));
        shop.Order("a", 0).Order("b", 0).Event("a", 1, "asked").Event("b", 1, "asked");
        shop.Event("a", 2, "answered", change: e => e with { Attributes = new Dictionary<string, string> { ["score"] = "10" } });
        await shop.Event("b", 2, "answered", change: e => e with { Attributes = new Dictionary<string, string> { ["score"] = "3" } }).RunAsync(20);
        Assert.Equal([("b", "mail", 10.0)], shop.Sent());
    }

    [Fact]
    public async Task Emit_EntersAnotherJourneyAtTheSameMomentOnce()
    {
        var shop = await OpenAsync(
            TestCampaigns.Journey("  - wait: { for: 1d }\n  - emit: { event: invited, attributes: { club: gold } }\n  - wait: { for: 1d }", enter: "event: bought-much", id: "first"),
            TestCampaigns.Journey(Mail, enter: "event: invited, where: { club: gold }", id: "second"));
        await shop.Order("a", 0).Event("a", 1.5, "bought-much").RunAsync(10);
        Assert.Equal([("a", "mail", 2.5)], shop.Sent());
        Assert.Equal(Day(2.5), Assert.Single(shop.Events("a"), e => e.Name == "invited").At);
        Assert.Equal(["first", "second"], shop.Ended("a").Select(e => e.Journey));
    }

    [Fact]
    public async Task Update_MovesTheCustomerAndMayEndItsOwnRun()
    {
        var segments = TestCampaigns.PlainSegments + "\n  - id: invited\n    when: { attribute.club: invited }\n  - id: outside\n    when: { not: { tag: invited } }\n";
        var shop = await OpenAsync(new TestCampaigns
        {
            Segments = segments,
            Journeys =
            [
                TestCampaigns.Journey("  - wait: { for: 2d }\n  - update: { attributes: { club: invited } }\n" + Mail, "exitWhen: [ { leaves: outside } ]", "event: go"),
                TestCampaigns.Journey("  - id: welcome\n    send: { email: hello, topic: offers }", enter: "tag: invited", id: "club"),
            ],
        });
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(10);
        Assert.Equal([("a", "welcome", 3.0)], shop.Sent());
        Assert.Equal([("club", "completed"), ("journey", "leaves outside")], shop.Ended("a").Select(e => (e.Journey, e.EndReason!)));
        Assert.Equal("invited", shop.Profile("a")!.Contact.Attributes!["club"]);
    }

    [Fact]
    public async Task HeldOut_NothingIsUpdatedOrEmitted()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(
            "  - update: { attributes: { club: invited } }\n  - emit: { event: invited }", "holdout: 99.9%", "event: go"));
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(10);
        Assert.True(Assert.Single(shop.Ended("a")).HeldOut);
        Assert.Null(shop.Profile("a")!.Contact.Attributes);
        Assert.Equal(["go"], shop.Events("a").Select(e => e.Name));
    }
}
