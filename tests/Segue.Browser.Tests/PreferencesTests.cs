using Microsoft.Playwright;
using Segue.Customers;
using Segue.Email;
using Segue.Local.Shop;
using Segue.Storage;

namespace Segue.Browser.Tests;

/// <summary>The page behind a mail's link, as people see it on a phone and on a desk.</summary>
public sealed class PreferencesTests(ServedShop shop)
{
    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Page_AtAWidthInLightAndDark_IsAccessibleAndFits(int width)
    {
        await using var screen = await shop.OpenAsync(width);
        await screen.GoAsync(Address());
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await screen.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            Assert.Empty(await EveryViewTests.FindingsAsync(screen.Page));
        }

        Assert.Equal(width, await screen.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, innerWidth)"));
        Assert.True((await screen.Page.Locator("label").First.BoundingBoxAsync())!.Height >= 44);
        Assert.Empty(screen.Errors);
    }

    [Fact]
    public async Task Choice_IsTakenWithTheKeyboardAlone()
    {
        await using var screen = await shop.OpenAsync(390);
        await screen.GoAsync(Address());
        var box = screen.Page.GetByLabel("Picks for you");
        Assert.True(await box.IsCheckedAsync());
        await box.FocusAsync();
        await screen.Page.Keyboard.PressAsync("Space");
        await screen.Page.Keyboard.PressAsync("Enter");
        await screen.Page.Locator("h1:text-is('Your choice is saved')").WaitForAsync();
        await screen.Page.GetByRole(AriaRole.Link, new() { Name = "Choose what you get" }).ClickAsync();
        await screen.Page.Locator("h1:has-text('Your mails from')").WaitForAsync();

        // The queue takes it a moment later.
        for (var look = 0; look < 100 && await screen.Page.GetByLabel("Picks for you").IsCheckedAsync(); look++)
        {
            await screen.Page.ReloadAsync();
        }

        Assert.False(await screen.Page.GetByLabel("Picks for you").IsCheckedAsync());
        Assert.Empty(screen.Errors);
    }

    /// <summary>The link of somebody's mail about offers.</summary>
    private string Address()
    {
        Assert.SkipWhen(ServedShop.Missing is not null, ServedShop.Missing ?? "");
        var (customer, send) = shop.Rows().Where(r => r.Table == Tables.Customers && r.Row.Key.StartsWith(CustomerRows.SettledSends, StringComparison.Ordinal))
            .Select(r => (Customer: Keys.Unescape(r.Row.Partition), Send: RowJson.Unpack(r.Row, SegueJson.Default.Send)))
            .First(s => s.Send is { Topic: "offers", Status: SendStatus.Accepted });
        return ((LocalShop)shop.Shop).Engine.UnsubscribeLinks.Of(new("http://localhost"), customer, send.Id).AbsolutePath;
    }
}
