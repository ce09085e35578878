using Segue.Events;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Events;

/// <summary>Events move customers between segments and tags: at once, by time, and when rules are new.</summary>
public sealed class EventSegmentTests
{
    private const string Rest = "segments:\n  - id: everyone\ntags:\n  - id: silent-60\n    when: { daysSinceLastOrder: \">= 60\" }\n";

    private const string Looker = Rest + "  - id: looker\n    when: { events: { name: viewed, within: 10d, count: \">= 2\" } }\n";

    [Fact]
    public async Task Tag_OverEvents_IsGivenAtOnceAndTakenByTime()
    {
        var shop = await OpenAsync(new TestCampaigns { Segments = Looker });
        await shop.Event("a", 1, EventNames.Viewed).RunAsync(2);
        Assert.Empty(shop.Profile("a")!.Standing!.Tags);
        await shop.Event("a", 3, EventNames.Viewed).RunAsync(4);
        Assert.Equal(["looker"], shop.Profile("a")!.Standing!.Tags);
        Assert.Equal(Day(11), shop.Profile("a")!.Standing!.ChangesAt);
        await shop.RunAsync(11.01);
        Assert.Empty(shop.Profile("a")!.Standing!.Tags);
        Assert.Equal(Day(11), shop.Profile("a")!.EvaluatedAt);
    }

    [Fact]
    public async Task Tag_OfANewRule_IsMadeFromTheEventsThatWereThereBefore()
    {
        var shop = await OpenAsync(new TestCampaigns { Segments = Rest });
        await shop.Event("a", 1, EventNames.Viewed).Event("a", 2, EventNames.Viewed).Event("b", 1, EventNames.Viewed).RunAsync(3);
        await shop.RepublishAsync(new TestCampaigns { Segments = Looker });
        await shop.RunAsync(3.1);
        Assert.Equal(["looker"], shop.Profile("a")!.Standing!.Tags);
        Assert.Equal(["looker"], shop.Summary("a")!.Standing.Tags);
        Assert.Empty(shop.Profile("b")!.Standing!.Tags);

        // The one that had too few goes on counting from what was rebuilt.
        await shop.Event("b", 4, EventNames.Viewed).RunAsync(5);
        Assert.Equal(["looker"], shop.Profile("b")!.Standing!.Tags);
    }

    [Fact]
    public async Task Journey_OverATagOfEvents_BeginsWithTheEventThatGivesIt()
    {
        var shop = await OpenAsync(new TestCampaigns { Segments = Looker, Journeys = [TestCampaigns.TwoSteps(enter: "tag: looker")] });
        await shop.Order("a", 0).Event("a", 1, EventNames.Viewed).Event("a", 2, EventNames.Viewed).RunAsync(3);
        Assert.Equal([("a", "first", 2.0)], shop.Sent());
    }

    [Fact]
    public async Task Event_OfHistory_MovesTagsAndStartsNothing()
    {
        var shop = await OpenAsync(new TestCampaigns { Segments = Looker, Journeys = [TestCampaigns.TwoSteps(enter: "tag: looker")] });
        await shop.Order("a", 0).Event("a", 1, EventNames.Viewed, arrives: 5).Event("a", 2, EventNames.Viewed, arrives: 5).RunAsync(6);
        Assert.Equal(["looker"], shop.Profile("a")!.Standing!.Tags);
        Assert.Empty(shop.Sent());
    }

    [Fact]
    public async Task Balance_ChangedByEvent_IsTheCustomersBalance()
    {
        var shop = await OpenAsync();
        await shop.Event("a", 2, EventNames.BalanceChanged, change: e => e with { Amount = 30 })
            .Event("a", 1.5, EventNames.BalanceChanged, arrives: 2.25, change: e => e with { Amount = 99 }).RunAsync(3);
        Assert.Equal(30, shop.Profile("a")!.Summary.Balance);
    }

    [Fact]
    public async Task Answer_OfASurvey_BecomesAnAttribute()
    {
        var shop = await OpenAsync();
        await shop.Event("a", 1, EventNames.SurveyAnswered, change: e => e with
        {
            Attributes = new Dictionary<string, string> { ["survey"] = "how-was-it", ["attribute"] = "satisfaction", ["answer"] = "4" },
        }).RunAsync(2);
        Assert.Equal("4", shop.Profile("a")!.Contact.Attributes!["satisfaction"]);
    }

    [Fact]
    public async Task Subscription_ChangedByEvent_EndsTheTagToTheMoment()
    {
        var shop = await OpenAsync(new TestCampaigns { Segments = Rest + "  - id: ends-soon\n    when: { subscriptionEndsIn: \"<= 14\" }\n" });
        await shop.Event("a", 1, EventNames.SubscriptionChanged, change: e => e with
        {
            Attributes = new Dictionary<string, string> { ["plan"] = "gold", ["endsAt"] = Day(30).ToString("O", null) },
        }).RunAsync(15.9);
        Assert.Empty(shop.Profile("a")!.Standing!.Tags);
        await shop.RunAsync(16.1);
        Assert.Equal((Day(16), "ends-soon"), (shop.Profile("a")!.EvaluatedAt!.Value, Assert.Single(shop.Profile("a")!.Standing!.Tags)));
        await shop.RunAsync(31);
        Assert.Empty(shop.Profile("a")!.Standing!.Tags);
        Assert.Equal("gold", shop.Profile("a")!.Contact.Attributes!["subscriptionPlan"]);
    }

    [Fact]
    public async Task Engagement_OfMailsAndClicks_IsKnown()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("a", 0).RunAsync(75);
        var sends = shop.Sends("a");
        Assert.Equal(0, shop.Profile("a")!.Mail!.Share());
        await shop.Event("a", 76, EventNames.EmailClicked, change: e => e with { Attributes = new Dictionary<string, string> { ["sendId"] = sends[1].Id } }).RunAsync(77);
        Assert.Equal((0.5m, Day(76)), (shop.Profile("a")!.Mail!.Share(), shop.Profile("a")!.Mail!.LastClickAt));
        Assert.Equal(0.5m, shop.Summary("a")!.Summary.Mail!.Share());
    }
}
