using Microsoft.Playwright;

namespace Segue.Browser.Tests;

/// <summary>What a view shows while it loads, where something is away, and to those who use no mouse.</summary>
public sealed class StatesTests(ServedShop shop)
{
    [Fact]
    public async Task View_WhileItsAnswerIsUnderWay_SaysSo()
    {
        await using var screen = await shop.OpenAsync();
        var asked = new TaskCompletionSource<IRoute>();
        await screen.Page.RouteAsync("**/api/**", route => asked.TrySetResult(route) ? Task.CompletedTask : route.ContinueAsync());
        await screen.Page.GotoAsync("/dashboard/segments");

        await Assertions.Expect(screen.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Loading");
        await (await asked.Task).ContinueAsync();
        await screen.SettledAsync();
        Assert.True(await screen.Page.Locator("table").CountAsync() > 0);
    }

    [Fact]
    public async Task View_WithTheStoreAway_SaysSoAndTriesAgain()
    {
        await using var screen = await shop.OpenAsync();
        await screen.Page.RouteAsync("**/api/journeys", route => route.FulfillAsync(new()
        {
            Status = 503, ContentType = "application/problem+json", Body = """{"title":"Not available at the moment","detail":"Nothing was lost."}""",
        }));
        await screen.GoAsync("/dashboard/journeys");
        await Assertions.Expect(screen.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not available at the moment");

        await screen.Page.UnrouteAllAsync();
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Assertions.Expect(screen.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        Assert.NotEmpty(await screen.TableAsync("Journeys"));
    }

    [Fact]
    public async Task Overview_OfAShopWithoutCustomers_SaysHowToBegin()
    {
        await using var screen = await shop.OpenAsync();
        await screen.Page.RouteAsync("**/api/reports/overview**", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """
                {"at":"2026-11-22T06:58:00Z","shopName":"New shop","currency":"CHF","sending":"off","customers":0,"reachable":0,"orders":0,"revenue":0,
                 "segments":[],"stages":[],"journeys":[],"lately":[],"history":[],"rolledUpAt":null,"lastOrderAt":null,"calibratedAt":null,"warnings":[]}
                """,
        }));
        await screen.GoAsync("/dashboard");

        await Assertions.Expect(screen.Page.GetByRole(AriaRole.Heading, new() { Name = "No customers yet" })).ToBeVisibleAsync();
        await Assertions.Expect(screen.Page.Locator("main")).ToContainTextAsync("import orders.csv");
    }

    [Fact]
    public async Task Views_ByKeyboardAlone_AreReachedAndAnnounced()
    {
        await using var screen = await shop.OpenAsync();
        await screen.GoAsync("/dashboard");
        var keyboard = screen.Page.Keyboard;

        await keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await FocusedAsync(screen.Page));
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Tab");
        Assert.Equal("Segments", await FocusedAsync(screen.Page));
        await keyboard.PressAsync("Enter");
        await screen.SettledAsync();

        Assert.Equal("Segments", await FocusedAsync(screen.Page));
        Assert.Equal("H1", await screen.Page.EvaluateAsync<string>("document.activeElement.tagName"));
        Assert.Equal("Segments · Segue", await screen.Page.TitleAsync());
        await Assertions.Expect(screen.Page.Locator("nav a[aria-current=page]")).ToHaveTextAsync("Segments");
        await screen.Page.GoBackAsync();
        await Assertions.Expect(screen.Page.Locator("nav a[aria-current=page]")).ToHaveTextAsync("Overview");
    }

    [Fact]
    public async Task View_OfAHostThatWantsAKey_AsksForItAndKeepsItOutOfThePage()
    {
        await using var screen = await shop.OpenAsync();
        await screen.Page.RouteAsync("**/api/**", route => route.Request.Headers.GetValueOrDefault("x-functions-key") == "open-sesame"
            ? route.ContinueAsync() : route.FulfillAsync(new() { Status = 401 }));
        await screen.GoAsync("/dashboard/segments");
        await screen.Page.GetByLabel("Function key").FillAsync("open-sesame");
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await Assertions.Expect(screen.Page.GetByRole(AriaRole.Heading, new() { Name = "Customers and revenue" })).ToBeVisibleAsync();

        await screen.GoAsync("/dashboard/journeys");
        Assert.NotEmpty(await screen.TableAsync("Journeys"));
        await using var another = await shop.OpenAsync();
        await another.Page.RouteAsync("**/api/**", route => route.Request.Headers.GetValueOrDefault("x-functions-key") == "open-sesame"
            ? route.ContinueAsync() : route.FulfillAsync(new() { Status = 401 }));
        await another.GoAsync("/dashboard/journeys?code=open-sesame");
        Assert.NotEmpty(await another.TableAsync("Journeys"));
        Assert.EndsWith("/dashboard/journeys", another.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("open-sesame", await screen.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(screen.Requests, r => r.Url.Contains("open-sesame", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_WithoutScripts_LeadsToThePlainOverview()
    {
        var html = await shop.Api.GetStringAsync("/dashboard", TestContext.Current.CancellationToken);
        Assert.Contains("href=\"/overview\"", html, StringComparison.Ordinal);
        await using var screen = await shop.OpenAsync();
        await screen.Page.GotoAsync("/overview");
        await Assertions.Expect(screen.Page.GetByRole(AriaRole.Heading, new() { Name = "Segments" })).ToBeVisibleAsync();
        Assert.DoesNotContain(screen.Errors, e => e.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("document.activeElement.textContent");
}
