using Segue.Customers;
using Segue.Events;
using Segue.Messaging;
using Segue.Orders;
using Segue.Ports;
using Segue.Privacy;
using Segue.Simulation;

namespace Segue.Tests.Simulation.Life;

/// <summary>One thing that happens in a shop.</summary>
/// <param name="Fact">When, and the message by which the engine learns of it.</param>
/// <param name="Words">What it is, for who reads a failing history.</param>
internal sealed record LifeEvent(HistoricFact Fact, string Words)
{
    public override string ToString() => $"{Fact.At:MM-dd HH:mm:ss} {Words}";
}

/// <summary>
/// Five weeks of a small shop, drawn by a seed: orders that come late, twice, in older versions, go back or to another
/// customer; views; consents given and withdrawn; campaigns edited, paused and resumed while people are under way.
/// </summary>
internal static class ShopLife
{
    /// <summary>A Saturday; Europe's clocks change on the eighth day.</summary>
    public static readonly DateTimeOffset Start = new(2024, 3, 23, 6, 0, 0, TimeSpan.Zero);

    /// <summary>After this nothing happens any more.</summary>
    public static readonly DateTimeOffset LastEvent = Start.AddDays(28);

    /// <summary>By now everything that was under way has had its time.</summary>
    public static readonly DateTimeOffset End = Start.AddDays(35);

    /// <summary>The queue of what the shop's people do.</summary>
    public const string Acts = "acts";

    private const int Customers = 5;

    private static readonly string[] Zones = ["", "America/New_York", "Asia/Tokyo"];

    /// <summary>The seed's story, in order.</summary>
    public static IReadOnlyList<LifeEvent> Of(ulong seed)
    {
        var random = new Random((int)(seed * 7919 % int.MaxValue));
        var story = new List<LifeEvent>();
        for (var c = 0; c < Customers; c++)
        {
            Live(story, $"c{c}", random);
        }

        Work(story, random);
        return [.. story.OrderBy(e => e.Fact.At)];
    }

    /// <summary>The seed's story, in which some ask to be forgotten, and some of those come again.</summary>
    public static IReadOnlyList<LifeEvent> WithErasures(ulong seed)
    {
        // Drawn apart, so that the rest of the story is that of the seed.
        var random = new Random((int)((seed * 104729) % int.MaxValue));
        var story = Of(seed).ToList();
        for (var c = 0; c < Customers; c++)
        {
            for (var times = random.Next(4) == 0 ? random.Next(1, 3) : 0; times > 0; times--)
            {
                var at = At(random);
                Add(story, at, Queues.Customers, ErasureIntake.Message($"c{c}", at), $"c{c} asks to be forgotten");
            }
        }

        return [.. story.OrderBy(e => e.Fact.At)];
    }

    private static void Live(List<LifeEvent> story, string customer, Random random)
    {
        var zone = Zones[random.Next(Zones.Length)];
        Tell(story, customer, Start.AddMinutes(random.Next(1, 300)), new() { TimeZone = zone.Length == 0 ? null : zone, Attributes = new Dictionary<string, string> { ["since"] = "start" } }, $"lives in {zone}");
        var orders = random.Next(1, 7);
        for (var o = 0; o < orders; o++)
        {
            Buy(story, customer, $"{customer}-{o}", At(random), random);
        }

        for (var views = random.Next(0, 7); views > 0; views--)
        {
            View(story, customer, At(random), random);
        }

        for (var changes = random.Next(0, 3); changes > 0; changes--)
        {
            var (at, consent) = (At(random), random.Next(2) == 0 ? Consent.Refused : Consent.Granted);
            Tell(story, customer, at, new() { EmailConsent = consent, ConsentAt = at }, $"consent {consent}");
        }
    }

