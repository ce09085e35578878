using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Events;
using Segue.Messaging;
using Segue.Offers;
using Segue.Orders;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Simulation;
using Segue.Tests.Support;
using Segue.Webhooks;

namespace Segue.Tests.Offers;

/// <summary>
/// Codes, budgets and events under seeded faults: whatever crashes, repeats or loses its answer, no code goes to two customers, none
/// to one customer twice, no budget is exceeded, and every event counts once.
/// </summary>
public sealed class OfferFaultTests(ITestOutputHelper output)
{
    private const int Seeds = 30;
    private const int Customers = 8;
    private const int PoolCodes = 6;
    private const int BudgetCodes = 3;

    private static readonly DateTimeOffset From = new(2024, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = From.AddDays(12);
    private static readonly DerivedNames Names = new(new byte[32]);

    private static readonly CampaignSet Campaigns = new TestCampaigns
    {
        Segments = "segments:\n  - id: everyone\ntags:\n  - id: looker\n    when: { events: { name: viewed, within: 5d, count: \">= 2\" } }\n  - id: abandoner\n    when: { events: { name: cart-abandoned, within: 9d } }\n",
        Files = new Dictionary<string, string> { ["emails/give.hbs"] = "---\nsubject: For you\n---\n<p>{{offer.code}}</p>" },
        Journeys =
        [
            TestCampaigns.Journey("  - id: pooled\n    send: { email: give, topic: offers }\n    offer: { percent: 10, validFor: 30d, stack: true, codes: { pool: p } }", enter: "tag: looker, reentry: never", id: "pooled"),
            TestCampaigns.Journey($"  - id: bounded\n    send: {{ email: give, topic: offers }}\n    offer: {{ percent: 20, validFor: 30d, stack: true, budget: {{ codes: {BudgetCodes} }} }}", enter: "tag: abandoner, reentry: never", id: "bounded"),
            TestCampaigns.Journey("  - id: asked\n    send: { email: give, topic: offers }\n    offer: { percent: 15, validFor: 30d, stack: true, codes: { request: \"https://shop.example.com/codes\" } }", enter: "tag: looker, reentry: never", id: "asked"),
        ],
    }.Load();

    [Fact]
    public void Hold_PoolsBudgetsAndEvents_InEverySeed()
    {
        var (accepted, unknown, events, asked) = (0, 0, 0, 0);
        FaultSeeds.Hold(Seeds, plan =>
        {
            var store = Run(plan, out var world);
            var sends = Of(store, CustomerRows.OpenSends, SegueJson.Default.Send).Concat(Of(store, CustomerRows.SettledSends, SegueJson.Default.Send)).ToList();
            Assert.Empty(world.DeadLetters);
            Assert.Empty(world.Sender.Copies);
            Assert.Equal(sends.Count, sends.DistinctBy(s => (s.Partition, s.Value.Step)).Count());

            var given = sends.Where(s => s.Value.Offer is { Pool: not null, Code.Length: > 0 }).Select(s => s.Value.Offer!.Code).ToList();
            Assert.Equal(given.Count, given.Distinct().Count());
            Assert.InRange(given.Count, 1, PoolCodes);
            Assert.Equal(PoolCodes, store.AllRows().Count(r => r.Table == Tables.Codes && (r.Row.Key.StartsWith("free-", StringComparison.Ordinal) || r.Row.Key.StartsWith("taken-", StringComparison.Ordinal))));

            // One code a customer and mail, and none of two customers, wherever it comes from.
            var coded = sends.Where(s => s.Value.Offer is { Code.Length: > 0 } && s.Value.Status is SendStatus.Accepted or SendStatus.Unknown).ToList();
            Assert.Equal(coded.Count, coded.DistinctBy(s => s.Value.Offer!.Code).Count());
            Assert.All(sends.Where(s => s.Value is { Step: "asked", Status: SendStatus.Accepted }), s => Assert.Equal(ShopThatMakesCodes.CodeOf($"code-{s.Value.Id}"), s.Value.Offer!.Code));
            asked += coded.Count(s => s.Value.Step == "asked");

            var went = sends.Count(s => s.Value is { Step: "bounded", Status: SendStatus.Accepted or SendStatus.Unknown });
            Assert.InRange(went, 1, BudgetCodes);
            Assert.InRange(world.Sender.Accepted.Count(m => sends.Any(s => s.Value.Id == m.SendId && s.Value.Step == "bounded")), 0, BudgetCodes);

            foreach (var profile in Of(store, CustomerRows.Profile, SegueJson.Default.CustomerProfile))
            {
                var kept = store.AllRows().Where(r => r.Row.Partition == profile.Partition && r.Row.Key.StartsWith(CustomerRows.Events, StringComparison.Ordinal))
                    .Select(r => RowJson.Unpack(r.Row, SegueJson.Default.CustomerEvent)).ToList();
                Assert.Equal(4, kept.Count);
                Assert.Equal(kept.Count, profile.Value.Events!.Count);
                Assert.Equal(["added-to-cart", "cart-abandoned", "viewed", "viewed"], kept.Select(e => e.Name).Order());
                Assert.Equal(["abandoner", "looker"], profile.Value.Standing!.Tags.Concat(["abandoner", "looker"]).Distinct().Order());
                events += kept.Count;
            }

            Assert.DoesNotContain(store.AllRows(), r => r.Row.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal));
            accepted += world.Sender.Accepted.Count;
            unknown += sends.Count(s => s.Value.Status == SendStatus.Unknown);
        });
        output.WriteLine($"{Seeds} seeds: {accepted} mails accepted, {unknown} unknown, {events} events");
        Assert.True(accepted > Seeds);
        Assert.True(asked > Seeds);
    }

