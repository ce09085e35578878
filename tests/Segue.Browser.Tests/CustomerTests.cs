using Microsoft.Playwright;
using Segue.Customers;
using Segue.Storage;

namespace Segue.Browser.Tests;

public sealed class CustomerTests(ServedShop shop)
{
    [Fact]
    public async Task LookUp_ById_ShowsThemWithTheirTimeline()
    {
        await using var screen = await shop.OpenAsync();
        var id = await shop.SomeoneAsync();
        await screen.GoAsync("/dashboard/customers");

        await screen.Page.GetByLabel("Customer id").FillAsync(id);
        await screen.Page.Keyboard.PressAsync("Enter");
        await screen.Page.Locator(".timeline").WaitForAsync();

        var orders = shop.Rows().Where(r => r.Table == Tables.Customers && r.Row.Partition == CustomerRows.Partition(id))
            .Count(r => r.Row.Key.StartsWith(CustomerRows.Orders, StringComparison.Ordinal));
        Assert.Equal(orders, await screen.Page.Locator(".timeline .what-order, .timeline .what-return").CountAsync());
        var told = await shop.GetAsync($"/api/customers/{Uri.EscapeDataString(id)}");
        Assert.Equal(told.GetProperty("timeline").GetArrayLength(), await screen.Page.Locator(".timeline > li").CountAsync());
        Assert.Equal(told.GetProperty("segmentName").GetString(), await screen.TileAsync("Segment"));
    }

    [Fact]
    public async Task WhySegment_EndsWithTheRuleThatHolds()
    {
        await using var screen = await shop.OpenAsync();
        var id = await shop.SomeoneAsync();
        await screen.GoAsync($"/dashboard/customers/{Uri.EscapeDataString(id)}");

        var segments = screen.Page.Locator(".decision > li");
        var last = (await segments.CountAsync()) - 1;
        Assert.Contains("holds", await segments.Nth(last).GetAttributeAsync("class") ?? "", StringComparison.Ordinal);
        Assert.Equal(await screen.TileAsync("Segment"), await segments.Nth(last).Locator(".name").InnerTextAsync());
        Assert.Equal(last, await screen.Page.Locator(".decision > li.fails").CountAsync());
    }

    [Fact]
    public async Task LookUp_OfNobody_SaysSo()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard/customers/nobody-at-all");

        await Assertions.Expect(screen.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no customer");
    }
}
