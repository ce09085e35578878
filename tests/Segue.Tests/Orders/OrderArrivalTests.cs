using Segue.Messaging;
using Segue.Orders;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Orders;

/// <summary>What an order that arrives does to its customer, through the handlers.</summary>
public sealed class OrderArrivalTests
{
    [Fact]
    public async Task Arrived_NewOrder_CountsAndStandsInTheSummary()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, 12.5m).RunAsync(2);

        var profile = shop.Profile("a")!;
        Assert.Equal((1, 12.5m, Day(1)), (profile.Purchases.Orders, profile.Purchases.TotalSpend, profile.Purchases.LastOrderAt));
        Assert.Equal(("everyone", "a@example.com", true), (profile.Standing!.Segment, profile.Contact.Email, profile.Summary.Reachable));
        AssertSummaryIsTheProfiles(shop, "a");
    }

    [Fact]
    public async Task Arrived_SameOrderAgain_ChangesNothing()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, id: "o").RunAsync(2);
        var before = shop.Profile("a")!;
        await shop.Order("a", 1, id: "o", arrives: 2).RunAsync(3);

        Assert.Equal(before.Sequence, shop.Profile("a")!.Sequence);
        Assert.Equal(1, shop.Profile("a")!.Purchases.Orders);
        Assert.Empty(shop.Bus.DeadLetters);
    }

    [Fact]
    public async Task Arrived_EveryOrder_RaisesTheSequence()
    {
        var shop = await OpenAsync();
        var seen = new List<long>();
        for (var day = 1; day <= 4; day++)
        {
            await shop.Order("a", day).RunAsync(day + 0.5);
            seen.Add(shop.Profile("a")!.Sequence);
            AssertSummaryIsTheProfiles(shop, "a");
        }

        Assert.Equal(seen.Order().Distinct(), seen);
    }

    [Theory]
    [InlineData(OrderStatus.Pending, OrderStatus.Paid, 1)]
    [InlineData(OrderStatus.Paid, OrderStatus.Cancelled, 0)]
    [InlineData(OrderStatus.Paid, OrderStatus.Refunded, 0)]
    [InlineData(OrderStatus.Cancelled, OrderStatus.Paid, 1)]
    public async Task Arrived_NewerVersion_Replaces(OrderStatus was, OrderStatus becomes, int orders)
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, id: "o", change: o => o with { Status = was, UpdatedAt = Day(1) })
            .Order("a", 1, id: "o", arrives: 1.5, change: o => o with { Status = becomes, UpdatedAt = Day(1.5) })
            .RunAsync(2);

        Assert.Equal(orders, shop.Profile("a")!.Purchases.Orders);
        Assert.Equal(becomes, Assert.Single(shop.Orders("a")).Status);
        AssertSummaryIsTheProfiles(shop, "a");
    }

    [Fact]
    public async Task Arrived_NewerAmount_ReplacesTheOlderOne()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, 10, "o").Order("a", 1, 7, "o", 1.5, o => o with { UpdatedAt = Day(1.5) }).RunAsync(2);
        Assert.Equal((1, 7m), (shop.Profile("a")!.Purchases.Orders, shop.Profile("a")!.Purchases.TotalSpend));
    }

    [Fact]
    public async Task Arrived_OlderVersion_IsIgnored()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, 7, "o", change: o => o with { UpdatedAt = Day(1.5) })
            .Order("a", 1, 10, "o", 1.2, o => o with { UpdatedAt = Day(1.1) }).RunAsync(2);
        Assert.Equal(7m, shop.Profile("a")!.Purchases.TotalSpend);
        Assert.Empty(shop.Bus.DeadLetters);
    }

    [Fact]
    public async Task Arrived_OtherContentUnderTheSameId_IsADeadLetterWithItsReason()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, 7, "o").Order("a", 1, 10, "o", 1.2).RunAsync(2);

        Assert.Equal(7m, shop.Profile("a")!.Purchases.TotalSpend);
        var letter = Assert.Single(shop.Bus.DeadLetters);
        Assert.Equal(Queues.Customers, letter.Queue);
        Assert.Contains("'o' is already recorded with other content", letter.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arrived_UnderAnotherCustomer_MovesAndCountsOnce()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, 10, "o", change: o => o with { UpdatedAt = Day(1) }).Order("a", 1.1, 3, "other")
            .Order("b", 1, 10, "o", 1.5, o => o with { UpdatedAt = Day(1.5) }).RunAsync(2);

        Assert.Equal((1, 3m), (shop.Profile("a")!.Purchases.Orders, shop.Profile("a")!.Purchases.TotalSpend));
        Assert.Equal((1, 10m), (shop.Profile("b")!.Purchases.Orders, shop.Profile("b")!.Purchases.TotalSpend));
        Assert.Equal("other", Assert.Single(shop.Orders("a")).OrderId);
        AssertSummaryIsTheProfiles(shop, "a");
        AssertSummaryIsTheProfiles(shop, "b");
        Assert.Empty(shop.Bus.DeadLetters);
    }

    [Fact]
    public async Task Arrived_MovesThereAndBack_EndsWhereItIsNewest()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, 10, "o", change: o => o with { UpdatedAt = Day(1) })
            .Order("b", 1, 10, "o", 1.2, o => o with { UpdatedAt = Day(1.2) })
            .Order("a", 1, 10, "o", 1.3, o => o with { UpdatedAt = Day(1.3) })
            .Order("b", 1, 10, "o", 1.4, o => o with { UpdatedAt = Day(1.2) }).RunAsync(2);

        Assert.Equal((1, 0), (shop.Profile("a")!.Purchases.Orders, shop.Profile("b")!.Purchases.Orders));
    }

    [Fact]
    public async Task Arrived_UnderAnotherCustomerWithoutBeingNewer_IsADeadLetter()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, id: "o").Order("b", 1, id: "o", arrives: 1.5).RunAsync(2);

        Assert.Contains("recorded for another customer", Assert.Single(shop.Bus.DeadLetters).Reason, StringComparison.Ordinal);
        Assert.Equal(1, shop.Profile("a")!.Purchases.Orders);
        Assert.Null(shop.Profile("b"));
    }

    [Fact]
    public async Task Arrived_UnderAnotherCustomerOlderThanAnUpdate_DoesNotMove()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, 10, "o", change: o => o with { UpdatedAt = Day(1) })
            .Order("a", 1, 12, "o", 1.5, o => o with { UpdatedAt = Day(1.5) })
            .Order("b", 1, 10, "o", 1.6, o => o with { UpdatedAt = Day(1.2) }).RunAsync(2);

        Assert.Equal((1, 12m), (shop.Profile("a")!.Purchases.Orders, shop.Profile("a")!.Purchases.TotalSpend));
        Assert.Null(shop.Profile("b"));
    }

    [Theory]
    [InlineData(4, 1, 6)]
    [InlineData(10, 0, 0)]
    public async Task Arrived_Return_LowersOrEndsItsOrder(int returned, int orders, int spend)
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, 10, "o").Order("a", 1.5, returned, "r", change: o => o with { RefundOf = "o" }).RunAsync(2);
        Assert.Equal((orders, spend), (shop.Profile("a")!.Purchases.Orders, (int)shop.Profile("a")!.Purchases.TotalSpend));
    }

    [Fact]
    public async Task Arrived_ReturnBeforeItsOrder_CountsWhenTheOrderComes()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, 4, "r", 1, o => o with { RefundOf = "o" }).Order("a", 0.9, 10, "o", 1.2).RunAsync(2);
        Assert.Equal((1, 6m, 0), (shop.Profile("a")!.Purchases.Orders, shop.Profile("a")!.Purchases.TotalSpend, shop.Profile("a")!.Purchases.WaitingReturns));
    }

    [Fact]
    public async Task Arrived_ZeroAmount_Counts()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, 0).RunAsync(2);
        Assert.Equal((1, 0m), (shop.Profile("a")!.Purchases.Orders, shop.Profile("a")!.Purchases.TotalSpend));
    }

    [Theory]
    [InlineData("x", "y")]
    [InlineData("y", "x")]
    public async Task Arrived_TwoOrdersAtOneInstant_BothCountInOrderOfTheirIds(string first, string second)
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1, 1, first).Order("a", 1, 2, second).RunAsync(2);
        Assert.Equal((2, 3m, "y"), (shop.Profile("a")!.Purchases.Orders, shop.Profile("a")!.Purchases.TotalSpend, shop.Profile("a")!.Purchases.LastOrderId));
    }

    [Fact]
    public async Task Arrived_InTheFuture_CountsNowAndChurnsByItsOwnDate()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1.8, arrives: 1).RunAsync(1.1);
        Assert.Equal((1, Day(1.8)), (shop.Profile("a")!.Purchases.Orders, shop.Profile("a")!.Purchases.LastOrderAt));

        await shop.RunAsync(61.79);
        Assert.DoesNotContain("silent-60", shop.Profile("a")!.Standing!.Tags);
        await shop.RunAsync(61.81);
        Assert.Contains("silent-60", shop.Profile("a")!.Standing!.Tags);
    }

    [Fact]
    public async Task Arrived_Late_CountsAsOfItsDate()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 9).Order("a", 1, 5, arrives: 10).RunAsync(11);
        var purchases = shop.Profile("a")!.Purchases;
        Assert.Equal((2, Day(1), Day(9), 5m), (purchases.Orders, purchases.FirstOrderAt, purchases.LastOrderAt, purchases.FirstOrderAmount));
    }

    [Fact]
    public async Task Arrived_IdsWithAwkwardCharacters_AreKept()
    {
        var shop = await OpenAsync();
        await shop.Order("gid://shop/ä~1", 1, id: "#1/2\\3?~").Order("gid://shop/ä~1", 1, id: "#1/2\\3?~", arrives: 1.1).RunAsync(2);
        Assert.Equal("#1/2\\3?~", Assert.Single(shop.Orders("gid://shop/ä~1")).OrderId);
        AssertSummaryIsTheProfiles(shop, "gid://shop/ä~1");
    }

    [Fact]
    public async Task Arrived_NoMessage_IsADeadLetter()
    {
        var shop = await OpenAsync();
        await shop.Happens(1, new("x", "{]")).Happens(1, new("y", "null")).Happens(1, new("z", """{"orderId":"1"}""")).RunAsync(2);
        Assert.Equal(3, shop.Bus.DeadLetters.Count);
        Assert.Contains(shop.Bus.DeadLetters, l => l.Reason.Contains("not one of ours", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Arrived_NothingLeftBehind_NoOutboxAndNoOpenEffects()
    {
        var shop = await OpenAsync();
        await shop.Order("a", 1).Order("a", 1.5).RunAsync(2);
        Assert.DoesNotContain(shop.Table(Tables.Customers), r => r.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal));
        Assert.Equal(0, shop.Bus.Count);
    }

    internal static void AssertSummaryIsTheProfiles(TestShop shop, string customer)
    {
        var (profile, row) = (shop.Profile(customer)!, shop.Summary(customer)!);
        Assert.Equal(profile.Sequence, row.Sequence);
        Assert.Equivalent(profile.Summary, row.Summary, strict: true);
        Assert.True(profile.Standing!.SaysTheSameAs(row.Standing));
        Assert.Equal((profile.Standing.ChangesAt, profile.CalibrationId, profile.SegmentsVersion), (row.Standing.ChangesAt, row.CalibrationId, row.SegmentsVersion));
    }
}
