using System.Globalization;
using Segue.Local.Commands;

namespace Segue.Browser.Tests;

public sealed class SimulateTests(ServedShop shop)
{
    [Fact]
    public async Task Simulate_AJourneyAndAPeriod_ShowsTheSendsOfTheCommandLine()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync($"/dashboard/simulate?journey={Views.Journey}");
        var until = DateTimeOffset.UtcNow.Date;
        var from = until.AddDays(-120);
        await screen.Page.Locator("input[name=from]").FillAsync(Day(from));
        await screen.Page.Locator("input[name=until]").FillAsync(Day(until));
        await screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Simulate" }).ClickAsync();
        await screen.Page.Locator(".tile").First.WaitForAsync(new() { Timeout = 120_000 });

        var told = await shop.Shop.SimulateAsync(
            new(new(from, TimeSpan.Zero), new(until, TimeSpan.Zero), [Views.Journey], null, false), new Progress<WorkDone>(), TestContext.Current.CancellationToken);
        Assert.True(told.Sends > 0);
        Assert.Equal(told.Sends, Screen.Number(await screen.TileAsync("Mails")));
        Assert.Equal(told.ByJourney[Views.Journey].Entered, Screen.Number(await screen.TileAsync("Entered")));
        Assert.Equal(told.Unreachable, Screen.Number(await screen.TileAsync("Unreachable")));
        Assert.Equal(told.Sends, (await screen.TableAsync("Mails by day")).Sum(r => Screen.Number(r[1])));
        Assert.Equal(Math.Min(200, told.Sends), (await screen.TableAsync("Mails by time")).Count);
        Assert.Empty(screen.Errors);
    }

    [Fact]
    public async Task Simulate_APeriodThatEndsBeforeItBegins_IsRefusedInWords()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard/simulate");
        await screen.Page.Locator("input[name=from]").FillAsync("2026-03-01");
        await screen.Page.Locator("input[name=until]").FillAsync("2026-02-01");
        await screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Simulate" }).ClickAsync();

        await Microsoft.Playwright.Assertions.Expect(screen.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("must be later than");
    }

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
