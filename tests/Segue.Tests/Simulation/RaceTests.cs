using Segue.Customers;
using Segue.Email;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Simulation;

/// <summary>
/// Two handlers at once, in the one order that could do harm: while one stands before a write, the other runs from its start to its
/// end. The last unit of a budget is in OfferTests, an address that two customers have in AddressCapTests.
/// </summary>
public sealed class RaceTests
{
    private const string ByRank = """
        segments:
          - id: top
            when: { spend: top 50% }
          - id: rest
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calibration_AppliedWhileAHandlerWorksByTheOneBefore_WakesWhomItCouldNotSee()
    {
        var shop = await OpenAsync(new TestCampaigns { Segments = ByRank });
        await shop.Order("poor", 0, amount: 10).Order("middling", 0, amount: 20).RunAsync(1);
        Before(shop, Tables.Customers, "rich", async () =>
        {
            await shop.Engine.CalibrateAsync(initial: true, Cancellation);
            for (var shard = 0; shard < Shards.Count; shard++)
            {
                await HandleAsync(shop, Queues.ShardWork, ShardMessages.Of(new ApplyToShard { Shard = shard }, null));
            }
        });

        await shop.Order("rich", 1, amount: 100).RunAsync(1.01);

        var calibration = (await shop.Catalog.CurrentAsync(Cancellation)).Calibration!;
        Assert.Equal((calibration.Id, "top"), (shop.Profile("rich")!.CalibrationId, shop.Profile("rich")!.Standing!.Segment));
        Assert.Equal(calibration.Id, shop.Summary("rich")!.CalibrationId);
    }

    [Fact]
    public async Task Summary_ThatComesAfterANewerOne_ReplacesNothing()
    {
        var shop = await OpenAsync();
        Before(shop, Tables.Summaries, Shards.Text(Shards.Of("a")), () => HandleAsync(shop, Queues.Customers, Order("a", 0.2)));

        await shop.Order("a", 0.1).RunAsync(0.11);

        Assert.Equal(2, shop.Profile("a")!.Purchases.Orders);
        Assert.Equal((2, shop.Profile("a")!.Sequence), (shop.Summary("a")!.Summary.Purchases.Orders, shop.Summary("a")!.Sequence));
    }

    [Fact]
    public async Task DueRow_WrittenWhenItsHourIsOver_IsFoundAllTheSame()
    {
        var shop = await OpenAsync(TestCampaigns.Journey("  - wait: { for: 20m }\n  - id: late\n    send: { email: hello, topic: offers }", enter: "segment: everyone"));
        var day = 23.5 / 24;
        Before(shop, Tables.Due, null, () =>
        {
            shop.StandStillUntil(day + (1.8 / 24));
            return Task.CompletedTask;
        });

        await shop.Order("a", day).RunAsync(day + (2.5 / 24));

        var sent = Assert.Single(shop.Facts(FactKinds.Sent));
        Assert.InRange(sent.At, Day(day + (1.8 / 24)), Day(day + (2.3 / 24)));
    }

    [Fact]
    public async Task TwoRuns_WantTheLastMailUnderTheCap_OneGoesAndTheOtherWaits()
    {
        var shop = await OpenAsync(new TestCampaigns
        {
            Settings = "caps: { perDay: 1 }",
            Journeys = [.. new[] { "one", "two" }.Select(id => TestCampaigns.Journey($"  - id: {id}\n    send: {{ email: hello, topic: offers }}", enter: "event: go", id: id))],
        });
        string? other = null;
        shop.Store.BeforeCommit = (table, partition, changes) =>
        {
            // The first that is about to be claimed stands still until the other has been handled.
            var claimed = table == Tables.Customers && other is null
                ? changes.Where(c => c.Key.StartsWith(CustomerRows.OpenSends, StringComparison.Ordinal) && c.Properties is not null)
                    .Select(c => RowJson.Unpack(new Row(partition, c.Key, "", c.Properties!), SegueJson.Default.Send)).FirstOrDefault(s => s.Status == SendStatus.Attempting)
                : null;
            if (claimed is not null)
            {
                other = shop.Sends("a").Single(s => s.Id != claimed.Id).Id;
                HandleAsync(shop, Queues.Emails, SendMessages.Of("a", other, shop.Now, null)).GetAwaiter().GetResult();
            }
        };

        await shop.Order("a", 0).Event("a", 1, "go").RunAsync(1.2);

        Assert.NotNull(other);
        Assert.Single(shop.Sender.Tries);
        await shop.RunAsync(3);
        Assert.Equal(2, shop.Sender.Tries.Select(t => t.At.UtcDateTime.Date).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(180)]
    public async Task WakeUp_AtAWorkerWhoseClockIsBehind_PutsItselfBackForItsMoment(int secondsBehind)
    {
        var shop = await OpenAsync(TestCampaigns.Journey("  - wait: { for: 2h }\n  - id: mail\n    send: { email: hello, topic: offers }", enter: "segment: everyone"));
        await shop.Order("a", 0).RunAsync(0.01);
        var due = Day(0).AddHours(2);
        var run = Assert.Single(shop.UnderWay("a"));
        var wake = new WakeUp { CustomerId = "a", At = due, Why = "step" };
        var early = 2.0 / 24 - (secondsBehind / 86400.0);
        await shop.Happens(early, wake.ToBus("early"), Queues.JourneySteps).Happens(early, wake.ToBus("early, too")).RunAsync(early + 1e-9);
        Assert.Equal((run.Step, 0), (Assert.Single(shop.UnderWay("a")).Step, shop.Sender.Tries.Count));

        await shop.RunAsync(1);

        Assert.Equal(due, Assert.Single(shop.Sender.Tries).At);
    }

    /// <summary>Lets another handler run from start to end, once, when the first is about to write to a partition.</summary>
    private static void Before(TestShop shop, string table, string? partition, Func<Task> other)
    {
        var isOver = false;
        shop.Store.BeforeCommit = (t, p, _) =>
        {
            if (!isOver && t == table && (partition is null || p == partition))
            {
                isOver = true;
                other().GetAwaiter().GetResult();
            }
        };
    }

    private static Task HandleAsync(TestShop shop, string queue, BusMessage message) =>
        shop.Engine.Queues.Single(q => q.Queue == queue).Handle(message.Body, Cancellation);

    private static BusMessage Order(string customer, double day) => OrderMessages.Arrived(
        new(new() { OrderId = $"{customer}-{day}", CustomerId = customer, OrderedAt = Day(day), Amount = 10 }, new() { Email = $"{customer}@example.com", EmailConsent = Consent.Granted }),
        Day(day));
}
