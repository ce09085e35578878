using Bogus;
using NodaTime;
using Segue.Orders;

namespace Segue.Local.Demo;

/// <summary>
/// A believable shop made up from a seed: 18 months of customers and orders up to a day. The same day and seed make the
/// same shop on every machine.
/// </summary>
public static class DemoShop
{
    /// <summary>Customers of the shop.</summary>
    public const int Customers = 2000;

    /// <summary>Days of history.</summary>
    public const int Days = 548;

    private const int DefaultSeed = 20_07;

    // When people shop, hour by hour of their own day: little at night, most in the evening.
    private static readonly float[] Hours =
    [
        1, 0.5f, 0.3f, 0.2f, 0.2f, 0.4f, 1.2f, 2.5f, 3.5f, 4.5f, 5, 5.5f, 6, 5.5f, 5, 5, 5.5f, 6.5f, 8, 9.5f, 10, 8.5f, 5.5f, 2.5f,
    ];

    /// <summary>All that happens before midnight (UTC) at the start of <paramref name="today"/>, in order of time.</summary>
    public static IReadOnlyList<DemoFact> Generate(DateOnly today, int customers = Customers, int seed = DefaultSeed)
    {
        var first = today.AddDays(-Days);
        var end = new DateTimeOffset(today, TimeOnly.MinValue, TimeSpan.Zero);
        var people = new DemoPeople();
        var orders = Enumerable.Range(1, customers).SelectMany(number => OrdersOf(people, number, first, seed))
            .Where(o => o.Order.OrderedAt < end)
            .OrderBy(o => o.Order.OrderedAt).ThenBy(o => o.Customer.Id, StringComparer.Ordinal)
            .ToList();
        return
        [
            .. orders
                .SelectMany((o, i) => Story(o.Customer, o.Order with { OrderId = $"D{100001 + i}" }, new Randomizer(Mix(seed, -1 - i))))
                .Where(fact => fact.At < end)
                .OrderBy(fact => fact.At).ThenBy(fact => fact.Order.OrderId, StringComparer.Ordinal),
        ];
    }

    private static List<(DemoCustomer Customer, Order Order)> OrdersOf(DemoPeople people, int number, DateOnly first, int seed)
    {
        var random = new Randomizer(Mix(seed, number));
        var customer = people.Create(number, random);
        var zone = DateTimeZoneProviders.Tzdb[customer.TimeZone];
        return DemoBehaviour.OrderDays(customer.Kind, first, Days, random)
            .Select(day => (customer, DemoBasket.Fill(customer, Moment(first.AddDays(day), zone, random), random)))
            .ToList();
    }

    /// <summary>A moment of a day in the customer's zone.</summary>
    private static DateTimeOffset Moment(DateOnly day, DateTimeZone zone, Randomizer random)
    {
        var hour = random.WeightedRandom([.. Enumerable.Range(0, 24)], Normal);
        var local = LocalDate.FromDateOnly(day).At(new LocalTime(hour, random.Int(0, 59), random.Int(0, 59)));
        return local.InZoneLeniently(zone).ToInstant().ToDateTimeOffset();
    }

    private static float[] Normal { get; } = [.. Hours.Select(h => h / Hours.Sum())];

    /// <summary>The order, and what comes after it: a few are called off, returned in full or returned in part.</summary>
    private static IEnumerable<DemoFact> Story(DemoCustomer customer, Order order, Randomizer random)
    {
        yield return new(order.OrderedAt, order, customer);
        var draw = random.Double();
        var later = order.OrderedAt.AddHours(random.Int(5 * 24, 20 * 24));
        if (draw < 0.015)
        {
            var soon = order.OrderedAt.AddMinutes(random.Int(20, 900));
            yield return new(soon, order with { Status = OrderStatus.Cancelled, UpdatedAt = soon }, customer);
        }
        else if (draw < 0.035)
        {
            yield return new(later, order with { Status = OrderStatus.Refunded, UpdatedAt = later }, customer);
        }
        else if (draw < 0.07 && order.Items.Count > 1)
        {
            var part = Math.Round(order.Amount * order.Items[0].Price * order.Items[0].Quantity / order.Items.Sum(i => i.Price * i.Quantity), 2);
            yield return new(later, new()
            {
                OrderId = $"R{order.OrderId[1..]}",
                CustomerId = customer.Id,
                OrderedAt = later,
                Amount = part,
                RefundOf = order.OrderId,
                Channel = order.Channel,
            }, customer);
        }
    }

    /// <summary>A seed of its own for each customer and order, so that one more of either leaves the others as they are.</summary>
    private static int Mix(int seed, int number) => unchecked((int)(((uint)seed * 2654435761u) ^ ((uint)number * 2246822519u)));
}
