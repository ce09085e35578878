using FsCheck;
using FsCheck.Fluent;
using Segue.Customers;
using Segue.Orders;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Orders;

/// <summary>Whatever order a customer's orders arrive in, and however often, they add up to the same.</summary>
public sealed class OrderArrivalPropertyTests
{
    // Without own bounds: with them a silence is judged by the bound of the day on which it was found to have ended.
    private static readonly TestCampaigns Campaigns = new() { Settings = "lifecycle: { ownGaps: 0 }" };

    [Fact]
    public void Arrived_InAnyOrderAndAnyNumberOfTimes_GiveTheSameSummary() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var orders = Make(random);
            var arrivals = orders.Concat(orders.Where(_ => random.Next(3) == 0)).ToArray();
            random.Shuffle(arrivals);
            var shop = OpenAsync(Campaigns).Result;
            shop.StandStillUntil(99.99);
            for (var i = 0; i < arrivals.Length; i++)
            {
                shop.Arrives(new(arrivals[i], CustomerFacts.None), 100 + (i * 0.0001));
            }

            shop.RunAsync(100.01).Wait();
            Assert.Empty(shop.Bus.DeadLetters);
            AssertAddsUp(orders, shop, seed);
        }).Holds();

    [Fact]
    public void Imported_InBatchesOfAnySize_GiveTheSameSummary() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var orders = Make(random);
            var arrivals = orders.Concat(orders.Where(_ => random.Next(3) == 0)).ToArray();
            random.Shuffle(arrivals);
            var shop = OpenAsync(Campaigns).Result;
            shop.StandStillUntil(100);
            foreach (var batch in arrivals.Chunk(random.Next(1, 12)))
            {
                Assert.Empty(shop.Engine.Import.ImportAsync("a", CustomerFacts.None, batch).Result.Refused);
            }

            AssertAddsUp(orders, shop, seed);
        }).Holds();

    private static void AssertAddsUp(IReadOnlyList<Order> orders, TestShop shop, int seed)
    {
        var newest = orders.GroupBy(o => o.OrderId).Select(g => g.MaxBy(o => o.UpdatedAt)!);
        var expected = PurchaseHistory.Summarise(newest, _ => TimeSpan.FromDays(60));
        Assert.True(Same(expected, shop.Profile("a")!.Purchases), $"Seed {seed}:\n{expected}\n{shop.Profile("a")!.Purchases}");
        OrderArrivalTests.AssertSummaryIsTheProfiles(shop, "a");
    }

    private static bool Same(PurchaseSummary a, PurchaseSummary b) =>
        a with { SpendByCategory = null, Months = null } == b with { SpendByCategory = null, Months = null }
        && (a.Months ?? []).SequenceEqual(b.Months ?? [])
        && (a.SpendByCategory ?? new Dictionary<string, decimal>()).OrderBy(c => c.Key)
            .SequenceEqual((b.SpendByCategory ?? new Dictionary<string, decimal>()).OrderBy(c => c.Key));

    /// <summary>Up to six orders with up to three versions each, some returned, on a few days so that instants coincide.</summary>
    private static List<Order> Make(Random random)
    {
        var orders = new List<Order>();
        for (var i = 0; i < random.Next(1, 7); i++)
        {
            var order = new Order
            {
                OrderId = $"o{i}",
                CustomerId = "a",
                OrderedAt = Day(random.Next(0, 5) * 20),
                Amount = random.Next(0, 4),
                Channel = random.Next(2) == 0 ? "web" : "app",
                Items = random.Next(2) == 0 ? [] : [new() { ProductId = "p", Category = $"c{random.Next(3)}", Price = 2 }],
                RefundOf = i > 0 && random.Next(4) == 0 ? $"o{random.Next(i)}" : null,
            };
            for (var version = random.Next(1, 4); version > 0; version--)
            {
                orders.Add(order with
                {
                    UpdatedAt = order.OrderedAt.AddHours(version),
                    Amount = order.Amount + version,
                    Status = random.Next(3) > 0 ? OrderStatus.Paid : (OrderStatus)random.Next(4),
                });
            }
        }

        return orders;
    }
}
