using System.Text.Json;
using Microsoft.Playwright;

namespace Segue.Browser.Tests;

/// <summary>What holds for every view, at every width, in light and dark.</summary>
public sealed class EveryViewTests(ServedShop shop)
{
    private static readonly Lazy<string> Axe = new(() =>
        File.ReadAllText(Path.Combine(Chromium.Root, "src/Segue.Http/Dashboard/web/node_modules/axe-core/axe.min.js")));

    private static readonly string Pictures = Directory.CreateDirectory(Path.Combine(Chromium.Root, "TestResults", "dashboard")).FullName;

    public static TheoryData<string, int> Looks() => [.. from view in Views.All from width in Views.Widths select (view, width)];

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task View_AtAWidthInLightAndDark_IsAccessibleFitsAndBreaksNothing(string view, int width)
    {
        await using var screen = await shop.OpenAsync(width);
        await screen.GoAsync(await shop.AddressAsync(view));
        Assert.Equal(0, await screen.Page.Locator(".problem").CountAsync());
        Assert.Equal(1, await screen.Page.Locator("h1").CountAsync());
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await screen.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await screen.Page.ScreenshotAsync(new()
            {
                Path = Path.Combine(Pictures, $"{view}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png"), FullPage = true,
            });
            Assert.Empty(await FindingsAsync(screen.Page));
        }

        Assert.Equal(width, await screen.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, innerWidth)"));
        Assert.Empty(screen.Errors);
    }

    [Fact]
    public async Task View_Any_NeedsAtMostTwoCalls()
    {
        foreach (var view in Views.All)
        {
            await using var screen = await shop.OpenAsync();
            await screen.GoAsync(await shop.AddressAsync(view));
            Assert.InRange(screen.Calls.Count(), 0, 2);
            Assert.All(screen.Requests, r => Assert.Equal(shop.Api.BaseAddress!.Authority, r.Url.StartsWith("data:", StringComparison.Ordinal)
                ? shop.Api.BaseAddress.Authority : new Uri(r.Url).Authority));
        }
    }

    [Fact]
    public async Task Page_WithAllItLoads_IsUnder350KBAndPaintsWithinASecond()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard");

        var bytes = 0;
        foreach (var request in screen.Requests.Where(r => !r.Url.StartsWith("data:", StringComparison.Ordinal)))
        {
            bytes += (await request.SizesAsync()).ResponseBodySize;
        }

        // The best of some: what else the machine does at the moment is not the page's doing.
        var painted = double.MaxValue;
        for (var load = 0; load < 4 && painted > 1000; load++)
        {
            await using var fresh = await shop.OpenAsync();
            await fresh.GoAsync("/dashboard");
            painted = Math.Min(painted, await fresh.Page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
        }

        TestContext.Current.SendDiagnosticMessage($"{bytes / 1024.0:0} KB, first contentful paint after {painted:0} ms");
        Assert.InRange(bytes, 20_000, 350 * 1024);
        Assert.InRange(painted, 0, 1000);
    }

    [Fact]
    public async Task Files_AskedForByTheirHash_MayBeKeptForEver()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard");
        var files = screen.Requests.Where(r => r.Url.Contains("/assets/", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, files.Count);
        foreach (var file in files)
        {
            var headers = (await file.ResponseAsync())!.Headers;
            Assert.Contains("immutable", headers["cache-control"], StringComparison.Ordinal);
            Assert.Contains(headers["content-encoding"], new[] { "br", "gzip" });
        }
    }

    internal static async Task<IReadOnlyList<string>> FindingsAsync(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(Axe.Value + "; undefined");
        }

        var result = await page.EvaluateAsync<JsonElement>(
            "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })");
        return [.. from violation in result.GetProperty("violations").EnumerateArray()
            where violation.GetProperty("impact").GetString() is "serious" or "critical" or "moderate"
            from node in violation.GetProperty("nodes").EnumerateArray()
            select $"{violation.GetProperty("id")}: {node.GetProperty("target")} {node.GetProperty("failureSummary")}"];
    }
}
