using Segue.Customers;
using Segue.Email;
using Segue.Measurement;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

/// <summary>What may happen while people are under way: they buy, unsubscribe, the journey is edited under them, or stands still for a month.</summary>
public sealed class UnderWayTests
{
    private const int Crowd = 1000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_OrderInTheMiddleOfThirtyDays_EndsTheRunAtThatMoment()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(
            "  - wait: { for: 30d }\n  - id: late\n    send: { email: hello, topic: offers }", enter: "event: go", head: "exitWhen: [ { event: order } ]"));
        await shop.Order("a", 0).Event("a", 1, "go").Order("a", 15.25).RunAsync(15.3);
        Assert.Empty(shop.UnderWay("a"));
        Assert.Equal(("order", Day(15.25)), (shop.Ended("a")[0].EndReason, shop.Ended("a")[0].EndedAt));
        await shop.RunAsync(40);
        Assert.Empty(shop.Sent());
    }

    [Fact]
    public async Task Send_UnsubscribedAfterItWasScheduled_IsNotSent()
    {
        // Due at 21:00, kept until 08:00 by the quiet hours; they unsubscribe at 02:24.
        var shop = await OpenAsync(new TestCampaigns
        {
            Settings = "quietHours: { from: \"20:00\", to: \"08:00\" }",
            Journeys = [TestCampaigns.Journey("  - id: mail\n    send: { email: hello, topic: offers }\n  - wait: { for: 9d }", enter: "event: go")],
        });
        await shop.Order("a", 0).Event("a", 1.375, "go").Happens(1.6, new Unsubscribed { CustomerId = "a", At = Day(1.6) }.ToBus("u")).RunAsync(1.5);
        Assert.Equal(SendStatus.Pending, Assert.Single(shop.Sends("a")).Status);
        await shop.RunAsync(3);
        Assert.Equal((SendStatus.Withheld, SendPolicy.Reasons.ConsentRefused), (shop.Sends("a")[0].Status, shop.Sends("a")[0].Reason));
        Assert.Empty(shop.Sender.Tries);
    }

    [Fact]
    public async Task Edit_WithAThousandPeopleUnderWay_LosesNobody()
    {
        var shop = await OpenAsync(TestCampaigns.Journey(
            "  - id: first\n    send: { email: hello, topic: offers }\n  - wait: { for: 2d }\n  - id: second\n    send: { email: hello, topic: offers }", enter: "event: go, reentry: always"));
        for (var c = 0; c < Crowd; c++)
        {
            shop.Order($"c{c:D4}", 0).Event($"c{c:D4}", 1 + (c / 2000.0), "go");
        }

        await shop.RunAsync(2);
        Assert.Equal(Crowd, shop.Sent().Count);
        await shop.RepublishAsync(new()
        {
            Journeys = [TestCampaigns.Journey("  - id: new-first\n    send: { email: hello, topic: offers }\n  - wait: { for: 1d }\n  - id: new-second\n    send: { email: offer, topic: offers }\n    offer: { percent: 5 }", enter: "event: go, reentry: always")],
        });
        await shop.Order("newcomer", 2).Event("newcomer", 2.25, "go").RunAsync(5);

        var finished = shop.Sent().Where(s => s.Step == "second").ToList();
        Assert.Equal(Crowd, finished.Select(s => s.Customer).Distinct().Count());
        Assert.All(finished, s => Assert.Equal(3 + (int.Parse(s.Customer[1..], System.Globalization.CultureInfo.InvariantCulture) / 2000.0), s.Day, 5));
        Assert.Equal(["new-first", "new-second"], shop.Sent().Where(s => s.Customer == "newcomer").Select(s => s.Step));
        Assert.Equal(Crowd + 1, shop.Facts(FactKinds.Exited).Count(f => f.Reason == "completed"));
    }

    [Fact]
    public async Task Resume_AfterAMonth_SendsNobodyABurst()
    {
        const int People = 240;
        var shop = await OpenAsync(TestCampaigns.Journey(
            "  - wait: { for: 5d }\n  - id: mail\n    send: { email: hello, topic: offers }", enter: "event: go", id: "spread"));
        for (var c = 0; c < People; c++)
        {
            shop.Order($"c{c:D3}", 0).Event($"c{c:D3}", 1 + (c / 48.0), "go");
        }

        // Half are in it when it is paused, and half come while it stands still.
        await shop.RunAsync(3.5);
        await shop.Engine.Switches.PauseAsync("spread", "ann", Cancellation);
        await shop.RunAsync(33.5);
        Assert.Empty(shop.Sent());
        await shop.Engine.Switches.ResumeAsync("spread", "ann", shop.Bus, Cancellation);
        await shop.RunAsync(45);
        Assert.Equal(People, shop.Sent().Count);
        Assert.All(shop.Facts(FactKinds.Sent).GroupBy(f => f.At.UtcTicks / TimeSpan.TicksPerHour), hour => Assert.InRange(hour.Count(), 1, 3));
        Assert.Equal(36.0, shop.Sent().Min(s => s.Day), 5);
    }
}
