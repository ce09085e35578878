using Segue.Benchmarks.Running;
using Segue.Campaigns;
using Segue.Customers;
using Segue.Messaging;
using Segue.Orders;

namespace Segue.Benchmarks.Engine;

/// <summary>Orders recorded, evaluated, enrolled and dispatched, with every shipped journey live.</summary>
internal sealed class OrdersBenchmark : IBenchmark
{
    public string Name => "orders";

    public async Task<Finding?> RunAsync(Settings settings, CancellationToken cancellation)
    {
        using var scratch = new Scratch();
        var campaigns = BenchmarkCampaigns.Shipped();
        var clock = new MovedClock();
        var curve = new List<CurvePoint>();
        var figures = new Dictionary<string, double>();
        IReadOnlyList<double> ratios = [];
        foreach (var count in settings.Pick([40], [500, 2000], [1000, 10_000]))
        {
            var prepared = await PrepareAsync(scratch, campaigns, clock, count);

            // A host works four messages of a queue at a time; with many, the disk's cost is shared and the processor's shows.
            foreach (var atATime in new[] { 64, 4 })
            {
                var (rounds, messages, allocated) = await new BesideBare(scratch, prepared, campaigns, clock, Queues.Customers, atATime).RunAsync(settings.Rounds);
                ratios = rounds.Ratios();
                var rate = messages / Statistics.Median(rounds.Select(r => r.Ours));
                figures[$"ratio, {atATime} at a time, {count} orders"] = Statistics.Median(ratios);
                figures[$"orders/s, {atATime} at a time, {count} orders"] = rate;
                figures["KB allocated an order"] = allocated / 1024;
                if (atATime == 4)
                {
                    curve.Add(new(count, 1000 / rate));
                }
            }
        }

        return new()
        {
            Name = Name, Work = "Orders through the whole engine on SQLite", Beside = "the same commits and queue operations, bare", Reach = 2,
            Ratios = ratios, Figures = figures, Curves = [new("an order, four at a time", "orders", "milliseconds", curve)],
        };
    }

    /// <summary>A database with a quarter as many customers as orders, whose messages wait.</summary>
    private static async Task<string> PrepareAsync(Scratch scratch, CampaignSet campaigns, TimeProvider clock, int count)
    {
        var folder = scratch.Next("orders");
        using var shop = new SqliteShop(folder, campaigns, clock);
        await shop.Catalog.PublishAsync();
        var now = clock.GetUtcNow();
        await shop.Engine.Orders.AcceptAsync(Enumerable.Range(0, count).Select(i => Of(i, count / 4, now)), now);
        return folder;
    }

    private static IncomingOrder Of(int i, int customers, DateTimeOffset now) => new(
        new()
        {
            OrderId = FormattableString.Invariant($"order-{i}"), CustomerId = FormattableString.Invariant($"customer-{i % customers}"),
            OrderedAt = now.AddTicks(i), Amount = 10 + (i % 90), Channel = "web",
            Items =
            [
                new() { ProductId = FormattableString.Invariant($"p{i % 97}"), Name = "A thing", Category = i % 2 == 0 ? "books" : "games", Quantity = 1, Price = 10 + (i % 90) },
            ],
        },
        new() { Email = FormattableString.Invariant($"c{i % customers}@example.com"), Name = "Anna", EmailConsent = Consent.Granted });
}
