using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Segue.Orders;
using Segue.Tests.Support;

namespace Segue.Tests.Orders;

public sealed class PurchaseHistoryTests
{
    private static readonly DateTimeOffset Day0 = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Func<PurchaseSummary, TimeSpan> Sixty = _ => TimeSpan.FromDays(60);

    /// <summary>A bound that depends on the summary, as a customer's own bound does.</summary>
    private static readonly Func<PurchaseSummary, TimeSpan> Own = s => TimeSpan.FromDays(5 + (s.Orders * 3));

    [Fact]
    public void Summarise_TwoOrders_AddUp()
    {
        var summary = PurchaseHistory.Summarise(
            [Make("b", 10, 20, "web", ("shoes", 2, 9m)), Make("a", 0, 5, "app", ("hats", 1, 5m))], Sixty);

        Assert.Equal((2, 25m, 5m, 20m), (summary.Orders, summary.TotalSpend, summary.FirstOrderAmount, summary.LastOrderAmount));
        Assert.Equal((Day0, Day0.AddDays(10), "b"), (summary.FirstOrderAt, summary.LastOrderAt, summary.LastOrderId));
        Assert.Equal(("hats", "web", 3, TimeSpan.FromDays(10)), (summary.FirstCategory, summary.Channel, summary.ItemsBought, summary.FirstGap));
        Assert.Equal(new Dictionary<string, decimal> { ["hats"] = 5, ["shoes"] = 18 }, summary.SpendByCategory);
        Assert.Null(summary.WonBackAt);
    }

    [Theory]
    [InlineData(OrderStatus.Pending)]
    [InlineData(OrderStatus.Cancelled)]
    [InlineData(OrderStatus.Refunded)]
    public void Summarise_NotPaid_DoesNotCount(OrderStatus status) =>
        Assert.Equal(0, PurchaseHistory.Summarise([Make("a", 0, 5) with { Status = status }], Sixty).Orders);

    [Fact]
    public void Summarise_ZeroAmount_CountsAsAnOrder() =>
        Assert.Equal((1, 0m), Count(Make("a", 0, 0)));

    [Fact]
    public void Summarise_PartReturn_LowersItsOrder() => Assert.Equal((1, 7m), Count(Make("a", 0, 10), Back("r", "a", 3)));

    [Fact]
    public void Summarise_ReturnsThatComeToAll_StopTheOrderCounting() =>
        Assert.Equal((1, 4m), Count(Make("a", 0, 10), Back("r1", "a", 3), Back("r2", "a", 7), Make("b", 1, 4)));

    [Fact]
    public void Summarise_ReturnOfAFreeOrder_IsAFullReturn() => Assert.Equal((0, 0m), Count(Make("a", 0, 0), Back("r", "a", 0)));

    [Theory]
    [InlineData(OrderStatus.Pending, 10)]
    [InlineData(OrderStatus.Cancelled, 10)]
    [InlineData(OrderStatus.Paid, 7)]
    [InlineData(OrderStatus.Refunded, 7)]
    public void Summarise_Return_CountsOncePaidOut(OrderStatus status, int left) =>
        Assert.Equal((1, left), Count(Make("a", 0, 10), Back("r", "a", 3) with { Status = status }));

    [Fact]
    public void Summarise_ReturnBeforeItsOrder_Waits()
    {
        var waiting = PurchaseHistory.Summarise([Back("r", "a", 3), Make("b", 0, 1)], Sixty);
        Assert.Equal((1, 1), (waiting.Orders, waiting.WaitingReturns));
        Assert.False(PurchaseHistory.TryAppend(waiting, Make("a", 5, 10), Sixty, out _));

        var arrived = PurchaseHistory.Summarise([Back("r", "a", 3), Make("b", 0, 1), Make("a", 5, 10)], Sixty);
        Assert.Equal((2, 8m, 0), (arrived.Orders, arrived.TotalSpend, arrived.WaitingReturns));
    }

