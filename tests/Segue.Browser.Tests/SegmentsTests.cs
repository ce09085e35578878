using Segue.Customers;
using Segue.Measurement;
using Segue.Storage;

namespace Segue.Browser.Tests;

public sealed class SegmentsTests(ServedShop shop)
{
    [Fact]
    public async Task HeatMap_CountsEveryBuyerOnce()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard/segments");
        var buyers = shop.Rows().Where(r => r.Table == Tables.Summaries)
            .Count(r => RowJson.Unpack(r.Row, SegueJson.Default.SummaryRow).Summary.Purchases.Orders > 0);

        var scores = await screen.TableAsync("Customers by recency and frequency score, 5 is best");
        Assert.Equal(5, scores.Count);
        var cells = await screen.Page.Locator("table.heat").First.Locator(".heat-main").AllInnerTextsAsync();
        Assert.Equal(25, cells.Count);
        Assert.Equal(buyers, cells.Where(c => c != "–").Sum(Screen.Number));
    }

    [Fact]
    public async Task Moves_OfTheMonthChosen_AreTheFactsOfThatMonth()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard/segments");
        var month = (await screen.Page.Locator("select[name=month] option").Nth(1).GetAttributeAsync("value"))!;
        await screen.Page.GetByLabel("Month").SelectOptionAsync(month);
        await screen.Page.GetByText("Show as a table").First.ClickAsync();
        var moved = shop.Rows().Where(r => r.Table == Tables.Facts && r.Row.Partition.StartsWith(month.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal))
            .Select(r => RowJson.Unpack(r.Row, SegueJson.Default.Fact)).Where(f => f.Kind == FactKinds.Moved).ToList();
        var shown = await screen.TableAsync("Moves between segments");

        Assert.NotEmpty(moved);
        Assert.Equal(moved.Count, shown.Sum(r => Screen.Number(r[2])));
        Assert.Equal(moved.DistinctBy(f => (f.From, f.Segment)).Count(), shown.Count);
        Assert.Equal(shown.Count, await screen.Page.Locator("svg.flows path.band").CountAsync());
    }

    [Fact]
    public async Task Definitions_SayTheRuleAndTheJourneysOfEach()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard/segments");
        var rows = await screen.TableAsync("Segments with their rules and journeys");

        var churned = Assert.Single(rows, r => r[0].StartsWith("Core, churned", StringComparison.Ordinal));
        Assert.Contains("stage: churned, orders: >= 2", churned[0], StringComparison.Ordinal);
        Assert.Contains("core-reactivation", churned[4], StringComparison.Ordinal);
    }
}
