using Segue.Customers;
using Segue.Measurement;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>Who enters a journey, when, how often, and what starts nothing.</summary>
public sealed class EntryTests
{
    private const string Stages = """
        segments:
          - id: gone
            name: Gone
            when: { stage: churned }
          - id: here
            name: Here
        """;

    [Fact]
    public async Task Enter_ByTag_AtTheMomentOfBecomingAMember()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("a", 0.123456).RunAsync(80);
        Assert.Equal([("a", "first", 60.123456), ("a", "second", 74.123456)], shop.Sent());
        Assert.Equal(("everyone", true, false), (Assert.Single(shop.Ended("a")).Segment, shop.Ended("a")[0].Reachable, shop.Ended("a")[0].HeldOut));
    }

    [Fact]
    public async Task Enter_BySegment_AtTheMomentOfBecomingAMember()
    {
        var shop = await OpenAsync(new TestCampaigns { Segments = Stages, Journeys = [TestCampaigns.TwoSteps(enter: "segment: gone")] });
        await shop.Order("a", 0).RunAsync(61);
        Assert.Equal([("a", "first", 60.0)], shop.Sent());
        var moved = shop.Facts(FactKinds.Moved, "a");
        Assert.Equal([(null, "here", 0.0), ("here", "gone", 60.0)], moved.Select(f => (f.From, f.Segment, (f.At - Start).TotalDays)));
    }

    [Fact]
    public async Task Move_TwiceAtOneInstant_IsTwoFacts()
    {
        const string segments = """
            segments:
              - id: twice
                name: Bought twice
                when: { orders: ">= 2" }
              - id: once
                name: Others
            """;
        var shop = await OpenAsync(new TestCampaigns { Segments = segments });
        await shop.Order("a", 1, id: "one").Order("a", 1, id: "two").RunAsync(2);
        Assert.Equal(
            [(null, "once"), ("once", "twice")],
            shop.Facts(FactKinds.Moved, "a").Select(f => (f.From, f.Segment)).OrderBy(m => m.From, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Enter_ByAnOrder_AtTheOrder()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(enter: "tag: loyal"));
        await shop.Order("a", 1).Order("a", 2).Order("a", 3).Order("a", 4).RunAsync(5);
        Assert.Equal([("a", "first", 3.0)], shop.Sent());
    }

    [Theory]
    [InlineData("never", new[] { 60.0 })]
    [InlineData("always", new[] { 60.0, 125.0, 190.0 })]
    [InlineData("{ after: 100d }", new[] { 60.0, 190.0 })]
    public async Task Enter_Again_AsReentrySays(string reentry, double[] entries)
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: order } ]", enter: $"tag: silent-60, reentry: {reentry}"));
        await shop.Order("a", 0).Order("a", 65).Order("a", 130).RunAsync(200);
        Assert.Equal(entries, shop.Facts(FactKinds.Entered, "a").Select(f => (f.At - Start).TotalDays));
        Assert.Equal(entries.Length, shop.Profile("a")!.Journeys["two-steps~"].Runs);
    }

    [Fact]
    public async Task Enter_WhileUnderWay_IsOneRun()
    {
        var shop = await OpenAsync(TestCampaigns.Journey("  - wait: { for: 300d }\n  - send: { email: hello, topic: offers }"));
        await shop.Order("a", 0).Order("a", 65).RunAsync(130);
        Assert.Single(shop.Facts(FactKinds.Entered));
        Assert.Equal(1, Assert.Single(shop.UnderWay("a")).Run);
    }

    [Fact]
    public async Task Enter_SilentForTooLong_DoesNot()
    {
        var shop = await OpenAsync(new TestCampaigns { Settings = "maxSilence: 50d", Journeys = [TestCampaigns.TwoSteps()] });
        await shop.Order("a", 0).RunAsync(70);
        Assert.True(shop.Profile("a")!.Standing!.IsIn("silent-60"));
        Assert.Empty(shop.Facts(FactKinds.Entered));
    }

    [Fact]
    public async Task Enter_Draft_LetsNobodyIn()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(status: "draft"));
        await shop.Order("a", 0).RunAsync(80);
        Assert.Empty(shop.Facts(FactKinds.Entered));
    }

    [Fact]
    public async Task Enter_Unreachable_RunsAndWithholds()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Arrives(new(new() { OrderId = "o", CustomerId = "a", OrderedAt = Start, Amount = 1 }, CustomerFacts.None), 0).RunAsync(80);
        Assert.False(Assert.Single(shop.Ended("a")).Reachable);
        Assert.Equal(["no address", "no address"], shop.Facts(FactKinds.Withheld).Select(f => f.Reason));
        Assert.Empty(shop.Sender.Tries);
    }

    [Fact]
    public async Task Enter_OrderAWeekLate_StartsNothing()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(enter: "tag: loyal"));
        await shop.Order("a", 1).Order("a", 2).Order("a", 3, arrives: 10).RunAsync(40);
        Assert.True(shop.Profile("a")!.Standing!.IsIn("loyal"));
        Assert.Empty(shop.Facts(FactKinds.Entered));
    }

    [Fact]
    public async Task Enter_OrderWithinADay_IsFresh()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(enter: "tag: loyal"));
        await shop.Order("a", 1).Order("a", 2).Order("a", 3, arrives: 4).RunAsync(5);
        Assert.Equal(Day(3), Assert.Single(shop.Facts(FactKinds.Entered)).At);
    }

    [Fact]
    public async Task Enter_NewCustomerByALateOrder_StartsOnlyWhatTimeBrings()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("silent", 0, arrives: 65).Order("quiet", 20, arrives: 65).RunAsync(90);
        Assert.Equal([("quiet", "first", 80.0)], shop.Sent());
    }

    [Fact]
    public async Task Enter_LateOrderOfOneUnderWay_ExitsAndReachesTheGoal()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: order } ]\ngoal: { event: order, within: 28d }"));
        await shop.Order("a", 0).Order("a", 62, arrives: 69).RunAsync(100);
        Assert.Equal([("a", "first", 60.0)], shop.Sent());
        Assert.Equal(("order", Day(69)), (Assert.Single(shop.Ended("a")).EndReason, shop.Ended("a")[0].EndedAt));
        Assert.Equal(Day(62), Assert.Single(shop.Facts(FactKinds.Converted)).At);
    }

    [Fact]
    public async Task Enter_OrderBeforeEntryComesLate_ExitsAndReachesNoGoal()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: order } ]\ngoal: { event: order, within: 28d }"));
        await shop.Order("a", 0).Order("a", 30, arrives: 65).RunAsync(80);
        Assert.Equal("order", Assert.Single(shop.Ended("a")).EndReason);
        Assert.Empty(shop.Facts(FactKinds.Converted));
    }
}
