using Segue.Customers;
using Segue.Messaging;
using Segue.Orders;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Orders;

/// <summary>History moves everybody and mails nobody, whatever is live.</summary>
public sealed class FirstImportTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_GeneratedShopWithEveryShippedJourneyLive_MailsNobody() =>
        await AssertMailsNobodyAsync(Purchase.Make(7, 600, TimeSpan.FromHours(1)), new(1998, 7, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(1998)]
    [InlineData(2026)]
    public async Task Import_CdnowWithEveryShippedJourneyLive_MailsNobody(int year) =>
        await AssertMailsNobodyAsync(Purchase.ReadCdnow(SharedData.Path("cdnow.csv")), new(year, 7, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Handle_OrderThatIsAWeekLate_MailsNobody()
    {
        var now = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var sender = new AcceptingSender();
        var world = await LiveAsync(now, sender);
        var orders = Enumerable.Range(0, 20).SelectMany(i => new[]
        {
            new Purchase($"late{i}", now.AddDays(-7), 100, 1).ToOrder(), new Purchase($"fresh{i}", now, 100, 2).ToOrder(),
        });
        await world.RunAsync(
            orders.Select(o => new HistoricFact(now, Queues.Customers, OrderMessages.Arrived(o, now))), now.AddDays(6), null, Cancellation);

        // The same orders on their day are welcomed, but for those held out: it is the lateness that keeps them quiet.
        Assert.DoesNotContain(sender.Taken, mail => mail.To.StartsWith("late", StringComparison.Ordinal));
        Assert.InRange(sender.Taken.Count, 10, 20);
    }

    private static async Task AssertMailsNobodyAsync(IReadOnlyList<Purchase> purchases, DateTimeOffset now)
    {
        var sender = new AcceptingSender();
        var world = await LiveAsync(now, sender);
        foreach (var customer in purchases.GroupBy(p => p.Customer))
        {
            var orders = customer.Select(p => p.ToOrder()).ToList();
            await world.Engine.Import.ImportAsync(customer.Key, orders[0].Customer, [.. orders.Select(o => o.Order).OrderBy(o => o.OrderedAt)], Cancellation);
        }

        await world.Engine.CalibrateAsync(initial: true, Cancellation);
        await world.RunAsync([], now.AddMinutes(10), null, Cancellation);

        Assert.Empty(sender.Taken);
        var profiles = world.Store.AllRows().Where(r => r.Table == Tables.Customers && r.Row.Key == CustomerRows.Profile)
            .Select(r => RowJson.Unpack(r.Row, SegueJson.Default.CustomerProfile)).ToList();
        Assert.Equal(purchases.DistinctBy(p => p.Customer).Count(), profiles.Count);
        Assert.Equal(purchases.Count, profiles.Sum(p => p.Purchases.Orders));
        Assert.DoesNotContain(world.Store.AllRows(), r => r.Row.Key.StartsWith(CustomerRows.Enrolments, StringComparison.Ordinal));

        // Everyone is where evaluating from scratch puts them, and the segments of high spenders are not empty.
        var state = await world.Catalog.CurrentAsync(Cancellation);
        Assert.NotNull(state.Calibration);
        Assert.All(profiles, p => Assert.True(p.Standing!.SaysTheSameAs(state.Set.Evaluator.Evaluate(p.Summary, state.Calibration, now.AddMinutes(10)))));
        Assert.Contains(profiles, p => p.Standing!.Segment is "vip-inactive" or "vip-active");
    }

    private static async Task<EngineWorld> LiveAsync(DateTimeOffset now, AcceptingSender sender)
    {
        var world = new EngineWorld(now, ShippedCampaigns.AllLive, new DerivedNames(new byte[32]), sender);
        await world.Catalog.PublishAsync(Cancellation);
        Assert.Equal(ShippedCampaigns.AllLive.Journeys.Count, (await world.Catalog.CurrentAsync(Cancellation)).Entrances.Count);
        return world;
    }
}
