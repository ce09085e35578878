using Segue.Customers;
using Segue.Messaging;
using Segue.Ports;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Segmentation;

/// <summary>The timer that turns Due rows into messages.</summary>
public sealed class RecomputeSegmentsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tick_WhatIsDueBeforeTheNext_IsScheduledForItsSecond()
    {
        var shop = await OpenAsync(new TestCampaigns());
        shop.StandStillUntil(1);
        await PutAsync(shop, Day(1).AddMinutes(-1));
        await PutAsync(shop, Day(1).AddMinutes(14));
        await PutAsync(shop, Day(1).AddMinutes(15));
        await TickAsync(shop);
        Assert.Equal(2, shop.Bus.Count);
        Assert.Equal(Day(1).AddMinutes(15), Assert.Single(shop.Table(Tables.Due)).Properties["at"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Tick_FirstOfAnHour_FindsRowsOfTheHoursBefore(int hours)
    {
        var shop = await OpenAsync(new TestCampaigns());
        shop.StandStillUntil(1);
        await TickAsync(shop);
        shop.StandStillUntil(1 + (0.75 / 24));
        await TickAsync(shop);
        await PutAsync(shop, Day(1).AddHours(-hours).AddMinutes(30));
        shop.StandStillUntil(1 + (1 / 24.0));
        await TickAsync(shop);
        Assert.Empty(shop.Table(Tables.Due));
        Assert.Equal(1, shop.Bus.Count);
    }

    [Fact]
    public async Task Tick_AfterALongOutage_BeginsWhereTheLastLeftOff()
    {
        var shop = await OpenAsync(new TestCampaigns());
        shop.StandStillUntil(1);
        await TickAsync(shop);
        for (var day = 2; day < 30; day += 3)
        {
            await PutAsync(shop, Day(day + 0.4));
        }

        shop.StandStillUntil(40);
        await TickAsync(shop);
        Assert.Empty(shop.Table(Tables.Due));
        Assert.Equal(10, shop.Bus.Count);
    }

    [Fact]
    public async Task Tick_AfterALongOutage_ThatDiesOnTheWay_GoesOnWhereItCame()
    {
        var shop = await OpenAsync(new TestCampaigns());
        shop.StandStillUntil(1);
        await TickAsync(shop);
        for (var day = 2; day < 30; day += 3)
        {
            await PutAsync(shop, Day(day + 0.4));
        }

        shop.StandStillUntil(40);
        var left = 20_000;
        var reads = 0;
        shop.Store.BeforeRead = table => reads += table == Tables.Due && --left < 0 ? throw new PortUnavailableException("the host ends") : 1;
        await Assert.ThrowsAsync<PortUnavailableException>(() => TickAsync(shop));
        Assert.NotEmpty(shop.Table(Tables.Due));

        (left, reads) = (int.MaxValue, 0);
        await TickAsync(shop);
        Assert.Empty(shop.Table(Tables.Due));
        Assert.Equal(10, shop.Bus.Count);
        Assert.InRange(reads, 1, (40 * 24 * Shards.Count) - 18_000);
    }

    [Fact]
    public async Task Tick_Twice_SchedulesOnce()
    {
        var shop = await OpenAsync(new TestCampaigns());
        await PutAsync(shop, Day(0).AddMinutes(5));
        await TickAsync(shop);
        await TickAsync(shop);
        Assert.Equal(1, shop.Bus.Count);
    }

    [Fact]
    public async Task Tick_RowWrittenAgainMeanwhile_IsNotDeleted()
    {
        var shop = await OpenAsync(new TestCampaigns());
        await PutAsync(shop, Day(0).AddMinutes(5));
        shop.Store.BeforeCommit = (table, partition, changes) =>
        {
            if (table == Tables.Due && changes[0].Kind == RowChangeKind.Delete)
            {
                var row = shop.Rows.GetAsync(table, partition, changes[0].Key, Cancellation).Result!;
                _ = shop.Rows.CommitAsync(table, partition, [RowChange.Upsert(row.Key, row.Properties)], Cancellation).Result;
            }
        };
        await TickAsync(shop);
        Assert.Single(shop.Table(Tables.Due));
    }

    [Fact]
    public async Task Tick_BusFails_LeavesTheRows()
    {
        var shop = await OpenAsync(new TestCampaigns());
        await PutAsync(shop, Day(0).AddMinutes(5), customer: new string('x', 3));
        var failing = new Segue.Segmentation.RecomputeSegments(
            shop.Store, new FailingBus(), shop.Engine.Ports.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<Segue.Segmentation.RecomputeSegments>.Instance);
        await Assert.ThrowsAsync<PortUnavailableException>(() => failing.TickAsync(Cancellation));
        Assert.Single(shop.Table(Tables.Due));
    }

    [Fact]
    public async Task Tick_ManyRowsOfOneHour_SchedulesEach()
    {
        var shop = await OpenAsync(new TestCampaigns());
        for (var c = 0; c < 2500; c++)
        {
            await PutAsync(shop, Day(0).AddMinutes(5), $"c{c}");
        }

        await TickAsync(shop);
        Assert.Equal(2500, shop.Bus.Count);
        Assert.Empty(shop.Table(Tables.Due));
    }

    [Fact]
    public async Task Customer_WhoseAnswerTimeChanges_IsMovedToTheSecond()
    {
        var shop = await OpenAsync(new TestCampaigns());
        await shop.Order("a", 0.234567).RunAsync(60.234567);
        Assert.False(shop.Profile("a")!.Standing!.IsIn("silent-60"));
        await shop.RunAsync(60.23457);
        Assert.True(shop.Profile("a")!.Standing!.IsIn("silent-60"));
        Assert.Equal(Day(60.234567), shop.Profile("a")!.EvaluatedAt);
    }

    private static Task TickAsync(TestShop shop) => shop.Engine.Timers.Single(t => t.Name == "RecomputeSegments").Handle(Cancellation);

    private static async Task PutAsync(TestShop shop, DateTimeOffset at, string customer = "a")
    {
        var due = new DueMoment(at, Queues.Customers, "test", new WakeUp { CustomerId = customer, At = at, Why = "test" });
        await shop.Rows.CommitAsync(
            Tables.Due, DueMoment.Partition(at, Shards.Of(customer)), [RowChange.Upsert(due.Key, due.ToProperties())], Cancellation);
    }

    private sealed class FailingBus : IMessageBus
    {
        public Task SendAsync(string queue, IReadOnlyList<BusMessage> messages, CancellationToken cancellation = default) =>
            messages.Count > 0 ? throw new PortUnavailableException("down") : Task.CompletedTask;
    }
}
