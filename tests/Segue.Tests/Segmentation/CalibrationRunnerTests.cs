using System.Text.Json;
using Segue.Customers;
using Segue.Measurement;
using Segue.Segmentation;
using Segue.Storage;
using Segue.Tests.Support;
using static Segue.Tests.Support.TestShop;

namespace Segue.Tests.Segmentation;

/// <summary>Calibrations over a whole shop: made in parts, published once, applied to everyone.</summary>
public sealed class CalibrationRunnerTests
{
    private static readonly TestCampaigns Ranks = new()
    {
        Segments = """
            segments:
              - id: top
                name: Top
                when: { spend: "top 10%" }
              - id: other
                name: Other
            """,
        Journeys = [TestCampaigns.TwoSteps(enter: "segment: top")],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_MovesPeopleAndStartsNobody()
    {
        var shop = await OpenAsync(Ranks);
        await Fill(shop).RunAsync(2);
        Assert.All(Enumerable.Range(0, 50), c => Assert.Equal("other", shop.Profile($"c{c}")!.Standing!.Segment));

        var calibration = await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        await shop.RunAsync(2.5);
        Assert.True(calibration.Initial);
        Assert.Equal(["c45", "c46", "c47", "c48", "c49"], Top(shop));
        Assert.All(Top(shop), c => Assert.Equal(calibration.Id, shop.Profile(c)!.CalibrationId));
        Assert.Empty(shop.Facts(FactKinds.Entered));
    }

    [Fact]
    public async Task Later_WakesWhoseAnswerChangedAndStartsThem()
    {
        var shop = await OpenAsync(Ranks);
        await Fill(shop).RunAsync(2);
        await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        await shop.RunAsync(2.5);
        for (var c = 0; c < 50; c++)
        {
            shop.Order($"new{c}", 2.6, 1);
        }

        await shop.RunAsync(3);
        await shop.Engine.CalibrateAsync(initial: false, Cancellation);
        await shop.RunAsync(3.5);
        Assert.Equal(["c40", "c41", "c42", "c43", "c44"], shop.Facts(FactKinds.Entered).Select(f => f.CustomerId));
        Assert.Equal(10, Top(shop).Count);
    }

    [Fact]
    public async Task Weekly_OnMondaysThroughTheQueue_EqualsTheDirectRun()
    {
        var shop = await OpenAsync(Ranks);
        await Fill(shop).RunAsync(5.6);
        Assert.Null((await shop.Catalog.CurrentAsync(Cancellation)).Calibration);
        await shop.RunAsync(5.7);

        var weekly = (await shop.Catalog.CurrentAsync(Cancellation)).Calibration!;
        Assert.Equal((new DateTimeOffset(2024, 1, 8, 3, 0, 0, TimeSpan.Zero), true, 50L), (weekly.At, weekly.Initial, weekly.Customers));
        Assert.Equal(["c45", "c46", "c47", "c48", "c49"], Top(shop));
        Assert.DoesNotContain(shop.Table(Tables.Settings), r => r.Partition.StartsWith("calibration-parts", StringComparison.Ordinal));

        var sketch = shop.Set.Evaluator.NewSketch();
        foreach (var row in shop.Table(Tables.Summaries))
        {
            var summary = RowJson.Unpack(row, SegueJson.Default.SummaryRow);
            sketch.Add(summary.Summary, weekly.At, summary.CustomerId);
        }

        Assert.Equal(Json(sketch.ToCalibration(weekly.Id, weekly.At, true)), Json(weekly));
        await shop.RunAsync(12.7);
        Assert.False((await shop.Catalog.CurrentAsync(Cancellation)).Calibration!.Initial);
    }

    [Fact]
    public async Task Older_NeverReplacesANewer()
    {
        var shop = await OpenAsync(Ranks);
        var store = new CalibrationStore(shop.Store);
        await store.PublishAsync(new() { Id = "20240103T000000000", At = Day(1) }, Cancellation);
        await store.PublishAsync(new() { Id = "20240102T000000000", At = Day(0) }, Cancellation);
        Assert.Equal("20240103T000000000", (await store.CurrentAsync(Cancellation))!.Id);
    }

    [Fact]
    public async Task NoCustomers_IsACalibrationOfNobody()
    {
        var shop = await OpenAsync(Ranks);
        var calibration = await shop.Engine.CalibrateAsync(initial: true, Cancellation);
        Assert.Equal((0L, 0L), (calibration.Customers, calibration.Buyers));
        await shop.Order("a", 1).RunAsync(2);
        Assert.Equal("other", shop.Profile("a")!.Standing!.Segment);
    }

    private static TestShop Fill(TestShop shop)
    {
        for (var c = 0; c < 50; c++)
        {
            shop.Order($"c{c}", 0.5, 10 + c);
        }

        return shop;
    }

    private static List<string> Top(TestShop shop) =>
        [.. shop.Table(Tables.Summaries).Select(r => RowJson.Unpack(r, SegueJson.Default.SummaryRow))
            .Where(r => r.Standing.Segment == "top").Select(r => r.CustomerId).Order(StringComparer.Ordinal)];

    private static string Json(Calibration calibration) => JsonSerializer.Serialize(calibration, SegueJson.Default.Calibration);
}
