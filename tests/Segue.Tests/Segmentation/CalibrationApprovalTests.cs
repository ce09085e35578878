using Segue.Messaging;
using Segue.Ports;
using Segue.Segmentation;
using Segue.Storage;
using Segue.Tests.Support;

namespace Segue.Tests.Segmentation;

/// <summary>A calibration that would move many customers waits; every one is kept, and can be gone back to.</summary>
public sealed class CalibrationApprovalTests
{
    private static readonly TestCampaigns Ranks = new()
    {
        CalibrationApproval = "5%",
        Segments = """
            segments:
              - id: top
                name: Top
                when: { spend: "top 10%" }
              - id: other
                name: Other
            """,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calibrate_MovingMoreThanTheShare_WaitsAndMovesNobody()
    {
        var (shop, first) = await CalibratedAsync();
        await AddSmallBuyersAsync(shop, 60);

        var second = await shop.Engine.CalibrateAsync(initial: false, Cancellation);
        await shop.RunAsync(3.5);

        Assert.Equal(first.Id, (await shop.Catalog.CurrentAsync(Cancellation)).Calibration!.Id);
        Assert.Equal(5, Top(shop));
        var versions = await shop.Engine.CalibrationVersionsAsync(Cancellation);
        Assert.Equal([(second.Id, CalibrationState.Waiting), (first.Id, CalibrationState.InForce)], versions.Select(v => (v.Calibration.Id, v.State)));
        Assert.Equal([new SegmentMove("other", "top", 6)], versions[0].Comparison!.Moves);
        Assert.Equal((110L, 6L), (versions[0].Comparison!.Customers, versions[0].Comparison!.Moved));
    }

    [Fact]
    public async Task Calibrate_MovingExactlyTheShare_IsPublished()
    {
        var (shop, _) = await CalibratedAsync();
        await AddSmallBuyersAsync(shop, 50);

        var second = await shop.Engine.CalibrateAsync(initial: false, Cancellation);

        var newest = (await shop.Engine.CalibrationVersionsAsync(Cancellation))[0];
        Assert.Equal((second.Id, CalibrationState.InForce, 0.05), (newest.Calibration.Id, newest.State, newest.Comparison!.Share));
    }

    [Fact]
    public async Task PutInForce_OfOneThatWaits_MovesWhomItSaid_AndBackAgain()
    {
        var (shop, first) = await CalibratedAsync();
        await AddSmallBuyersAsync(shop, 60);
        var second = await shop.Engine.CalibrateAsync(initial: false, Cancellation);

        await shop.Engine.PutCalibrationInForceAsync(second.Id, "Ann", Cancellation);
        await shop.RunAsync(3.5);
        Assert.Equal(11, Top(shop));
        var versions = await shop.Engine.CalibrationVersionsAsync(Cancellation);
        Assert.Equal([(CalibrationState.InForce, "Ann"), (CalibrationState.Kept, null)], versions.Select(v => (v.State, v.By)));

        await shop.Engine.PutCalibrationInForceAsync(first.Id, "Ben", Cancellation);
        await shop.RunAsync(4);

        // Of the six who must leave, one is in the top 12 % and stays: leaving takes two points more than entering.
        Assert.Equal(6, Top(shop));
        versions = await shop.Engine.CalibrationVersionsAsync(Cancellation);
        Assert.Equal([(CalibrationState.Kept, null), (CalibrationState.InForce, "Ben")], versions.Select(v => (v.State, v.By)));
    }

    [Fact]
    public async Task PutInForce_OfAnUnknownOne_IsRefused()
    {
        var (shop, first) = await CalibratedAsync();
        var fault = await Assert.ThrowsAsync<CalibrationNotFoundException>(
            () => shop.Engine.PutCalibrationInForceAsync("20990101T000000000", "Ann", Cancellation));
        Assert.Equal("There is no calibration '20990101T000000000'.", fault.Message);
        Assert.Equal(first.Id, (await shop.Catalog.CurrentAsync(Cancellation)).Calibration!.Id);
    }

    [Fact]
    public async Task Weekly_ThroughTheQueue_ComparesAsTheDirectRunDoes()
    {
        var (shop, first) = await CalibratedAsync();
        await AddSmallBuyersAsync(shop, 60);

        await shop.RunAsync(7.7);

        var versions = await shop.Engine.CalibrationVersionsAsync(Cancellation);
        Assert.Equal([CalibrationState.Waiting, CalibrationState.InForce], versions.Select(v => v.State));
        Assert.Equal((first.Id, 110L, 6L), (versions[0].Comparison!.Against, versions[0].Comparison!.Customers, versions[0].Comparison!.Moved));
        Assert.DoesNotContain(shop.Table(Tables.Settings), r => r.Partition.StartsWith("calibration-parts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compare_BegunTwiceAgainstDifferentOnes_DecidesOnceAndLeavesNothing()
    {
        var (shop, first) = await CalibratedAsync();
        var second = await shop.Engine.CalibrateAsync(initial: false, Cancellation);
        await AddSmallBuyersAsync(shop, 60);
        var third = await shop.Engine.CalibrateAsync(initial: false, Cancellation);
        await shop.Rows.TryDeleteAsync(Tables.Settings, "calibration", $"moves-{third.Id}", cancellation: Cancellation);

        foreach (var shard in Enumerable.Range(0, Shards.Count))
        {
            foreach (var against in new[] { first.Id, second.Id })
            {
                var work = new CompareShard { Shard = shard, CalibrationId = third.Id, Against = against };
                shop.Happens(3.1, ShardMessages.Of(work, null), Queues.ShardWork);
            }
        }

        await shop.RunAsync(3.5);

        var newest = (await shop.Engine.CalibrationVersionsAsync(Cancellation))[0];
        Assert.Equal((third.Id, CalibrationState.Waiting, 6L), (newest.Calibration.Id, newest.State, newest.Comparison!.Moved));
        Assert.DoesNotContain(shop.Table(Tables.Settings), r => r.Partition.StartsWith("calibration-parts", StringComparison.Ordinal));
    }

    [Fact]
    public void Merge_AddsUpMovesLargestFirst_AndRefusesOthers()
    {
        var part = new CalibrationComparison { CalibrationId = "b", Against = "a", Customers = 10, Moves = [new("x", "y", 2), new("y", "z", 1)] };
        var whole = CalibrationComparison.Merge([part, part with { Customers = 5, Moves = [new("y", "z", 3)] }]);
        Assert.Equal([new SegmentMove("y", "z", 4), new("x", "y", 2)], whole.Moves);
        Assert.Equal((15L, 6L, 0.4), (whole.Customers, whole.Moved, whole.Share));
        Assert.Equal(0, (part with { Customers = 0, Moves = [] }).Share);
        Assert.Throws<ArgumentException>(() => CalibrationComparison.Merge([part, part with { Against = "0" }]));
        Assert.Throws<ArgumentException>(() => CalibrationComparison.Merge([]));
    }

    /// <summary>50 customers of 10 to 59, of whom the calibration puts the 5 largest on top.</summary>
    private static async Task<(TestShop Shop, Calibration First)> CalibratedAsync()
    {
        var shop = await TestShop.OpenAsync(Ranks);
        for (var c = 0; c < 50; c++)
        {
            shop.Order($"c{c}", 0.5, 10 + c);
        }

        await shop.RunAsync(2);
        var first = await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        await shop.RunAsync(2.5);
        return (shop, first);
    }

    private static async Task AddSmallBuyersAsync(TestShop shop, int count)
    {
        for (var c = 0; c < count; c++)
        {
            shop.Order($"new{c}", 2.6, 1);
        }

        await shop.RunAsync(3);
    }

    private static int Top(TestShop shop) =>
        shop.Table(Tables.Summaries).Count(r => RowJson.Unpack(r, SegueJson.Default.SummaryRow).Standing.Segment == "top");
}
