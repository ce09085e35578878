using System.Text.Json;
using Segue.Http.Reports;
using Segue.Segmentation;
using Segue.Segmentation.Clusters;
using Segue.Segmentation.Predictions;

namespace Segue.Browser.Tests;

public sealed class ValueTests(ServedShop shop)
{
    [Fact]
    public async Task Clusters_AreThoseOfTheCalibration_WithTheMapAndWhySoMany()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard/value");
        var report = await shop.GetAsync("/api/calibration");
        var found = report.GetProperty("clusters");
        var members = report.GetProperty("personas").GetProperty("clusters").EnumerateArray().ToList();

        var rows = await screen.TableAsync("Clusters");
        Assert.Equal(members.Select(m => m.GetProperty("customers").GetDecimal()), rows.Select(r => Screen.Number(r[1])));
        Assert.Equal(found.GetProperty("clusters").EnumerateArray().Select(c => $"{c.GetProperty("id")} {c.GetProperty("name")}"), rows.Select(r => r[0]));
        Assert.Equal(found.GetProperty("map").GetProperty("points").GetArrayLength(), await screen.Page.Locator("svg.scatter circle").CountAsync());

        await screen.Page.GetByText($"Why {found.GetProperty("k")} groups").ClickAsync();
        var tried = await screen.TableAsync("Numbers of clusters tried");
        Assert.Equal(found.GetProperty("table").GetArrayLength(), tried.Count);
        Assert.StartsWith(found.GetProperty("k").ToString(), Assert.Single(tried, t => t[0].Contains("chosen", StringComparison.Ordinal))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Personas_OfSegments_SayWhatTheyRestOn()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard/value");
        var persona = (await shop.GetAsync("/api/calibration")).GetProperty("personas").GetProperty("segments")[0];
        var name = persona.GetProperty("name").GetString()!;
        await screen.Page.Locator(".personas summary", new() { HasText = name }).Last.ClickAsync();

        var traits = await screen.TableAsync($"Personas of segments: {name}");
        Assert.Equal(persona.GetProperty("traits").EnumerateArray().Select(t => t.GetProperty("known").GetDecimal()), traits.Select(t => Screen.Number(t[2])));
        Assert.All(traits, t => Assert.NotEmpty(t[1]));
    }

    [Fact]
    public async Task Returns_OfTheCurve_StandInItsTable()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard/value");
        var points = (await shop.GetAsync("/api/calibration")).GetProperty("returns").EnumerateArray().ToList();
        await screen.Page.GetByText("Show as a table").First.ClickAsync();
        var rows = await screen.TableAsync("Returns after a silence");
        Assert.NotEmpty(rows);
        Assert.Equal(points.Select(p => p.GetProperty("cameBack").GetDecimal()), rows.Select(r => Screen.Number(r[2])));
    }

    [Fact]
    public async Task Tiers_AndTheCheckOfPredictions_AreShownWithTheirNumbers()
    {
        await using var screen = await shop.OpenAsync();
        var json = JsonSerializer.Serialize(Grown, JsonSerializerOptions.Web);
        await screen.Page.RouteAsync("**/api/calibration", route => route.FulfillAsync(new() { ContentType = "application/json", Body = json }));
        await screen.GoAsync("/dashboard/value");

        var grid = await screen.TableAsync("Value by time since the first and the last order");
        Assert.Equal("0–89 days", grid[0][0]);
        Assert.Equal("$300tier 1 · 40 customers", grid[0][1]);
        Assert.Equal("–", grid[1][1]);
        Assert.Equal([["Tier 1", "40", "$300", "$300"], ["Tier 4", "60", "$12", "$12"]], await screen.TableAsync("Value tiers"));
        Assert.Equal("95 %", await screen.TileAsync("Prediction beside what happened"));
        Assert.Equal(
            [["0", "400", "19", "20"], ["1 or more", "100", "76", "80"]],
            await screen.TableAsync("Purchases predicted and those there were, by repeat purchases before"));
        await screen.Page.GetByText("The models", new() { Exact = true }).ClickAsync();
        Assert.Equal(["r", "0.2430", "0.013"], (await screen.TableAsync("Parameters of the models"))[0]);
        Assert.Contains("Clusters need more.", await screen.Page.Locator(".warnings").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(screen.Errors);
    }

    [Fact]
    public async Task BeforeACalibration_SaysWhenThereWillBeOne()
    {
        await using var screen = await shop.OpenAsync();
        var json = JsonSerializer.Serialize(new CalibrationReport(DateTimeOffset.UnixEpoch, "USD", null), JsonSerializerOptions.Web);
        await screen.Page.RouteAsync("**/api/calibration", route => route.FulfillAsync(new() { ContentType = "application/json", Body = json }));
        await screen.GoAsync("/dashboard/value");
        Assert.Contains("Not calibrated yet.", await screen.Page.Locator(".empty").InnerTextAsync(), StringComparison.Ordinal);
    }

    /// <summary>What a shop larger than the demo's has learned.</summary>
    private static CalibrationReport Grown => new(DateTimeOffset.UnixEpoch.AddYears(50), "USD", "c")
    {
        At = DateTimeOffset.UnixEpoch.AddYears(50),
        Customers = 500,
        Buyers = 500,
        Tiers = new ValueTiers
        {
            Longevity = [0, 90],
            Silence = [0, 30],
            From = new(2018, 12, 1),
            Until = new(2019, 12, 1),
            Cells = [new(0, 0, 30, 310, 300, 1, 40), new(0, 1, 50, 10, 12, 4, 60)],
        },
        Predictions = new ValueModel
        {
            LastDay = new(2019, 12, 31),
            Purchases = new(0.243, 4.414, 0.793, 2.426),
            StandardErrors = [0.0126, null, 0.18, 0.7],
            LogLikelihood = -9582.4,
            Customers = 500,
            Check = new FitCheck(new(2019, 6, 1), new(2019, 12, 31), 500, 95, 100, [new(0, 400, 19, 20), new(1, 100, 76, 80)]),
        },
        Personas = new Personas([], []),
        Remarks = ["Clusters need more."],
    };
}