    [Fact]
    public void Summarise_ReturnOfAReturn_ChangesNothingAndDoesNotWait()
    {
        var summary = PurchaseHistory.Summarise([Make("a", 0, 10), Back("r", "a", 3), Back("q", "r", 3)], Sixty);
        Assert.Equal((7m, 0), (summary.TotalSpend, summary.WaitingReturns));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void Summarise_OrderAfterTheBound_WinsBack(int days, bool won) =>
        Assert.Equal(won ? Day0.AddDays(days) : null, PurchaseHistory.Summarise([Make("a", 0, 1), Make("b", days, 1)], Sixty).WonBackAt);

    [Fact]
    public void Summarise_BoundOfThatDay_StaysWithTheWinBack()
    {
        Order[] orders = [Make("a", 0, 1), Make("b", 60, 1)];
        var then = PurchaseHistory.Summarise(orders, Sixty);
        TimeSpan Longer(PurchaseSummary _) => TimeSpan.FromDays(90);

        Assert.Equal(Day0.AddDays(60), PurchaseHistory.Summarise([.. orders, Make("c", 61, 1)], Longer, then).WonBackAt);
        Assert.Null(PurchaseHistory.Summarise([.. orders, Make("c", 61, 1)], Longer).WonBackAt);
        Assert.Null(PurchaseHistory.Summarise([.. orders, Make("late", 30, 1)], Longer, then).WonBackAt);
    }

    [Fact]
    public void Summarise_GiftCardAndManyCategories_StayOutOfSpendByCategory()
    {
        var items = Enumerable.Range(0, 150).Select(i => new OrderItem { ProductId = "p", Category = $"c{i}", Price = 1 })
            .Prepend(new() { ProductId = "g", Category = "cards", Price = 50, GiftCard = true });
        var spend = PurchaseHistory.Summarise([Make("a", 0, 1) with { Items = [.. items] }], Sixty).SpendByCategory!;
        Assert.Equal(PurchaseHistory.MaxCategories, spend.Count);
        Assert.DoesNotContain("cards", spend.Keys);
    }

    [Fact]
    public void Summarise_AnyArrivalOrder_GivesTheSame() =>
        Prop.ForAll(Histories, seed =>
        {
            var history = History(seed);
            var shuffled = history.ToArray();
            new Random(seed + 1).Shuffle(shuffled);
            return Same(PurchaseHistory.Summarise(history, Own), PurchaseHistory.Summarise(shuffled, Own));
        }).Holds();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryAppend_AnyHistoryInArrivalOrder_EqualsSummarise(bool ownBound)
    {
        var bound = ownBound ? Own : _ => TimeSpan.FromDays(20);
        var appended = 0;
        Prop.ForAll(Histories, seed =>
        {
            var arrived = History(seed).ToArray();
            if (seed % 2 == 0)
            {
                new Random(seed + 2).Shuffle(arrived);
            }

            var summary = PurchaseSummary.None;
            for (var i = 0; i < arrived.Length; i++)
            {
                var whole = PurchaseHistory.Summarise(arrived[..(i + 1)], bound, summary);
                if (PurchaseHistory.TryAppend(summary, arrived[i], bound, out var next))
                {
                    appended++;
                    if (!Same(whole, next))
                    {
                        return false;
                    }
                }
                else if (next != summary)
                {
                    return false;
                }

                // With a bound that is the same for ever, what was found before has no say.
                if (!ownBound && !Same(whole, PurchaseHistory.Summarise(arrived[..(i + 1)], bound)))
                {
                    return false;
                }

                summary = whole;
            }

            return true;
        }).Holds();
        Assert.True(appended > 100, $"only {appended} orders took the short way");
    }

    [Fact]
    public void TryAppend_OrdersInTimeOrder_NeverNeedsTheLongWay()
    {
        var summary = PurchaseSummary.None;
        foreach (var order in Enumerable.Range(0, 50).Select(i => Make($"o{i:00}", i / 3, i)))
        {
            Assert.True(PurchaseHistory.TryAppend(summary, order, Own, out summary));
        }

        Assert.Equal(50, summary.Orders);
    }

    [Fact]
    public void TryAppend_SameInstantLowerId_IsRefused()
    {
        var one = PurchaseHistory.Summarise([Make("b", 0, 1)], Sixty);
        Assert.False(PurchaseHistory.TryAppend(one, Make("a", 0, 2), Sixty, out _));
        Assert.True(PurchaseHistory.TryAppend(one, Make("c", 0, 2), Sixty, out var two));
        Assert.Equal(2m, two.LastOrderAmount);
    }

    private static Arbitrary<int> Histories => Gen.Choose(0, int.MaxValue - 10).ToArbitrary();

    /// <summary>Orders with equal instants, gaps around the bound, returns before and after their orders, and some that never count.</summary>
    private static List<Order> History(int seed)
    {
        var random = new Random(seed);
        var day = 0;
        var history = new List<Order>();
        var count = random.Next(1, 15);
        for (var i = 0; i < count; i++)
        {
            day += random.Next(3) == 0 ? 0 : random.Next(1, 30);
            history.Add(Make($"o{random.Next(1000)}-{i}", day, random.Next(0, 50), random.Next(2) == 0 ? "web" : null,
                ($"cat{random.Next(4)}", random.Next(1, 3), random.Next(1, 9))) with
            {
                Status = random.Next(6) == 0 ? (OrderStatus)random.Next(4) : OrderStatus.Paid,
            });
            if (random.Next(8) == 0)
            {
                history.Add(Back($"r{i}", random.Next(3) == 0 ? "unknown" : history[random.Next(history.Count)].OrderId, random.Next(0, 60)));
            }
        }

        return history;
    }

    private static bool Same(PurchaseSummary a, PurchaseSummary b) =>
        a with { SpendByCategory = null, Months = null } == b with { SpendByCategory = null, Months = null }
        && (a.Months ?? []).SequenceEqual(b.Months ?? [])
        && Sorted(a) == Sorted(b);

    private static string Sorted(PurchaseSummary summary) =>
        JsonSerializer.Serialize(summary.SpendByCategory?.OrderBy(c => c.Key, StringComparer.Ordinal));

    private static (int Orders, decimal Spend) Count(params Order[] all)
    {
        var summary = PurchaseHistory.Summarise(all, Sixty);
        return (summary.Orders, summary.TotalSpend);
    }

    private static Order Back(string id, string of, decimal amount) => Make(id, 100, amount) with { RefundOf = of };

    private static Order Make(string id, int day, decimal amount, string? channel = null, params (string Category, int Quantity, decimal Price)[] items) => new()
    {
        OrderId = id,
        CustomerId = "c",
        OrderedAt = Day0.AddDays(day),
        Amount = amount,
        Channel = channel,
        Items = [.. items.Select(i => new OrderItem { ProductId = "p", Category = i.Category, Quantity = i.Quantity, Price = i.Price })],
    };
}
