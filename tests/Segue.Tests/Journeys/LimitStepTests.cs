using FsCheck.Fluent;
using DateTimeZoneProviders = NodaTime.DateTimeZoneProviders;
using Segue.Campaigns;
using Segue.Journeys;
using Segue.Measurement;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>Limits: never more than the count in a period, first come first served, and nobody is lost on the way.</summary>
public sealed class LimitStepTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Limit_MoreThanTheCount_PassInOrderAtThePeriodsBeginnings()
    {
        var shop = await StartAsync("{ count: 2, per: 1h }");
        Come(shop, 5, i => 1 + (i / 1440.0));
        await shop.RunAsync(3);
        Assert.Equal(
            [("c0", 1.0), ("c1", 1 + (1 / 1440.0)), ("c2", 1 + (1 / 24.0)), ("c3", 1 + (1 / 24.0)), ("c4", 1 + (2 / 24.0))],
            shop.Sent().Select(s => (s.Customer, s.Day)), Near);
    }

    [Fact]
    public async Task Limit_PerDay_CountsTheShopsDays()
    {
        var shop = await StartAsync("{ count: 1, per: 1d }", "zone: Europe/Zurich");
        Come(shop, 3, i => 1 + (i / 1440.0));
        await shop.RunAsync(9);
        Assert.Equal(
            [Day(1), new(2024, 1, 3, 23, 0, 0, TimeSpan.Zero), new(2024, 1, 4, 23, 0, 0, TimeSpan.Zero)],
            shop.Facts(FactKinds.Sent).Select(f => f.At));
    }

    [Fact]
    public async Task Limit_WhoLeavesWhileWaiting_IsNotSentAnything()
    {
        var shop = await StartAsync("{ count: 1, per: 1d }");
        Come(shop, 3, i => 1 + (i / 1440.0));
        await shop.Order("c1", 1.1).RunAsync(9);
        Assert.Equal(["c0", "c2"], shop.Sent().Select(s => s.Customer));
        Assert.Equal("order", shop.Ended("c1")[0].EndReason);
    }

    [Fact]
    public async Task Limit_JourneyIsPaused_KeepsToTheCountAfterwards()
    {
        var shop = await StartAsync("{ count: 2, per: 1d }");
        Come(shop, 9, i => 1 + (i / 1440.0));
        await shop.RunAsync(2);
        await shop.Engine.Switches.PauseAsync("journey", "me", Cancellation);
        await shop.RunAsync(4.3);
        await shop.Engine.Switches.ResumeAsync("journey", "me", shop.Bus, Cancellation);
        await shop.RunAsync(20);
        Assert.Equal(9, shop.Sent().Count);
        Assert.All(shop.Facts(FactKinds.Sent).GroupBy(f => f.At.UtcDateTime.Date), day => Assert.InRange(day.Count(), 1, 2));
        Assert.All(shop.Facts(FactKinds.Sent), f => Assert.False(f.At > Day(2) && f.At < Day(4.3)));
    }

    [Fact]
    public async Task Limit_InALoop_TakesAPlaceAtEachVisit()
    {
        const string Loop = "  - id: again\n    limit: { count: 1, per: 1d }\n  - id: mail\n    send: { email: hello, topic: offers }\n  - link: { to: again, maxVisits: 2, minDelay: 1h }";
        var shop = await OpenAsync(TestCampaigns.Journey(Loop, enter: "event: go"));
        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(9);
        Assert.Equal([1.0, 1.5, 2.5], shop.Sent().Select(s => s.Day));
    }

    [Fact]
    public async Task Limit_HeldOut_TakesNoPlace()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(Steps("{ count: 1, per: 31d }"), enter: "event: go", head: "holdout: 90%"));
        Come(shop, 20, _ => 1);
        await shop.RunAsync(2);
        var held = shop.Facts(FactKinds.Entered).Count(f => f.HeldOut);
        Assert.InRange(held, 10, 19);
        Assert.Equal(held + 1, shop.Facts(FactKinds.Exited).Count);
        Assert.Single(shop.Sent());
    }

    [Fact]
    public void Period_OfAnyMoment_BeginsAtOrBeforeItAndTheNextAfterIt() => Prop.ForAll(
        Gen.Choose(0, 60 * 24 * 366 * 3).ToArbitrary(), Gen.Elements(new Duration(1, default), new(7, default), new(0, TimeSpan.FromHours(1)), new(0, TimeSpan.FromMinutes(7))).ToArbitrary(),
        (minutes, per) =>
        {
            var zone = DateTimeZoneProviders.Tzdb["Europe/Zurich"];
            var at = Start.AddMinutes(minutes);
            var period = Limits.PeriodOf(at, per, zone);
            Assert.True(Limits.BeginOf(period, per, zone) <= at && at < Limits.BeginOf(period + 1, per, zone));
        }).Holds();

    private static bool Near((string, double) a, (string, double) b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-5;

    private static string Steps(string limit) => $"  - limit: {limit}\n  - id: mail\n    send: {{ email: hello, topic: offers }}";

    private static Task<TestShop> StartAsync(string limit, string settings = "") => OpenAsync(new TestCampaigns
    {
        Settings = settings,
        Journeys = [TestCampaigns.Journey(Steps(limit), enter: "event: go", head: "exitWhen: [ { event: order } ]")],
    });

    private static void Come(TestShop shop, int customers, Func<int, double> day)
    {
        for (var i = 0; i < customers; i++)
        {
            shop.Order($"c{i}", 0).Event($"c{i}", day(i), "go");
        }
    }
}
