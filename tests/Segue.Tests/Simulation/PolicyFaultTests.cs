using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Events;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Simulation;

/// <summary>
/// The sending policy under seeded faults: frequency caps hold for every customer and every address, no hour has more than its rate, and a customer has one variant of a
/// test for ever, whatever crashes, repeats or loses its answer.
/// </summary>
public sealed class PolicyFaultTests(ITestOutputHelper output)
{
    private const int Seeds = 12;
    private const int Customers = 6;
    private const int Addresses = 4;
    private const int PerWeek = 2;
    private const int PerHour = 3;
    private const int WarmUpFrom = 1;

    private static readonly DateTimeOffset From = new(2024, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = From.AddDays(14);
    private static readonly DerivedNames Names = new(new byte[32]);

    private static readonly CampaignSet Campaigns = new TestCampaigns
    {
        Settings = $"caps: {{ perDay: 1, perWeek: {PerWeek} }}\nrate: {{ perHour: {PerHour}, warmUp: {{ from: {WarmUpFrom}, days: 4, since: 2024-01-02 }} }}",
        Journeys =
        [
            TestCampaigns.Journey(
                "  - test: { name: tone, variants: { warm: 50, cool: 50 } }\n    warm: [ { id: warm, send: { email: hello, topic: offers } } ]\n    cool: [ { id: cool, send: { email: hello, topic: offers } } ]",
                enter: "event: go, key: n, reentry: never"),
        ],
    }.Load();

    [Fact]
    public void Hold_CapsAndStickyVariants_InEverySeed()
    {
        var (went, unknown, full) = (0, 0, 0);
        FaultSeeds.Hold(Seeds, plan =>
        {
            var store = new InMemoryTableStore();
            new CampaignCatalog(store, Campaigns, new VirtualTimeProvider(From), NullLogger<CampaignCatalog>.Instance).PublishAsync().GetAwaiter().GetResult();
            var world = new FaultyWorld(plan, From, Engine, Facts(plan.Seed), store);
            world.RunUntil(Until);

            Assert.Empty(world.DeadLetters);
            Assert.Empty(world.Sender.Copies);
            var sends = store.AllRows().Where(r => r.Table == Tables.Customers && (r.Row.Key.StartsWith(CustomerRows.SettledSends, StringComparison.Ordinal)
                    || r.Row.Key.StartsWith(CustomerRows.OpenSends, StringComparison.Ordinal)))
                .Select(r => (Customer: r.Row.Partition, Send: RowJson.Unpack(r.Row, SegueJson.Default.Send))).ToList();
            Assert.All(sends.GroupBy(s => s.Customer), c => Assert.Single(c.Select(s => s.Send.Variant).Distinct()));

            // What is unknown may have gone, so it counts.
            var gone = sends.Where(s => s.Send.Status is SendStatus.Accepted or SendStatus.Unknown).ToList();
            Assert.All(gone.GroupBy(s => AddressOf(s.Customer)), mails => Assert.All(mails, m =>
            {
                var day = m.Send.ClaimedAt!.Value.UtcDateTime.Date;
                Assert.Single(mails, o => o.Send.ClaimedAt!.Value.UtcDateTime.Date == day);
                Assert.InRange(mails.Count(o => o.Send.ClaimedAt!.Value.UtcDateTime.Date <= day && o.Send.ClaimedAt.Value.UtcDateTime.Date > day.AddDays(-7)), 1, PerWeek);
            }));
            // No hour more than its rate, which grows from the ramp's first day on.
            var rate = new SendingRate(PerHour, new(WarmUpFrom, 4, new(2024, 1, 2)));
            Assert.All(gone.GroupBy(s => s.Send.ClaimedAt!.Value.UtcTicks / TimeSpan.TicksPerHour), hour =>
                Assert.InRange(hour.Count(), 1, rate.At(new(hour.Key * TimeSpan.TicksPerHour, TimeSpan.Zero))));
            full += gone.GroupBy(s => s.Send.ClaimedAt!.Value.UtcTicks / TimeSpan.TicksPerHour).Count(h => h.Count() == rate.At(new(h.Key * TimeSpan.TicksPerHour, TimeSpan.Zero)));
            Assert.Subset(gone.Select(s => s.Send.Id).ToHashSet(), world.Sender.Accepted.Select(m => m.SendId).ToHashSet());
            Assert.DoesNotContain(store.AllRows(), r => r.Row.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal));
            went += gone.Count;
            unknown += gone.Count(s => s.Send.Status == SendStatus.Unknown);
        });
        output.WriteLine($"{Seeds} seeds: {went} mails went, {unknown} of them unknown; {full} hours were full");
        Assert.True(full > Seeds);
        Assert.True(went > Seeds * Addresses);
    }

    private static string AddressOf(string customer) => $"a{int.Parse(customer[1..], System.Globalization.CultureInfo.InvariantCulture) % Addresses}@example.com";

    /// <summary>Everyone orders and has four reasons to be mailed, some of them at nearly one moment.</summary>
    private static IEnumerable<HistoricFact> Facts(ulong seed)
    {
        var random = new Random((int)seed);
        var facts = new List<(DateTimeOffset At, BusMessage Message)>();
        for (var c = 0; c < Customers; c++)
        {
            var (customer, at) = ($"c{c}", From.AddMinutes(random.Next(0, 60)));
            facts.Add((at, OrderMessages.Arrived(new(new Order { OrderId = $"o{c}", CustomerId = customer, OrderedAt = at, Amount = 10 }, new() { Email = AddressOf(customer), EmailConsent = Consent.Granted }), at)));
            for (var n = 0; n < 4; n++)
            {
                var go = From.AddMinutes(90 + (n * random.Next(1, 2000)) + random.Next(0, 3));
                var fact = new CustomerEvent { EventId = $"go{c}-{n}", CustomerId = customer, Name = "go", At = go, Attributes = new Dictionary<string, string> { ["n"] = $"{n}" } };
                facts.Add((go, EventArrived.ToBus(fact, go)));
            }
        }

        return facts.OrderBy(f => f.At).Select(f => new HistoricFact(f.At, Queues.Customers, f.Message));
    }

    private static (IReadOnlyList<QueueTrigger> Queues, IReadOnlyList<TimerTrigger> Timers) Engine(
        ITableStore store, IMessageBus bus, IEmailSender sender, TimeProvider clock)
    {
        var catalog = new CampaignCatalog(store, Campaigns, clock, NullLogger<CampaignCatalog>.Instance);
        var engine = new SegueEngine(new(store, bus, sender, clock), catalog, Names, RetryOptions.Immediate, NullLoggerFactory.Instance);
        return (engine.Queues, engine.Timers);
    }
}
