using Segue.Events;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Events;

/// <summary>Events are recorded once each, at their own moments, and end what they are said to end.</summary>
public sealed class EventArrivalTests
{
    [Fact]
    public async Task Event_OfAnUnknownCustomer_MakesAProspect()
    {
        var shop = await OpenAsync();
        await shop.Event("a", 1, EventNames.Viewed, change: e => e with { ProductId = "p", Attributes = new Dictionary<string, string> { ["from"] = "ad" } }).RunAsync(2);
        var kept = Assert.Single(shop.Events("a"));
        Assert.Equal(("p", "ad", Day(1)), (kept.ProductId, kept.Value("from"), kept.At));
        Assert.Equal("everyone", shop.Profile("a")!.Standing!.Segment);
    }

    [Fact]
    public async Task Event_SentAgain_IsOne()
    {
        var shop = await OpenAsync();
        await shop.Event("a", 1, EventNames.Viewed, "x").Event("a", 1, EventNames.Viewed, "x", arrives: 3).RunAsync(4);
        Assert.Single(shop.Events("a"));
    }

    [Fact]
    public async Task Event_SentAgainWithoutAMoment_IsOneAtItsFirstArrival()
    {
        var shop = await OpenAsync();
        await shop.Event("a", 1, EventNames.Viewed, "x", change: e => e with { AtArrival = true })
            .Event("a", 2, EventNames.Viewed, "x", change: e => e with { AtArrival = true }).RunAsync(4);
        Assert.Equal(Day(1), Assert.Single(shop.Events("a")).At);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Event_SameIdOtherContent_IsRefusedAndTheFirstKept(bool otherMoment)
    {
        var shop = await OpenAsync();
        await shop.Event("a", 1, EventNames.Viewed, "x").RunAsync(1.5);
        await shop.Event("a", otherMoment ? 1.25 : 1, otherMoment ? EventNames.Viewed : EventNames.Reviewed, "x", arrives: 2).RunAsync(3);
        Assert.StartsWith("Event 'x' is already recorded with other content", Assert.Single(shop.Bus.DeadLetters).Reason, StringComparison.Ordinal);
        Assert.Equal((EventNames.Viewed, Day(1)), (Assert.Single(shop.Events("a")).Name, shop.Events("a")[0].At));
    }

    [Fact]
    public async Task Event_OutOfOrder_AreKeptByTime()
    {
        var shop = await OpenAsync();
        await shop.Event("a", 3, "c").Event("a", 1, "b", arrives: 3.5).Event("a", 0.5, "a", arrives: 3.75).RunAsync(4);
        Assert.Equal(["a", "b", "c"], shop.Events("a").Select(e => e.Name));
    }

    [Fact]
    public async Task Event_NamedByExitWhen_EndsTheRunAtItsMoment()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: Added to cart } ]"));
        await shop.Order("a", 0).Event("a", 65, EventNames.Viewed).Event("a", 70.5, EventNames.AddedToCart).RunAsync(80);
        Assert.Equal((EventNames.AddedToCart, Day(70.5)), (Assert.Single(shop.Ended("a")).EndReason, shop.Ended("a")[0].EndedAt));
        Assert.Equal([("a", "first", 60.0)], shop.Sent());
    }

    [Fact]
    public async Task Event_OfBeforeTheEntry_DoesNotEndTheRun()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: added-to-cart } ]"));
        await shop.Order("a", 0).Event("a", 59, EventNames.AddedToCart, arrives: 61).RunAsync(62);
        Assert.Single(shop.UnderWay("a"));
    }

    [Fact]
    public async Task Event_LateByLessThanADay_EndsTheRunBeforeTheMailThatFellDueMeanwhile()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: added-to-cart } ]"));
        await shop.Order("a", 0).RunAsync(73.9);
        shop.StandStillUntil(74.5);
        await shop.Event("a", 73.95, EventNames.AddedToCart, arrives: 74.5).RunAsync(76);
        Assert.Equal([("a", "first", 60.0)], shop.Sent());
    }

    [Fact]
    public async Task Event_CarryingFacts_TellsAboutTheCustomer()
    {
        var shop = await OpenAsync();
        var fact = new CustomerEvent { EventId = "x", CustomerId = "a", Name = "signed-up", At = Day(1) };
        await shop.Happens(1, EventArrived.ToBus(fact, Day(1), new() { Name = "Ann" })).RunAsync(2);
        Assert.Equal("Ann", shop.Profile("a")!.Contact.Name);
    }
}
