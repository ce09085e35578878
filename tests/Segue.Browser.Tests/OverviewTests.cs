using Segue.Customers;
using Segue.Measurement;
using Segue.Storage;

namespace Segue.Browser.Tests;

public sealed class OverviewTests(ServedShop shop)
{
    [Fact]
    public async Task Tiles_ShowTheFiguresOfTheRows()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard");
        var customers = shop.Rows().Where(r => r.Table == Tables.Summaries)
            .Select(r => RowJson.Unpack(r.Row, SegueJson.Default.SummaryRow).Summary).ToList();
        var facts = shop.Rows().Where(r => r.Table == Tables.Facts).Select(r => RowJson.Unpack(r.Row, SegueJson.Default.Fact)).ToList();

        Assert.Equal(customers.Count, Screen.Number(await screen.TileAsync("Customers")));
        Assert.Equal(customers.Sum(c => c.Purchases.Orders), Screen.Number(await screen.TileAsync("Orders")));
        Assert.Equal(decimal.Round(customers.Sum(c => c.Purchases.TotalSpend)), Screen.Number(await screen.TileAsync("Revenue")));
        Assert.Equal(
            facts.Count(f => f is { Kind: FactKinds.Entered, HeldOut: false }) - facts.Count(f => f is { Kind: FactKinds.Exited, HeldOut: false }),
            Screen.Number(await screen.TileAsync("In journeys now")));
    }

    [Fact]
    public async Task OverTime_EndsWhereTheTilesStand_AndCountsEveryMail()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard");
        await screen.Page.GetByText("Show as a table").First.ClickAsync();
        var weeks = await screen.TableAsync("The shop over time");
        var history = (await shop.GetAsync("/api/reports/overview?every=7")).GetProperty("history").EnumerateArray().ToList();

        Assert.Equal(Screen.Number(await screen.TileAsync("Customers")), Screen.Number(weeks[0][1]));
        Assert.True(weeks.Count > 40);
        Assert.Equal(history.Skip(1).Sum(d => d.GetProperty("sent").GetDecimal()), weeks.Sum(w => Screen.Number(w[^1])));
        Assert.Equal(6, await screen.Page.Locator(".thirds svg path").CountAsync());
    }

    [Fact]
    public async Task Segments_AreThoseOfTheApi()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard");
        var told = (await shop.GetAsync("/api/segments")).GetProperty("segments").EnumerateArray().ToList();
        var shown = await screen.TableAsync("Segments");

        Assert.Equal(told.Select(s => s.GetProperty("name").GetString()), shown.Select(r => r[0]));
        Assert.Equal(told.Select(s => s.GetProperty("customers").GetDecimal()), shown.Select(r => Screen.Number(r[1])));
        Assert.Equal(told.Select(s => s.GetProperty("orders").GetDecimal()), shown.Select(r => Screen.Number(r[3])));
        Assert.Equal(shop.Rows().Count(r => r.Table == Tables.Summaries), shown.Sum(r => Screen.Number(r[1])));
    }

    [Fact]
    public async Task Journeys_OfTheOverview_LeadToTheirOwnView()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard");
        var first = (await shop.GetAsync("/api/journeys")).GetProperty("journeys").EnumerateArray()
            .Single(j => j.GetProperty("id").GetString() == "welcome");

        await screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = first.GetProperty("name").GetString()!, Exact = true }).ClickAsync();
        await screen.SettledAsync();

        Assert.EndsWith($"/dashboard/journeys/{first.GetProperty("id")}", screen.Page.Url, StringComparison.Ordinal);
        Assert.Equal(first.GetProperty("name").GetString(), await screen.Page.Locator("h1").InnerTextAsync());
    }
}
