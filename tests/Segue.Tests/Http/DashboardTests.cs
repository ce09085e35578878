using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Segue.Campaigns;
using Segue.Ports;

namespace Segue.Tests.Http;

public sealed partial class DashboardTests : IAsyncLifetime
{
    private readonly RunningShop _shop = new();

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Page_HasOneMainHeadingAndNamedSections()
    {
        var page = await PageAsync();

        Assert.Equal("Alder & Finch", page.QuerySelector("h1")!.TextContent);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Equal(
            ["Key figures", "Segments", "Journeys", "To look at", "Lifecycle", "How fresh this is", "Sent lately"],
            page.QuerySelectorAll("h2").Select(h => h.TextContent));
        Assert.All(page.QuerySelectorAll("section"), s => Assert.NotNull(page.GetElementById(s.GetAttribute("aria-labelledby")!)));
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.NotNull(page.QuerySelector("main"));
        Assert.NotNull(page.QuerySelector("meta[name=viewport]"));
    }

    [Fact]
    public async Task Page_EveryChartHasItsTable()
    {
        var page = await PageAsync();
        var charts = page.QuerySelectorAll("svg");

        Assert.NotEmpty(charts);
        Assert.All(charts, chart =>
        {
            Assert.Equal("true", chart.GetAttribute("aria-hidden"));
            Assert.NotNull(chart.Closest("section")!.QuerySelector("table"));
        });
        Assert.All(page.QuerySelectorAll("thead th"), h => Assert.Equal("col", h.GetAttribute("scope")));
        Assert.All(page.QuerySelectorAll("tbody th"), h => Assert.Equal("row", h.GetAttribute("scope")));
    }

    [Fact]
    public async Task Segments_AreRowsWithCountsRevenueAndShares()
    {
        var page = await PageAsync();
        var rows = page.GetElementById("segments")!.Closest("section")!.QuerySelectorAll("tbody tr");

        Assert.Equal(14, rows.Length);
        Assert.Equal("VIP, active 118 5.9 % €301,200 37 % 1,720", Words(rows[0]));
        Assert.Contains("0 %", Words(rows[13]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journeys_AreRowsWithTheirStatus()
    {
        var rows = (await PageAsync()).GetElementById("journeys")!.Closest("section")!.QuerySelectorAll("tbody tr");

        Assert.Equal("Bring back quiet regulars for core-churned live 130 980 102", Words(rows[1]));
    }

    [Fact]
    public async Task Page_NeedsNothingButItself()
    {
        var page = await PageAsync();

        Assert.Empty(page.QuerySelectorAll("script, link:not([href^='data:']), img, iframe, object, embed, [onclick], [style]"));
        Assert.DoesNotMatch(ExternalUrl(), page.DocumentElement.OuterHtml);
    }

    [Fact]
    public async Task Page_AllowsItsOwnStylesOnly()
    {
        using var response = await _shop.Client.GetAsync("/overview", TestContext.Current.CancellationToken);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var css = html[(html.IndexOf("<style>", StringComparison.Ordinal) + 7)..html.IndexOf("</style>", StringComparison.Ordinal)];

        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(css))), policy, StringComparison.Ordinal);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Page_ShowsTextAsText()
    {
        _shop.Product.Overview = Overviews.Busy with
        {
            ShopName = "<script>alert(1)</script>",
            Warnings = ["<img src=x onerror=alert(1)>"],
            Segments = [new("s", "<b>bold</b>", 1, 1, 1)],
        };

        var page = await PageAsync();

        Assert.Empty(page.QuerySelectorAll("script, img, b"));
        Assert.Equal("<script>alert(1)</script>", page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Page_WithoutCustomers_SaysHowToBegin()
    {
        _shop.Product.Overview = Overviews.Empty;

        var page = await PageAsync();

        Assert.Contains("No customers yet", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("import orders.csv", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("table, svg"));
    }

    [Fact]
    public async Task Page_WithEmptyParts_SaysSo()
    {
        _shop.Product.Overview = Overviews.Busy with { Journeys = [], Lately = [], Warnings = [], CalibratedAt = null };

        var text = (await PageAsync()).Body!.TextContent;

        Assert.Contains("no journeys", text, StringComparison.Ordinal);
        Assert.Contains("No mail has gone out yet", text, StringComparison.Ordinal);
        Assert.Contains("within their guard rails", text, StringComparison.Ordinal);
        Assert.Contains("never", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Sending.Off, "Sending is off")]
    [InlineData(Sending.AllowList, "allow-list only")]
    [InlineData(Sending.On, "Sending is on")]
    public async Task Page_SaysWhetherMailGoesOut(Sending sending, string text)
    {
        _shop.Product.Overview = Overviews.Busy with { Sending = sending };

        Assert.Contains(text, (await PageAsync()).QuerySelector(".sending")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WithTheStoreAway_IsAPageThatSaysSo()
    {
        _shop.Product.Fault = new PortUnavailableException("away");

        using var response = await _shop.Client.GetAsync("/overview", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    private static string Words(IElement element) => Spaces().Replace(element.TextContent, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(https?:)?//[a-z]|url\(", RegexOptions.IgnoreCase)]
    private static partial Regex ExternalUrl();

    private async Task<IDocument> PageAsync()
    {
        var html = await _shop.Client.GetStringAsync("/overview", TestContext.Current.CancellationToken);
        return await new HtmlParser().ParseDocumentAsync(html, TestContext.Current.CancellationToken);
    }
}
