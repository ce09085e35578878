using Segue.Customers;
using Segue.Orders;
using Segue.Segmentation;

namespace Segue.Tests.Segmentation.Predictions;

/// <summary>Customers by the days and money of their orders.</summary>
internal static class Buyers
{
    /// <summary>Days are counted from <see cref="Given.Start"/>, at noon.</summary>
    public static CustomerSummary Of(string? category, params (double Day, decimal Money)[] orders) => new() { Purchases = Purchases(category, orders) };

    public static CustomerSummary Of(params (double Day, decimal Money)[] orders) => Of(null, orders);

    public static PurchaseSummary Purchases(string? category, params (double Day, decimal Money)[] orders) => PurchaseHistory.Summarise(
        orders.Select((o, i) => new Order
        {
            OrderId = $"o{i:D4}",
            CustomerId = "c",
            OrderedAt = Given.Start.AddDays(o.Day + 0.5),
            Status = OrderStatus.Paid,
            Amount = o.Money,
            Items = category is null ? [] : [new() { ProductId = "p", Category = category, Quantity = 1, Price = o.Money }],
        }),
        _ => TimeSpan.FromDays(60));

    /// <summary>What customers add up to, each in their shard.</summary>
    public static IReadOnlyList<CalibrationSketch> Shards(Evaluator rules, IEnumerable<(string Id, CustomerSummary Customer)> customers, DateTimeOffset now) =>
    [
        .. customers.GroupBy(c => Segue.Storage.Shards.Of(c.Id)).OrderBy(g => g.Key).Select(shard =>
        {
            var sketch = rules.NewSketch();
            foreach (var (id, customer) in shard)
            {
                sketch.Add(customer, now, id);
            }

            return sketch;
        }).DefaultIfEmpty(rules.NewSketch()),
    ];

    /// <summary>The whole of shards, in their order.</summary>
    public static CalibrationSketch Merged(IReadOnlyList<CalibrationSketch> shards)
    {
        foreach (var shard in shards.Skip(1))
        {
            shards[0].Merge(shard);
        }

        return shards[0];
    }

    /// <summary>A shop of so many customers whose buying follows a seed, over two years.</summary>
    public static List<(string Id, CustomerSummary Customer)> Shop(int count, int seed)
    {
        var random = new Random(seed);
        var customers = new List<(string, CustomerSummary)>();
        for (var c = 0; c < count; c++)
        {
            var (day, rate, stays) = (random.Next(0, 600), 10 + (90 * random.NextDouble()), random.NextDouble() * 0.6);
            var orders = new List<(double, decimal)>();
            var money = 10 + (90 * random.NextDouble());
            do
            {
                orders.Add((day, decimal.Round((decimal)(money * (0.5 + random.NextDouble())), 2)));
                day += 1 + (int)(-rate * Math.Log(1 - random.NextDouble()));
            }
            while (day < 730 && random.NextDouble() > stays);

            customers.Add(($"c{c}", Of(random.Next(3) switch { 0 => "shoes", 1 => "hats", _ => null }, [.. orders])));
        }

        return customers;
    }
}