    private static void Buy(List<LifeEvent> story, string customer, string id, DateTimeOffset at, Random random)
    {
        var order = new Order { OrderId = id, CustomerId = customer, OrderedAt = at, UpdatedAt = at, Amount = random.Next(1, 200) };
        var contact = new CustomerFacts { Email = $"{customer}@example.com", EmailConsent = Consent.Granted, ConsentAt = Start };
        var arrives = random.Next(6) == 0 ? Min(at.AddHours(random.Next(1, 60)), LastEvent) : at;
        Arrive(story, order, contact, arrives);
        switch (random.Next(8))
        {
            case 0:
                Arrive(story, order, contact, Later(arrives, random));
                break;
            case 1:
                var gone = order with { Status = OrderStatus.Cancelled, UpdatedAt = at.AddMinutes(random.Next(1, 5000)) };
                Arrive(story, gone, contact, Max(gone.UpdatedAt.Value, Start));
                break;
            case 2:
                Arrive(story, new() { OrderId = $"{id}-back", CustomerId = customer, OrderedAt = at.AddMinutes(1), RefundOf = id, Amount = Math.Round(order.Amount / 2, 2) }, contact, Later(arrives, random));
                break;
            case 3:
                var changed = order with { Amount = order.Amount + 1, UpdatedAt = at.AddMinutes(random.Next(1, 300)) };
                Arrive(story, changed, contact, changed.UpdatedAt.Value);
                Arrive(story, order, contact, Later(changed.UpdatedAt.Value, random));
                break;
        }
    }

    private static void View(List<LifeEvent> story, string customer, DateTimeOffset at, Random random)
    {
        var view = new CustomerEvent { EventId = $"{customer}-{at.UtcTicks}", CustomerId = customer, Name = EventNames.Viewed, At = at, ProductId = "p" };
        for (var times = random.Next(5) == 0 ? 2 : 1; times > 0; times--)
        {
            var arrives = times == 2 ? Later(at, random) : at;
            Add(story, arrives, Queues.Customers, EventArrived.ToBus(view, arrives), $"{customer} looks at {at:MM-dd HH:mm}");
        }
    }

    private static void Work(List<LifeEvent> story, Random random)
    {
        foreach (var journey in new[] { "come-back", "picks", "letter" }.Where(_ => random.Next(2) == 0))
        {
            var paused = At(random);
            Act(story, paused, $"pause {journey}");
            Act(story, Later(paused, random), $"resume {journey}");
        }

        if (random.Next(2) == 0)
        {
            var edited = At(random);
            Act(story, edited, "deploy 1");
            if (random.Next(3) == 0)
            {
                Act(story, Later(edited, random), "deploy 0");
            }
        }
    }

    private static void Act(List<LifeEvent> story, DateTimeOffset at, string what) =>
        Add(story, at, Acts, new($"{what} {at.UtcTicks}", what), what);

    private static void Arrive(List<LifeEvent> story, Order order, CustomerFacts contact, DateTimeOffset at) =>
        Add(story, at, Queues.Customers, OrderMessages.Arrived(new(order, contact), at), $"{order.CustomerId} order {order.OrderId} of {order.OrderedAt:MM-dd HH:mm}, {order.Amount}, {order.Status}, version {order.UpdatedAt:MM-dd HH:mm}");

    private static void Tell(List<LifeEvent> story, string customer, DateTimeOffset at, CustomerFacts facts, string words) =>
        Add(story, at, Queues.Customers, OrderMessages.Changed(customer, facts, at), $"{customer} {words}");

    private static void Add(List<LifeEvent> story, DateTimeOffset at, string queue, BusMessage message, string words) =>
        story.Add(new(new(Min(at, LastEvent), queue, message), words));

    private static DateTimeOffset At(Random random) => Start.AddMinutes(random.Next(0, (int)(LastEvent - Start).TotalMinutes));

    private static DateTimeOffset Later(DateTimeOffset at, Random random) => Min(at.AddMinutes(random.Next(1, 6000)), LastEvent);

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
