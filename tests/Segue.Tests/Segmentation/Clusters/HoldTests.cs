using System.Text.Json;
using Segue.Customers;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Segmentation.Clusters;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Segmentation.Clusters;

/// <summary>What a customer keeps between calibrations, through the whole engine.</summary>
public sealed class HoldTests
{
    private static readonly TestCampaigns Files = new()
    {
        Segments = """
            segments:
              - { id: top, name: Top, when: { spend: top 10% } }
              - { id: other, name: Other }
            tags:
              - { id: one, when: { cluster: 1 } }
              - { id: two, when: { cluster: 2 } }
              - { id: three, when: { cluster: 3 } }
            """,
        Settings = "clusters: { from: 3, to: 3 }",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RankSegment_OfWhoIsOnTheEdge_IsLeftOnlyTwoPointsBelow()
    {
        var shop = await OpenAsync(Files);
        for (var c = 0; c < 100; c++)
        {
            shop.Order($"c{c:D2}", 0.5, 100 + c);
        }

        await shop.RunAsync(1);
        await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        await shop.RunAsync(1.5);
        Assert.Equal("top", Segment(shop, "c90"));

        // Two overtake c90, who is in the top 12 % still; then a third.
        await shop.Order("c10", 2, 500).Order("c11", 2, 500).RunAsync(2.5);
        await shop.Engine.CalibrateAsync(initial: false, Cancellation);
        await shop.RunAsync(3);
        Assert.Equal(("top", "top", "other"), (Segment(shop, "c90"), Segment(shop, "c91"), Segment(shop, "c89")));
        Assert.Equal(["spend top 10%"], shop.Profile("c90")!.Held!.Ranks);

        await shop.Order("c12", 4, 500).RunAsync(4.5);
        await shop.Engine.CalibrateAsync(initial: false, Cancellation);
        await shop.RunAsync(5);
        Assert.Equal(("other", "top"), (Segment(shop, "c90"), Segment(shop, "c91")));
        Assert.Null(shop.Profile("c90")!.Held?.Ranks);

        // Who has left is among the others: in the top 12 % again is not enough to come back.
        await shop.Order("c90", 6, 1).RunAsync(6.5);
        await shop.Engine.CalibrateAsync(initial: false, Cancellation);
        await shop.RunAsync(7);
        Assert.Equal("other", Segment(shop, "c90"));
        await AssertFromScratchAsync(shop);
    }

    [Fact]
    public async Task Cluster_OfWhoOrders_StaysUntilTheNextCalibration()
    {
        var shop = await OpenAsync(Files);
        Fill(shop, 40);
        await shop.RunAsync(50);
        var calibration = await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        Assert.Equal(3, calibration.Clusters!.Clusters.Count);
        await shop.RunAsync(50.5);
        var (few, often) = (Tag(shop, "few0"), Tag(shop, "often0"));
        Assert.NotEqual(few, often);

        // Eighteen orders make "few0" like those who buy often, from the next calibration on.
        for (var i = 0; i < 18; i++)
        {
            shop.Order("few0", 51 + (i * 0.1), 20);
        }

        shop.Order("new", 52, 20);
        await shop.RunAsync(53);
        Assert.Equal((few, null), (Tag(shop, "few0"), Tag(shop, "new")));
        await AssertFromScratchAsync(shop);

        var next = await shop.Engine.CalibrateAsync(initial: false, Cancellation);
        Assert.Equal(calibration.Clusters.MadeAt, next.Clusters!.MadeAt);
        await shop.RunAsync(54);
        Assert.Equal((often, few), (Tag(shop, "few0"), Tag(shop, "new")));
        await AssertFromScratchAsync(shop);
    }

    [Fact]
    public async Task Profile_FromBeforeDaysWereCounted_CountsThemWhenItIsNextLookedAt()
    {
        var shop = await OpenAsync(Files);
        await shop.Order("a", 0.5, 10).Order("a", 3.5, 20).Order("a", 3.6, 5).RunAsync(4);
        var now = shop.Profile("a")!;
        Assert.Equal((2, 10m, 25m), (now.Purchases.PurchaseDays, now.Purchases.FirstDaySpend, now.Purchases.FirstYearSpend));
        await ForgetAsync(shop, now);
        Assert.Equal(0, shop.Profile("a")!.Purchases.PurchaseDays);

        // Publishing has everyone looked at whose days are not counted.
        await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        await shop.RunAsync(5);
        Assert.Equal(JsonSerializer.Serialize(now.Purchases), JsonSerializer.Serialize(shop.Profile("a")!.Purchases));
        Assert.Equal(2, Summary(shop, "a").Summary.Purchases.PurchaseDays);
    }

    [Fact]
    public async Task Calibration_OfAShopLongClosed_IsAsOfItsLastOrder_DirectlyAndThroughTheQueue()
    {
        var shop = await OpenAsync(Files);
        Fill(shop, 0.1);
        await shop.RunAsync(48);
        var weekly = (await shop.Catalog.CurrentAsync(Cancellation)).Calibration!;
        Assert.Equal((Day(8.7), 3), (weekly.AsOf, weekly.Clusters!.Clusters.Count));
        Assert.Contains("The newest order is of 2024-01-11: predictions, tiers and clusters are as of then.", weekly.Remarks);
        var direct = await shop.Engine.CalibrateAsync(initial: false, Cancellation);
        Assert.Equal((weekly.AsOf, JsonSerializer.Serialize(weekly.Clusters)), (direct.AsOf, JsonSerializer.Serialize(direct.Clusters)));
        Assert.DoesNotContain(shop.Table(Tables.Settings), r => r.Partition.StartsWith("calibration-parts", StringComparison.Ordinal));
    }

    /// <summary>Rows as an earlier version wrote them.</summary>
    private static async Task ForgetAsync(TestShop shop, CustomerProfile profile)
    {
        var old = profile.Purchases with { PurchaseDays = 0, FirstDaySpend = 0, FirstYearSpend = 0, Months = null };
        var partition = CustomerRows.Partition(profile.CustomerId);
        await shop.Store.CommitAsync(Tables.Customers, partition,
            [RowChange.Upsert(CustomerRows.Profile, RowJson.Pack(profile with { Purchases = old }, SegueJson.Default.CustomerProfile))], Cancellation);
        var row = shop.Table(Tables.Summaries).Single();
        var summary = RowJson.Unpack(row, SegueJson.Default.SummaryRow);
        await shop.Store.CommitAsync(Tables.Summaries, row.Partition,
            [RowChange.Upsert(row.Key, RowJson.Pack(summary with { Summary = summary.Summary with { Purchases = old } }, SegueJson.Default.SummaryRow))], Cancellation);
    }

    /// <summary>Evaluating what is kept anew says of everyone what the engine has come to step by step.</summary>
    private static async Task AssertFromScratchAsync(TestShop shop)
    {
        // What is due at this very instant has not been handled yet.
        var (calibration, at) = ((await shop.Catalog.CurrentAsync(Cancellation)).Calibration, shop.Now.AddTicks(-1));
        foreach (var row in shop.Table(Tables.Summaries).Select(r => RowJson.Unpack(r, SegueJson.Default.SummaryRow)))
        {
            var anew = shop.Set.Evaluator.Evaluate(row.Summary, calibration, at);
            Assert.True(anew.SaysTheSameAs(row.Standing), $"{row.CustomerId}: {anew} and {row.Standing}");
            var copy = row.Summary with { Held = shop.Set.Evaluator.Hold(row.Summary, row.Summary, calibration) };
            Assert.True(shop.Set.Evaluator.Evaluate(copy, calibration, at).SaysTheSameAs(anew), row.CustomerId);
        }
    }

    /// <summary>Three kinds of customers, who buy from a day on for nine days.</summary>
    private static void Fill(TestShop shop, double day)
    {
        for (var c = 0; c < 70; c++)
        {
            var first = day + (c % 10 * 0.3);
            shop.Order($"few{c}", first, 20);
            shop.Order($"rich{c}", first, 900 + c).Order($"rich{c}", first + 2, 900 + c);
            for (var i = 0; i < 15; i++)
            {
                shop.Order($"often{c}", day + 3 + (i * 0.4), 20);
            }
        }
    }

    private static SummaryRow Summary(TestShop shop, string customer) =>
        shop.Table(Tables.Summaries).Select(r => RowJson.Unpack(r, SegueJson.Default.SummaryRow)).Single(r => r.CustomerId == customer);

    private static string Segment(TestShop shop, string customer) => shop.Profile(customer)!.Standing!.Segment;

    private static string? Tag(TestShop shop, string customer) => shop.Profile(customer)!.Standing!.Tags.SingleOrDefault();
}
