namespace Segue.Browser.Tests;

/// <summary>
/// The pictures in the README. <c>SEGUE_WRITE_PICTURES=1</c> takes them anew, of the whole demo shop; otherwise they go to the other
/// screenshots, so that a view that can no longer be pictured is noticed.
/// </summary>
public sealed class PicturesTests(ServedShop shop)
{
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(Chromium.Root, ServedShop.WritesPictures ? "docs/images" : "TestResults/pictures")).FullName;

    [Theory]
    [InlineData("overview", "dashboard.png", 1200, 860)]
    [InlineData("journey", "journey.png", 1200, 860)]
    public async Task Picture_OfTheReadme_ShowsTheTopOfAView(string view, string file, int width, int height)
    {
        await using var screen = await shop.OpenAsync(width);
        await screen.Page.SetViewportSizeAsync(width, height);
        await screen.GoAsync(await shop.AddressAsync(view));
        var path = Path.Combine(Folder, file);
        await screen.Page.ScreenshotAsync(new() { Path = path });

        // A page with nothing on it compresses to less.
        Assert.InRange(new FileInfo(path).Length, 20_000, 400_000);
    }
}
