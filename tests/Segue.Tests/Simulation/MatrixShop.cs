using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Simulation;

/// <summary>
/// Three days of a small shop in which everything happens once: entries, waits, exits, goals, a return, a duplicate, an order
/// that moves to another customer, a withdrawn consent, a calibration.
/// </summary>
internal static class MatrixShop
{
    /// <summary>A Sunday, so that the weekly calibration falls into the second night.</summary>
    public static readonly DateTimeOffset Start = new(2024, 1, 7, 6, 0, 0, TimeSpan.Zero);

    private static readonly DerivedNames Names = new(new byte[32]);

    public static readonly CampaignSet Campaigns = new TestCampaigns
    {
        Segments = """
            segments:
              - id: regular
                name: Regular
                when: { orders: ">= 2" }
              - id: other
                name: Other
            tags:
              - id: quiet
                when: { daysSinceLastOrder: ">= 1" }
            """,
        Journeys =
        [
            """
            id: come-back
            name: Come back
            status: live
            enter: { tag: quiet, reentry: always }
            exitWhen: [ { event: order } ]
            goal: { event: order, within: 2d }
            steps:
              - id: first
                send: { email: offer, topic: offers }
                offer: { percent: 5, validFor: 2d }
              - wait: { for: 2h }
              - split:
                  if: { orders: ">= 2" }
                  then:
                    - id: second
                      send: { email: hello, topic: offers }
                  else:
                    - end: { reason: one order }
            """,
            TestCampaigns.Journey("  - wait: { for: 40m }\n  - id: welcome\n    send: { email: hello, topic: news }", enter: "segment: regular", id: "welcome"),
        ],
    }.Load();

    /// <summary>What happens in it.</summary>
    public static IEnumerable<HistoricFact> Facts() => new[]
    {
        Order("anna", 0.01), Order("anna", 1.35), Order("anna", 1.5, change: o => o with { OrderId = "anna-back", RefundOf = "anna-1.35", Amount = 4 }),
        Order("ben", 0.02), Order("ben", 0.03), Order("ben", 0.03),
        Order("cleo", 0.04), Says("cleo", 1.06, new() { EmailConsent = Consent.Refused }),
        Order("dan", 0.05, id: "moved"), Order("eve", 0.4, id: "moved", change: o => o with { UpdatedAt = At(0.4) }),
        Order("gus", 0.005, id: "gus-1"), Order("gus", 0.005, id: "gus-2"),
        Order("gus", 3.1, id: "gus-3"), Order("gus", 3.1, id: "gus-4"),
        Order("fay", 0.9), Order("fay", 1.95, change: o => o with { Status = OrderStatus.Cancelled }),
    }.OrderBy(f => f.At);

    /// <summary>So many days after its start.</summary>
    public static DateTimeOffset At(double days) => Start.AddTicks((long)(days * TimeSpan.TicksPerDay));

    private static HistoricFact Order(string customer, double day, string? id = null, Func<Order, Order>? change = null)
    {
        var order = new Order
        {
            OrderId = id ?? FormattableString.Invariant($"{customer}-{day}"), CustomerId = customer, OrderedAt = At(day), Amount = 10,
        };
        var contact = new CustomerFacts { Email = $"{customer}@example.com", EmailConsent = Consent.Granted };
        return new(At(day), Queues.Customers, OrderMessages.Arrived(new(change?.Invoke(order) ?? order, contact), At(day)));
    }

    private static HistoricFact Says(string customer, double day, CustomerFacts facts) =>
        new(At(day), Queues.Customers, OrderMessages.Changed(customer, facts, At(day)));

    /// <summary>Runs it to its end.</summary>
    public static FaultyWorld Run(FaultPlan plan) => Run(plan, ports => ports);

    /// <summary>Runs it to its end with an engine that sees its ports through something.</summary>
    public static FaultyWorld Run(FaultPlan plan, Func<EnginePorts, EnginePorts> through)
    {
        var store = new InMemoryTableStore();
        new CampaignCatalog(store, Campaigns, new VirtualTimeProvider(Start), NullLogger<CampaignCatalog>.Instance)
            .PublishAsync().GetAwaiter().GetResult();
        var world = new FaultyWorld(plan, Start, (s, b, e, c) => Engine(through(new(s, b, e, c))), Facts(), store, handlersAtOnce: 3);
        world.RunUntil(At(3.2));
        return world;
    }

    /// <summary>Its functions.</summary>
    public static (IReadOnlyList<QueueTrigger> Queues, IReadOnlyList<TimerTrigger> Timers) Engine(EnginePorts ports, RetryOptions? retries = null)
    {
        var catalog = new CampaignCatalog(ports.Store, Campaigns, ports.Clock, NullLogger<CampaignCatalog>.Instance);
        var engine = new SegueEngine(ports, catalog, Names, retries ?? RetryOptions.Immediate, NullLoggerFactory.Instance);
        return (engine.Queues, engine.Timers);
    }

    /// <summary>Throws when a run's end differs from the undisturbed one by more than mails known to be unknown.</summary>
    public static string Compare(FaultyWorld undisturbed, FaultyWorld world)
    {
        var (expected, actual) = (ShopState.Of((InMemoryTableStore)undisturbed.Store), ShopState.Of((InMemoryTableStore)world.Store));
        Assert.Empty(world.DeadLetters);
        Assert.Empty(world.Sender.Copies);
        Assert.Equal(expected.Customers, actual.Customers);
        Assert.Equal(expected.Summaries, actual.Summaries);
        Assert.Equal(expected.Ended, actual.Ended);
        Assert.Equal(expected.UnderWay, actual.UnderWay);

        // An order follows the mails that are known to have gone: where one is unknown, what it is attributed to differs rightly.
        var doubtful = actual.Mails.Where(m => m.Value == SendStatus.Unknown).Select(m => m.Key[..m.Key.IndexOf(' ')]).ToHashSet();
        bool IsCertain(string fact) => !doubtful.Any(c => fact.StartsWith($"{c} {FactKinds.Attributed} ", StringComparison.Ordinal));
        Assert.Equal(expected.Facts.Where(IsCertain), actual.Facts.Where(IsCertain));
        Assert.Equal(0, actual.Outboxes);
        Assert.Equal(expected.Mails.Keys, actual.Mails.Keys);
        var accepted = world.Sender.Accepted.Select(m => m.SendId).ToHashSet();
        Assert.Subset(undisturbed.Sender.Accepted.Select(m => m.SendId).ToHashSet(), accepted);
        var different = actual.Mails.Where(m => expected.Mails[m.Key] != m.Value).ToList();
        Assert.All(different, m => Assert.Equal(SendStatus.Unknown, m.Value));
        Assert.All(
            actual.Mails.Where(m => m.Value == SendStatus.Accepted), m => Assert.Contains(m.Key[(m.Key.LastIndexOf(' ') + 1)..], accepted));
        return different.Count == 0 ? "as undisturbed" : "unknown";
    }
}
