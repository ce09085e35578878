using Segue.Measurement;
using Segue.Orders;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Journeys;

public sealed class ExitAndGoalTests
{
    private const string GoalHead = "goal: { event: order, within: 28d }";

    [Fact]
    public async Task Exit_OnOrder_EndsTheRunAtTheOrder()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: order } ]"));
        await shop.Order("a", 0).Order("a", 70.5).RunAsync(80);
        Assert.Equal(("order", Day(70.5)), (Assert.Single(shop.Ended("a")).EndReason, shop.Ended("a")[0].EndedAt));
        Assert.Empty(shop.UnderWay("a"));
        Assert.Equal("order", Assert.Single(shop.Facts(FactKinds.Exited)).Reason);
    }

    [Fact]
    public async Task Exit_PendingOrder_DoesNotEndIt()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: order } ]"));
        await shop.Order("a", 0).Order("a", 70, id: "p", change: o => o with { Status = OrderStatus.Pending, UpdatedAt = Day(70) }).RunAsync(72);
        Assert.Single(shop.UnderWay("a"));
        await shop.Order("a", 70, id: "p", arrives: 72, change: o => o with { UpdatedAt = Day(72) }).RunAsync(80);
        Assert.Equal("order", Assert.Single(shop.Ended("a")).EndReason);
    }

    [Fact]
    public async Task Exit_LeavingTheGroup_EndsTheRun()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { leaves: silent-60 } ]"));
        await shop.Order("a", 0).Order("a", 70).RunAsync(80);
        Assert.Equal(("leaves silent-60", Day(70)), (Assert.Single(shop.Ended("a")).EndReason, shop.Ended("a")[0].EndedAt));
        Assert.Equal([("a", "first", 60.0)], shop.Sent());
    }

    [Fact]
    public async Task Exit_NotAsked_GoesOnToTheEnd()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps());
        await shop.Order("a", 0).Order("a", 70).RunAsync(80);
        Assert.Equal("completed", Assert.Single(shop.Ended("a")).EndReason);
        Assert.Equal(2, shop.Sent().Count);
    }

    [Fact]
    public async Task Exit_AtTheMomentOfAMail_ComesFirst()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps("exitWhen: [ { event: order } ]"));
        await shop.Order("a", 0).Order("a", 74).RunAsync(80);
        Assert.Equal([("a", "first", 60.0)], shop.Sent());
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(60.0001, true)]
    [InlineData(70, true)]
    [InlineData(88, true)]
    [InlineData(88.0001, false)]
    public async Task Goal_OrderWithinTheWindow_IsReached(double day, bool reached)
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(GoalHead));
        await shop.Order("a", 0).Order("a", day, 33, "o").RunAsync(100);
        Assert.Equal(reached ? [("o", (decimal?)33m, false)] : [], shop.Facts(FactKinds.Converted).Select(f => (f.OrderId!, f.Amount, f.HeldOut)));
    }

    [Fact]
    public async Task Goal_SecondOrder_CountsOnce()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(GoalHead));
        await shop.Order("a", 0).Order("a", 65, id: "x").Order("a", 66, id: "y").RunAsync(100);
        Assert.Equal("x", Assert.Single(shop.Facts(FactKinds.Converted)).OrderId);
    }

    [Fact]
    public async Task Goal_HeldOut_IsCountedAndMarked()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps($"{GoalHead}\nholdout: 50%"));
        for (var c = 0; c < 40; c++)
        {
            shop.Order($"c{c}", 0).Order($"c{c}", 65);
        }

        await shop.RunAsync(70);
        var heldOut = shop.Facts(FactKinds.Entered).Where(f => f.HeldOut).Select(f => f.CustomerId).ToHashSet();
        Assert.InRange(heldOut.Count, 8, 32);
        Assert.Equal(40, shop.Facts(FactKinds.Converted).Count);
        Assert.All(shop.Facts(FactKinds.Converted), f => Assert.Equal(heldOut.Contains(f.CustomerId), f.HeldOut));
        Assert.Equal(40 - heldOut.Count, shop.Sent().Count);
        Assert.DoesNotContain(shop.Sent(), s => heldOut.Contains(s.Customer));
    }

    [Fact]
    public async Task Goal_FullReturn_IsReversed()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(GoalHead, enter: "tag: silent-60"));
        await shop.Order("a", 0).Order("a", 65, 10, "o").Order("a", 80, 4, "r1", change: o => o with { RefundOf = "o" }).RunAsync(81);
        Assert.Empty(shop.Facts(FactKinds.ConversionReversed));
        await shop.Order("a", 82, 6, "r2", change: o => o with { RefundOf = "o" }).RunAsync(83);
        Assert.Equal(("o", Day(82)), (Assert.Single(shop.Facts(FactKinds.ConversionReversed)).OrderId, shop.Facts(FactKinds.ConversionReversed)[0].At));
        Assert.Null(Assert.Single(shop.Profile("a")!.Goals).OrderId);
    }

    [Fact]
    public async Task Goal_Cancelled_IsReversed()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(GoalHead));
        await shop.Order("a", 0).Order("a", 65, id: "o", change: o => o with { UpdatedAt = Day(65) })
            .Order("a", 65, id: "o", arrives: 65.5, change: o => o with { UpdatedAt = Day(65.5), Status = OrderStatus.Cancelled }).RunAsync(70);
        Assert.Single(shop.Facts(FactKinds.ConversionReversed));
    }

    [Fact]
    public async Task Goal_MovedToAnotherCustomer_IsReversed()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(GoalHead));
        await shop.Order("a", 0).Order("a", 65, id: "o").Order("b", 65, id: "o", arrives: 65.5, change: o => o with { UpdatedAt = Day(65.5) }).RunAsync(70);
        Assert.Equal("a", Assert.Single(shop.Facts(FactKinds.ConversionReversed)).CustomerId);
    }

    [Theory]
    [InlineData(70, 2)]
    [InlineData(90, 1)]
    public async Task Goal_Reversed_IsReachedByAnotherOrderWithinTheWindow(double day, int reached)
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(GoalHead));
        await shop.Order("a", 0).Order("a", 65, 10, "o").Order("a", 66, 10, "r", change: o => o with { RefundOf = "o" })
            .Order("a", day, id: "p").RunAsync(100);
        Assert.Equal(reached, shop.Facts(FactKinds.Converted).Count);
        Assert.Single(shop.Facts(FactKinds.ConversionReversed));
    }

    [Fact]
    public async Task Goal_Reversed_GoesToTheOtherOrderThatWasThereAlready()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(GoalHead));
        await shop.Order("a", 0).Order("a", 65, 10, "o").Order("a", 66, id: "p").Order("a", 67, 10, "r", change: o => o with { RefundOf = "o" }).RunAsync(100);
        Assert.Equal(["o", "p"], shop.Facts(FactKinds.Converted).Select(f => f.OrderId));
    }

    [Fact]
    public async Task Goal_ReturnedBeforeItArrived_IsNotReached()
    {
        var shop = await OpenAsync(TestCampaigns.TwoSteps(GoalHead));
        await shop.Order("a", 0).Order("a", 65, 10, "r", change: o => o with { RefundOf = "o" }).Order("a", 64.9, 10, "o", 65.1).RunAsync(100);
        Assert.Empty(shop.Facts(FactKinds.Converted));
    }
}
