using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Measurement.Reports;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Simulation;

/// <summary>
/// The whole engine under seeded faults: crashes, lost answers, duplicates, reordering, conflicts, lost locks, skewed clocks.
/// Whatever goes wrong, no mail goes that would not have gone, none goes twice, and what is missing is known to be unknown.
/// </summary>
public sealed class EngineFaultTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset From = new(1997, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DerivedNames Names = new(new byte[32]);

    /// <summary>Another number of seeds, for long runs by hand; with 200, each customer of the whole file has one.</summary>
    private static readonly int? AskedFor = int.TryParse(Environment.GetEnvironmentVariable("SEGUE_FAULT_SEEDS"), out var n) ? n : null;

    [Fact]
    public void Hold_GeneratedShop_EveryMailIsExpectedOnceOrUnknown() =>
        Hold(AskedFor ?? 60, seed => Purchase.Make((int)seed, 6, TimeSpan.FromDays(1)), From.AddDays(120));

    [Fact]
    public void Hold_CdnowWithTimesOfDay_EveryMailIsExpectedOnceOrUnknown()
    {
        var bySlice = Purchase.ReadCdnow(
                SharedData.Path(AskedFor is null ? "cdnow-sample.csv" : "cdnow.csv"), row => TimeSpan.FromMinutes((int)(Draw.Of("time of day", $"{row}") * 1440)))
            .ToLookup(p => (ulong)(Draw.Of("slice", p.Customer) * 200));
        Hold(AskedFor ?? 10, seed => [.. bySlice[seed % 200]], From.AddDays(546));
    }

    private void Hold(int seeds, Func<ulong, IReadOnlyList<Purchase>> purchasesOf, DateTimeOffset until)
    {
        var coverage = new FaultCoverage();
        var (expectedMails, acceptedMails, unknownMails) = (0, 0, 0);
        FaultSeeds.Hold(seeds, plan =>
        {
            var purchases = purchasesOf(plan.Seed);
            var world = Run(plan, purchases, until);
            var store = (InMemoryTableStore)world.Store;
            var sends = SendsOf(store);
            var expected = TwoStepReactivation.BruteForce(purchases, until).ToHashSet();
            var accepted = world.Sender.Accepted.Select(mail => sends[mail.SendId]).ToList();
            var unknown = sends.Values.Where(s => s.Status == SendStatus.Unknown).Select(s => s.Mail).ToHashSet();

            Assert.Empty(world.DeadLetters);
            Assert.Empty(world.Sender.Copies);
            Assert.Subset(expected, accepted.Select(s => s.Mail).ToHashSet());
            Assert.Equal(accepted.Count, accepted.DistinctBy(s => s.Mail).Count());
            Assert.Subset(unknown, expected.Except(accepted.Select(s => s.Mail)).ToHashSet());
            Assert.All(sends.Values, s => Assert.True(s.Status is SendStatus.Accepted or SendStatus.Unknown, $"{s.Mail}: {s.Status}"));
            AssertEveryOrderCountsOnce(store, purchases, until);
            Assert.DoesNotContain(store.AllRows(), r => r.Row.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal));

            coverage.Add(world.Coverage);
            expectedMails += expected.Count;
            acceptedMails += accepted.Count;
            unknownMails += expected.Count - accepted.Count;
        });
        output.WriteLine($"{seeds} seeds: {expectedMails} mails expected, {acceptedMails} accepted, {unknownMails} not accepted and unknown");
        output.WriteLine(coverage.ToString());
        Assert.True(acceptedMails > 0 && acceptedMails + unknownMails == expectedMails);
    }

    private static FaultyWorld Run(FaultPlan plan, IReadOnlyList<Purchase> purchases, DateTimeOffset until)
    {
        var store = new InMemoryTableStore();
        var start = new CampaignCatalog(store, TwoStepReactivation.Campaigns, new VirtualTimeProvider(From), NullLogger<CampaignCatalog>.Instance);
        start.PublishAsync().GetAwaiter().GetResult();
        var facts = purchases.Where(p => p.At < until).OrderBy(p => p.At)
            .Select(p => new HistoricFact(p.At, Queues.Customers, OrderMessages.Arrived(p.ToOrder(), p.At)));
        var world = new FaultyWorld(plan, From, Engine, facts, store);
        world.RunUntil(until);
        return world;
    }

    private static (IReadOnlyList<QueueTrigger> Queues, IReadOnlyList<TimerTrigger> Timers) Engine(
        ITableStore store, IMessageBus bus, IEmailSender sender, TimeProvider clock)
    {
        var catalog = new CampaignCatalog(store, TwoStepReactivation.Campaigns, clock, NullLogger<CampaignCatalog>.Instance);
        var engine = new SegueEngine(new(store, bus, sender, clock), catalog, Names, RetryOptions.Immediate, NullLoggerFactory.Instance);

        // Every tick is a delivery with faults of its own; those that find nothing to do in this shop come four times a day.
        return (engine.Queues, [.. engine.Timers.Select(t => t.Name is "StartRecurring" or RollUpReports.Name ? t with { Schedule = "0 5 */6 * * *" } : t)]);
    }

    private static Dictionary<string, ((string Customer, string Step, DateTimeOffset At) Mail, SendStatus Status)> SendsOf(InMemoryTableStore store) =>
        store.AllRows().Where(r => r.Table == Tables.Customers && (r.Row.Key.StartsWith(CustomerRows.OpenSends, StringComparison.Ordinal)
                || r.Row.Key.StartsWith(CustomerRows.SettledSends, StringComparison.Ordinal)))
            .Select(r => (r.Row.Partition, Send: RowJson.Unpack(r.Row, SegueJson.Default.Send)))
            .ToDictionary(s => s.Send.Id, s => ((s.Partition, s.Send.Step, s.Send.DueAt), s.Send.Status));

    private static void AssertEveryOrderCountsOnce(InMemoryTableStore store, IReadOnlyList<Purchase> purchases, DateTimeOffset until)
    {
        var counted = store.AllRows().Where(r => r.Table == Tables.Customers && r.Row.Key == CustomerRows.Profile)
            .Select(r => RowJson.Unpack(r.Row, SegueJson.Default.CustomerProfile))
            .ToDictionary(p => p.CustomerId, p => (p.Purchases.Orders, p.Purchases.TotalSpend));
        var expected = purchases.Where(p => p.At < until).GroupBy(p => p.Customer)
            .ToDictionary(c => c.Key, c => (c.Count(), c.Sum(p => p.Amount)));
        Assert.Equal(expected.OrderBy(c => c.Key, StringComparer.Ordinal), counted.OrderBy(c => c.Key, StringComparer.Ordinal));
    }
}
