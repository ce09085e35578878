using Microsoft.Extensions.Logging.Abstractions;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Email;
using Segue.Email.Suppression;
using Segue.Events;
using Segue.Measurement;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Simulation;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Simulation;

/// <summary>
/// People end one topic, or all, by the link of a mail while everything goes wrong: nothing of what they ended is claimed after their
/// word was taken, the other topic goes on, and reports count each of them once.
/// </summary>
public sealed class PreferenceFaultTests(ITestOutputHelper output)
{
    private const int Seeds = 12;
    private const int Customers = 6;

    private static readonly DateTimeOffset From = new(2024, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DerivedNames Names = new(new byte[32]);

    /// <summary>A message that is retried or delivered late is taken by then.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(6);

    private static readonly CampaignSet Campaigns = new TestCampaigns
    {
        Journeys =
        [
            TestCampaigns.Journey("  - id: offers\n    send: { email: hello, topic: offers }", enter: "event: go, key: n, reentry: never", id: "offers"),
            TestCampaigns.Journey("  - id: picks\n    send: { email: hello, topic: picks }", enter: "event: go, key: n, reentry: never", id: "picks"),
        ],
    }.Load();

    [Fact]
    public void Hold_WhatWasEnded_IsNotMailedAgain()
    {
        var (ofTopic, ofOther, afterAll) = (0, 0, 0);
        FaultSeeds.Hold(Seeds, plan =>
        {
            var wishes = WishesOf(plan.Seed);
            var store = new InMemoryTableStore();
            new CampaignCatalog(store, Campaigns, new VirtualTimeProvider(From), NullLogger<CampaignCatalog>.Instance).PublishAsync().GetAwaiter().GetResult();
            var facts = Facts().Concat(wishes.Select(w => (At: w.Message.At, Message: w.Message.ToBus($"wish-{w.Message.CustomerId}")))).OrderBy(f => f.At);
            var world = new FaultyWorld(plan, From, Engine, facts.Select(f => new HistoricFact(f.At, Queues.Customers, f.Message)), store);
            world.RunUntil(From.AddDays(8));

            Assert.Empty(world.DeadLetters);
            Assert.Empty(world.Sender.Copies);
            foreach (var (message, all) in wishes)
            {
                var profile = RowJson.Unpack(store.AllRows().Single(r => r.Table == Tables.Customers && r.Row.Partition == message.CustomerId && r.Row.Key == CustomerRows.Profile).Row, SegueJson.Default.CustomerProfile);
                Assert.Equal(all ? Consent.Refused : Consent.Granted, profile.Contact.EmailConsent);
                Assert.Equal(!all, profile.Topics?.GetValueOrDefault("offers") is { Wanted: false });
                var after = world.Sender.Accepted.Where(m => m.Email.To == $"{message.CustomerId}@example.com" && m.At > message.At + Grace)
                    .Select(m => RowJson.Unpack(store.AllRows().Single(r => r.Table == Tables.Customers && (r.Row.Key == CustomerRows.SettledSend(m.SendId) || r.Row.Key == CustomerRows.OpenSend(m.SendId))).Row, SegueJson.Default.Send)).ToList();
                Assert.DoesNotContain(after, s => s.Topic == "offers");
                ofOther += all ? 0 : after.Count;
                afterAll += all ? after.Count : 0;
                ofTopic += all ? 0 : 1;
                Assert.InRange(store.AllRows().Where(r => r.Table == Tables.Facts).Select(r => RowJson.Unpack(r.Row, SegueJson.Default.Fact))
                    .Count(f => f.Kind == FactKinds.Unsubscribed && f.CustomerId == message.CustomerId), 1, 1);
            }

            Assert.DoesNotContain(store.AllRows(), r => r.Row.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal));
        });
        output.WriteLine($"{Seeds} seeds: {ofTopic} ended a topic and got {ofOther} mails on the other afterwards; who ended all got {afterAll}");
        Assert.Equal(0, afterAll);
        Assert.True(ofOther > ofTopic);
    }

    /// <summary>Half of them end the topic of their first mail about offers, the other half all, at a moment between two days' mails.</summary>
    private static List<(Unsubscribed Message, bool All)> WishesOf(ulong seed)
    {
        var random = new Random((int)seed);
        return [.. Enumerable.Range(0, Customers).Where(c => c % 3 != 2).Select(c => (
            new Unsubscribed { CustomerId = $"c{c}", At = From.AddHours(40 + random.Next(60)), SendId = FirstOffer($"c{c}"), OnlyItsTopic = c % 3 == 0 }, c % 3 != 0))];
    }

    private static string FirstOffer(string customer) => Sends.Value[customer];

    /// <summary>Send ids are derived: a run without faults has those of every run.</summary>
    private static readonly Lazy<Dictionary<string, string>> Sends = new(() =>
    {
        var store = new InMemoryTableStore();
        new CampaignCatalog(store, Campaigns, new VirtualTimeProvider(From), NullLogger<CampaignCatalog>.Instance).PublishAsync().GetAwaiter().GetResult();
        var world = new FaultyWorld(FaultPlan.Undisturbed(), From, Engine, Facts().Select(f => new HistoricFact(f.At, Queues.Customers, f.Message)), store);
        world.RunUntil(From.AddDays(1.4));
        return store.AllRows().Where(r => r.Table == Tables.Customers && (r.Row.Key.StartsWith(CustomerRows.SettledSends, StringComparison.Ordinal) || r.Row.Key.StartsWith(CustomerRows.OpenSends, StringComparison.Ordinal)))
            .Select(r => (r.Row.Partition, Send: RowJson.Unpack(r.Row, SegueJson.Default.Send))).Where(s => s.Send.Topic == "offers").GroupBy(s => s.Partition).ToDictionary(c => c.Key, c => c.MinBy(s => s.Send.DueAt).Send.Id);
    });

    private static List<(DateTimeOffset At, BusMessage Message)> Facts()
    {
        var facts = new List<(DateTimeOffset, BusMessage)>();
        for (var c = 0; c < Customers; c++)
        {
            var (customer, at) = ($"c{c}", From.AddMinutes(c));
            facts.Add((at, OrderMessages.Arrived(new(new Order { OrderId = $"o{c}", CustomerId = customer, OrderedAt = at, Amount = 10 }, new() { Email = $"{customer}@example.com", EmailConsent = Consent.Granted, ConsentAt = at }), at)));
            for (var day = 1; day <= 7; day++)
            {
                var go = at.AddDays(day);
                facts.Add((go, EventArrived.ToBus(new CustomerEvent { EventId = $"go{c}-{day}", CustomerId = customer, Name = "go", At = go, Attributes = new Dictionary<string, string> { ["n"] = $"{day}" } }, go)));
            }
        }

        return [.. facts.OrderBy(f => f.Item1)];
    }

    private static (IReadOnlyList<QueueTrigger> Queues, IReadOnlyList<TimerTrigger> Timers) Engine(
        ITableStore store, IMessageBus bus, IEmailSender sender, TimeProvider clock)
    {
        var catalog = new CampaignCatalog(store, Campaigns, clock, NullLogger<CampaignCatalog>.Instance);
        var engine = new SegueEngine(new(store, bus, sender, clock), catalog, Names, RetryOptions.Immediate, NullLoggerFactory.Instance);
        return (engine.Queues, [.. engine.Timers.Select(t => t.Name is "StartRecurring" ? t with { Schedule = "0 5 */6 * * *" } : t)]);
    }
}
