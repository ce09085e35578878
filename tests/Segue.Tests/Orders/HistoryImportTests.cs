using Segue.Customers;
using Segue.Measurement;
using Segue.Orders;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Orders;

public sealed class HistoryImportTests
{
    private static readonly CustomerFacts Reachable = new() { Email = "a@example.com", EmailConsent = Consent.Granted };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_LiveJourneys_MailsAndEnrolsNobody()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        shop.StandStillUntil(100);
        for (var c = 0; c < 20; c++)
        {
            await shop.Engine.Import.ImportAsync($"c{c}", Reachable, [Order(c * 5, $"o{c}", $"c{c}")], Cancellation);
        }

        await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        await shop.RunAsync(100.5);

        Assert.Equal(9, Enumerable.Range(0, 20).Count(c => shop.Profile($"c{c}")!.Standing!.IsIn("silent-60")));
        Assert.Empty(shop.Facts(FactKinds.Entered));
        Assert.Empty(shop.Sender.Tries);
    }

    [Fact]
    public async Task Import_ThenTimePasses_StartsJourneys()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        shop.StandStillUntil(100);
        await shop.Engine.Import.ImportAsync("a", Reachable, [Order(50, "o")], Cancellation);
        await shop.RunAsync(130);
        Assert.Equal([("a", "first", 110.0), ("a", "second", 124.0)], shop.Sent());
    }

    [Fact]
    public async Task Import_ThenAnOutageOfWeeks_StillFindsWhatWasDue()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Engine.Import.ImportAsync("a", Reachable, [Order(-1, "o")], Cancellation);
        shop.StandStillUntil(65);
        await shop.RunAsync(66);
        Assert.Equal(Day(59), Assert.Single(shop.Facts(FactKinds.Entered)).At);
        Assert.Single(shop.Sender.Tries);
    }

    [Fact]
    public async Task Import_OrderAndItsReturnInOneBatch_CountsBoth()
    {
        var shop = await OpenAsync();
        shop.StandStillUntil(100);
        var outcome = await shop.Engine.Import.ImportAsync(
            "a", Reachable, [Order(1, "o"), Order(2, "p"), Order(3, "r") with { RefundOf = "p", Amount = 4 }], Cancellation);
        Assert.Equal((3, 16m), (outcome.Recorded, outcome.Revenue));
        Assert.Equal((2, 16m), (shop.Profile("a")!.Purchases.Orders, shop.Profile("a")!.Purchases.TotalSpend));
    }

    [Theory]
    [InlineData("x", "y")]
    [InlineData("y", "x")]
    public async Task Import_TwoOrdersOfOneDay_CountsBoth(string first, string second)
    {
        var shop = await OpenAsync();
        shop.StandStillUntil(100);
        await shop.Engine.Import.ImportAsync("a", Reachable, [Order(1, first), Order(1, second)], Cancellation);
        Assert.Equal((2, 20m), (shop.Profile("a")!.Purchases.Orders, shop.Profile("a")!.Purchases.TotalSpend));
    }

    [Fact]
    public async Task Import_VersionsInOneBatch_KeepsTheNewest()
    {
        var shop = await OpenAsync();
        shop.StandStillUntil(100);
        var outcome = await shop.Engine.Import.ImportAsync(
            "a", Reachable, [Order(1, "o"), Order(5, "o") with { Amount = 7, UpdatedAt = Day(5) }, Order(1, "o")], Cancellation);
        Assert.Equal((1, 7m), (shop.Profile("a")!.Purchases.Orders, shop.Profile("a")!.Purchases.TotalSpend));
        Assert.Equal(2, outcome.Recorded);
        Assert.Equal("o", Assert.Single(outcome.Refused).OrderId);
    }

    [Fact]
    public async Task Import_Again_ChangesNothing()
    {
        var shop = await OpenAsync();
        shop.StandStillUntil(400);
        Order[] orders = [.. Enumerable.Range(0, 250).Select(i => Order(i, $"o{i}"))];
        var once = await shop.Engine.Import.ImportAsync("a", Reachable, orders, Cancellation);
        var before = shop.Profile("a")!;
        var again = await shop.Engine.Import.ImportAsync("a", Reachable, orders, Cancellation);

        Assert.Equal((250, 0, 2500m), (once.Recorded, once.Duplicates, once.Revenue));
        Assert.Equal((0, 250, 0m), (again.Recorded, again.Duplicates, again.Revenue));
        Assert.Equal((250, 3L, 3L), (before.Purchases.Orders, before.Sequence, shop.Profile("a")!.Sequence));
    }

    [Fact]
    public async Task Import_SomeKnownAndSomeNew_RecordsTheNew()
    {
        var shop = await OpenAsync();
        shop.StandStillUntil(400);
        await shop.Engine.Import.ImportAsync("a", Reachable, [Order(1, "o1"), Order(3, "o3")], Cancellation);
        var outcome = await shop.Engine.Import.ImportAsync(
            "a", Reachable, [Order(1, "o1"), Order(2, "o2"), Order(3, "o3"), Order(4, "o4")], Cancellation);
        Assert.Equal((2, 2), (outcome.Recorded, outcome.Duplicates));
        Assert.Equal((4, 40m), (shop.Profile("a")!.Purchases.Orders, shop.Profile("a")!.Purchases.TotalSpend));
    }

    [Fact]
    public async Task Import_Contradiction_IsRefusedAndTheRestKept()
    {
        var shop = await OpenAsync();
        shop.StandStillUntil(400);
        await shop.Engine.Import.ImportAsync("a", Reachable, [Order(1, "o")], Cancellation);
        var outcome = await shop.Engine.Import.ImportAsync("a", Reachable, [Order(1, "o") with { Amount = 99 }, Order(2, "p")], Cancellation);
        Assert.Equal(1, outcome.Recorded);
        Assert.Contains("other content", Assert.Single(outcome.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(20m, shop.Profile("a")!.Purchases.TotalSpend);
    }

    [Fact]
    public async Task Import_Grant_NeverTurnsARefusal()
    {
        var shop = await OpenAsync();
        await shop.Says("a", 1, new() { Email = "a@example.com", EmailConsent = Consent.Refused }).RunAsync(2);
        await shop.Engine.Import.ImportAsync("a", Reachable, [Order(1, "o")], Cancellation);
        Assert.Equal(Consent.Refused, shop.Profile("a")!.Contact.EmailConsent);
        Assert.False(shop.Summary("a")!.Summary.Reachable);
    }

    [Fact]
    public async Task Import_CustomerWithoutOrders_IsAProspect()
    {
        var shop = await OpenAsync();
        await shop.Engine.Import.ImportAsync("a", Reachable, [], Cancellation);
        Assert.Equal((0, "everyone"), (shop.Profile("a")!.Purchases.Orders, shop.Profile("a")!.Standing!.Segment));
    }

    [Fact]
    public async Task Import_OrderOfOneUnderWay_EndsTheRunAndReachesTheGoal()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: order } ]\ngoal: { event: order, within: 28d }"));
        await shop.Order("a", 0).RunAsync(70);
        await shop.Engine.Import.ImportAsync("a", CustomerFacts.None, [Order(62, "late")], Cancellation);
        await shop.RunAsync(90);

        Assert.Equal("order", Assert.Single(shop.Ended("a")).EndReason);
        Assert.Equal(("late", Day(62)), (Assert.Single(shop.Facts(FactKinds.Converted)).OrderId, shop.Facts(FactKinds.Converted)[0].At));
        Assert.Equal([("a", "first", 60.0)], shop.Sent());
    }

    private static Order Order(double day, string id, string customer = "a") =>
        new() { OrderId = id, CustomerId = customer, OrderedAt = Day(day), Amount = 10 };
}
