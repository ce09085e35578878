using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Events;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;
using Segue.Webhooks;

namespace Segue.Tests.Simulation;

/// <summary>
/// Webhooks and limits under seeded faults: every call reaches its receiver at least once, copies under one id, nobody is called who
/// is not meant, and no period lets more pass than its limit.
/// </summary>
public sealed class WebhookFaultTests(ITestOutputHelper output)
{
    private const int Seeds = 12;
    private const int Customers = 7;
    private const int PerDay = 2;

    private static readonly DateTimeOffset From = new(2024, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = From.AddDays(8);
    private static readonly DerivedNames Names = new(new byte[32]);

    private static readonly CampaignSet Campaigns = new TestCampaigns
    {
        Journeys =
        [
            TestCampaigns.Journey(
                $"  - limit: {{ count: {PerDay}, per: 1d }}\n  - id: passed\n    emit: {{ event: passed }}\n  - id: hook\n    webhook: {{ url: https://a.example.com, consent: none }}", enter: "event: go"),
        ],
    }.Load();

    [Fact]
    public void Hold_WebhooksBehindALimit_InEverySeed()
    {
        var (calls, copies) = (0, 0);
        FaultSeeds.Hold(Seeds, plan =>
        {
            var store = new InMemoryTableStore();
            new CampaignCatalog(store, Campaigns, new VirtualTimeProvider(From), NullLogger<CampaignCatalog>.Instance).PublishAsync().GetAwaiter().GetResult();
            var receiver = new Receiver(plan.Seed);
            var world = new FaultyWorld(plan, From, (s, b, m, c) => Engine(s, b, m, c, receiver), Facts(plan.Seed), store);
            world.RunUntil(Until);

            Assert.Empty(world.DeadLetters);
            var settled = store.AllRows().Where(r => r.Table == Tables.Customers && r.Row.Key.StartsWith(CustomerRows.SettledWebhooks, StringComparison.Ordinal))
                .Select(r => RowJson.Unpack(r.Row, SegueJson.Default.WebhookCall)).ToList();
            Assert.Equal(Customers, settled.Count);
            Assert.All(settled, c => Assert.Equal(WebhookStatus.Taken, c.Status));
            Assert.Equal(settled.Select(c => c.Id).Order(), receiver.Taken.Keys.Order());
            Assert.DoesNotContain(store.AllRows(), r => r.Row.Key.StartsWith(CustomerRows.OpenWebhooks, StringComparison.Ordinal));
            Assert.DoesNotContain(store.AllRows(), r => r.Row.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal));

            var passed = store.AllRows().Where(r => r.Table == Tables.Customers && r.Row.Key.StartsWith(CustomerRows.Events, StringComparison.Ordinal))
                .Select(r => RowJson.Unpack(r.Row, SegueJson.Default.CustomerEvent)).Where(e => e.Name == "passed").ToList();
            Assert.Equal(Customers, passed.Count);
            Assert.All(passed.GroupBy(e => e.At.UtcDateTime.Date), day => Assert.InRange(day.Count(), 1, PerDay));
            calls += receiver.Calls;
            copies += receiver.Taken.Values.Sum(n => n - 1);
        });
        output.WriteLine($"{Seeds} seeds: {Seeds * Customers} webhooks, {calls} calls, {copies} of them copies of one that was taken");
        Assert.True(copies > 0, "A crash after a call must make a copy somewhere, or the test does not reach that place.");
    }

    private static IEnumerable<HistoricFact> Facts(ulong seed)
    {
        var random = new Random((int)seed);
        var facts = new List<(DateTimeOffset At, BusMessage Message)>();
        for (var c = 0; c < Customers; c++)
        {
            var (customer, at) = ($"c{c}", From.AddMinutes(random.Next(0, 3000)));
            facts.Add((at, OrderMessages.Arrived(new(new Order { OrderId = $"o{c}", CustomerId = customer, OrderedAt = at, Amount = 10 }, CustomerFacts.None), at)));
            facts.Add((at.AddMinutes(5), EventArrived.ToBus(new CustomerEvent { EventId = $"go{c}", CustomerId = customer, Name = "go", At = at.AddMinutes(5) }, at.AddMinutes(5))));
        }

        return facts.OrderBy(f => f.At).Select(f => new HistoricFact(f.At, Queues.Customers, f.Message));
    }

    private static (IReadOnlyList<QueueTrigger> Queues, IReadOnlyList<TimerTrigger> Timers) Engine(
        ITableStore store, IMessageBus bus, IEmailSender sender, TimeProvider clock, IWebhookCaller receiver)
    {
        var catalog = new CampaignCatalog(store, Campaigns, clock, NullLogger<CampaignCatalog>.Instance);
        var engine = new SegueEngine(new(store, bus, sender, clock) { Webhooks = receiver }, catalog, Names, RetryOptions.Immediate, NullLoggerFactory.Instance);
        return (engine.Queues, engine.Timers);
    }

    /// <summary>Takes two calls in three; of the others some were taken and only the answer was lost.</summary>
    private sealed class Receiver(ulong seed) : IWebhookCaller
    {
        public int Calls { get; private set; }

        public Dictionary<string, int> Taken { get; } = [];

        public Task<WebhookAnswer> CallAsync(WebhookRequest request, CancellationToken cancellation = default)
        {
            var lot = Draw.Of("receiver", string.Create(CultureInfo.InvariantCulture, $"{seed}~{request.Id}~{++Calls}"));
            if (lot < 0.8)
            {
                Taken[request.Id] = Taken.GetValueOrDefault(request.Id) + 1;
            }

            return Task.FromResult<WebhookAnswer>(lot < 0.67 ? new WebhookAnswer.Taken() : new WebhookAnswer.TryAgain("no answer in time"));
        }
    }
}