    private static InMemoryTableStore Run(FaultPlan plan, out FaultyWorld world)
    {
        var store = new InMemoryTableStore();
        new CampaignCatalog(store, Campaigns, new VirtualTimeProvider(From), NullLogger<CampaignCatalog>.Instance).PublishAsync().GetAwaiter().GetResult();
        var pools = new CodePools(store);
        for (var i = 0; i < PoolCodes; i++)
        {
            pools.AddAsync("p", $"P-{i}").GetAwaiter().GetResult();
        }

        world = new FaultyWorld(plan, From, Engine, Facts(plan.Seed).OrderBy(f => f.At).Select(f => new HistoricFact(f.At, Queues.Customers, f.Message)), store);
        world.RunUntil(Until);
        return store;
    }

    /// <summary>Everyone orders, looks twice and leaves a cart, at times of the seed's own; some of it is sent twice.</summary>
    private static IEnumerable<(DateTimeOffset At, BusMessage Message)> Facts(ulong seed)
    {
        var random = new Random((int)seed);
        for (var c = 0; c < Customers; c++)
        {
            var customer = $"c{c}";
            var at = From.AddMinutes(random.Next(0, 600));
            var order = new Order { OrderId = $"o{c}", CustomerId = customer, OrderedAt = at, Amount = 10 };
            yield return (at, OrderMessages.Arrived(new(order, new() { Email = $"{customer}@example.com", EmailConsent = Consent.Granted }), at));
            foreach (var name in new[] { EventNames.Viewed, EventNames.Viewed, EventNames.AddedToCart })
            {
                at = at.AddMinutes(random.Next(1, 2000));
                var fact = new CustomerEvent { EventId = $"{name}{at.UtcTicks}", CustomerId = customer, Name = name, At = at, ProductId = "p", Amount = 5 };
                yield return (at, EventArrived.ToBus(fact, at));
                if (random.Next(3) == 0)
                {
                    var again = at.AddMinutes(random.Next(0, 100));
                    yield return (again, EventArrived.ToBus(fact, again));
                }
            }
        }
    }

    private static (IReadOnlyList<QueueTrigger> Queues, IReadOnlyList<TimerTrigger> Timers) Engine(
        ITableStore store, IMessageBus bus, IEmailSender sender, TimeProvider clock)
    {
        var catalog = new CampaignCatalog(store, Campaigns, clock, NullLogger<CampaignCatalog>.Instance);
        var engine = new SegueEngine(new(store, bus, sender, clock) { Webhooks = new ShopThatMakesCodes() }, catalog, Names, RetryOptions.Immediate, NullLoggerFactory.Instance);
        return (engine.Queues, engine.Timers);
    }

    /// <summary>Answers the same code each time it is asked under one name.</summary>
    private sealed class ShopThatMakesCodes : IWebhookCaller
    {
        public static string CodeOf(string id) => $"A{SeedHash.Of(id):X}";

        public Task<WebhookAnswer> CallAsync(WebhookRequest request, CancellationToken cancellation = default) =>
            Task.FromResult<WebhookAnswer>(new WebhookAnswer.Taken());

        public async Task<(WebhookAnswer Answer, string? Text)> AskAsync(WebhookRequest request, CancellationToken cancellation = default) =>
            (await CallAsync(request, cancellation), $"{{\"code\":\"{CodeOf(request.Id)}\"}}");
    }

    private static IEnumerable<(string Partition, T Value)> Of<T>(
        InMemoryTableStore store, string prefix, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        store.AllRows().Where(r => r.Table == Tables.Customers && r.Row.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(r => (r.Row.Partition, RowJson.Unpack(r.Row, type)));
}
