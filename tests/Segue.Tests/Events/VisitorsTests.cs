using Segue.Customers;
using Segue.Events;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Events;

/// <summary>What an anonymous visitor did waits outside of everything, and becomes the customer's at sign-in.</summary>
public sealed class VisitorsTests
{
    [Fact]
    public async Task Visitor_Unknown_IsNoCustomer()
    {
        var shop = await OpenAsync();
        await Seen(shop, 1, "e1").RunAsync(2);
        Assert.Null(shop.Profile(Visitors.IdOf("v")));
        Assert.Empty(shop.Table(Tables.Summaries));
        Assert.Equal(2, shop.Table(Tables.Visitors).Count);
    }

    [Fact]
    public async Task SignIn_MakesThePastTheCustomersAndTheFutureToo()
    {
        var shop = await OpenAsync();
        await SignIn(Seen(Seen(shop, 1, "e1"), 1.5, "e2"), 2, "a").RunAsync(3);
        Assert.Equal(["e1", "e2", "in-2"], shop.Events("a").Select(e => e.EventId));
        await Seen(shop, 4, "e3").RunAsync(5);
        Assert.Equal(["e1", "e2", "in-2", "e3"], shop.Events("a").Select(e => e.EventId));
        Assert.Equal(4, shop.Profile("a")!.Events!.Count);
        Assert.Single(shop.Table(Tables.Visitors));
    }

    [Fact]
    public async Task SignIn_OfAnotherCustomerOnTheSameDevice_TakesWhatComesAfter()
    {
        var shop = await OpenAsync();
        await SignIn(Seen(SignIn(Seen(shop, 1, "e1"), 2, "a"), 3, "e2"), 4, "b").RunAsync(4.5);
        await Seen(shop, 5, "e3").RunAsync(6);
        Assert.Equal(["e1", "in-2", "e2"], shop.Events("a").Select(e => e.EventId));
        Assert.Equal(["in-4", "e3"], shop.Events("b").Select(e => e.EventId));
    }

    [Fact]
    public async Task SignIn_OldVisits_CountAndStartNothing()
    {
        var campaigns = new TestCampaigns
        {
            Segments = "segments:\n  - id: everyone\ntags:\n  - id: looker\n    when: { events: { name: viewed } }\n",
            Journeys = [TestCampaigns.TwoSteps(enter: "tag: looker")],
        };
        var shop = await OpenAsync(campaigns);
        await SignIn(Seen(shop.Order("a", 0), 1, "e1"), 5, "a").RunAsync(6);
        Assert.Equal(["looker"], shop.Profile("a")!.Standing!.Tags);
        Assert.Empty(shop.Sent());
    }

    [Fact]
    public async Task SentAgain_AfterTheSignIn_IsStillOne()
    {
        var shop = await OpenAsync();
        await SignIn(Seen(shop, 1, "e1"), 2, "a").RunAsync(3);
        await Seen(shop, 1, "e1", arrives: 4).RunAsync(5);
        Assert.Equal(2, shop.Events("a").Count);
    }

    [Fact]
    public async Task Visitor_QuietForNinetyDays_IsForgotten()
    {
        var shop = await OpenAsync();
        await Seen(Seen(shop, 1, "e1"), 50, "e2").RunAsync(139);
        Assert.Equal(3, shop.Table(Tables.Visitors).Count);
        await shop.RunAsync(141);
        Assert.Empty(shop.Table(Tables.Visitors));
    }

    [Fact]
    public async Task Visitor_FloodingEvents_IsKeptToTheLimit()
    {
        var shop = await OpenAsync();
        for (var i = 0; i < Visitors.MaxEvents + 20; i++)
        {
            Seen(shop, 1 + (i / 10_000.0), $"e{i}");
        }

        await shop.RunAsync(2);
        Assert.Equal(Visitors.MaxEvents + 1, shop.Table(Tables.Visitors).Count);
    }

    private static TestShop Seen(TestShop shop, double day, string id, double? arrives = null)
    {
        var fact = new CustomerEvent { EventId = id, CustomerId = Visitors.IdOf("v"), Name = EventNames.Viewed, At = Day(day) };
        var message = new VisitorEvent { CustomerId = fact.CustomerId, Event = fact, ArrivedAt = Day(arrives ?? day) };
        return shop.Happens(arrives ?? day, message.ToBus(id));
    }

    private static TestShop SignIn(TestShop shop, double day, string customer)
    {
        var fact = new CustomerEvent { EventId = $"in-{day}", CustomerId = customer, Name = "signed-in", At = Day(day) };
        var message = new VisitorSignedIn { CustomerId = customer, Visitor = "v", ArrivedAt = Day(day) };
        return shop.Happens(day, message.ToBus($"join-{day}")).Happens(day, EventArrived.ToBus(fact, Day(day), CustomerFacts.None));
    }
}
