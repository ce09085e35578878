using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Segue.Browser.Tests;

/// <summary>A page that remembers what it asked for and what went wrong in it.</summary>
internal sealed partial class Screen : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public Screen(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Request += (_, request) => Requests.Add(request);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Errors.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts and of the content security policy.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>All requests, in order.</summary>
    public List<IRequest> Requests { get; } = [];

    /// <summary>Requests of the API.</summary>
    public IEnumerable<string> Calls => Requests.Select(r => new Uri(r.Url).PathAndQuery).Where(p => p.StartsWith("/api/", StringComparison.Ordinal));

    /// <summary>Opens an address and waits until the view has what it asked for.</summary>
    public async Task GoAsync(string address)
    {
        await Page.GotoAsync(address);
        await SettledAsync();
    }

    /// <summary>Waits until nothing is loading.</summary>
    public async Task SettledAsync()
    {
        await Page.Locator("h1").WaitForAsync();
        await Page.Locator(".loading").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>The value of a tile by its name.</summary>
    public async Task<string> TileAsync(string name) =>
        Plain(await Page.Locator(".tile", new() { Has = Page.Locator($"dt:text-is('{name}')") }).Locator("dd").First.InnerTextAsync());

    /// <summary>A table's body by its caption: the plain text of each cell.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> TableAsync(string caption)
    {
        var table = Page.Locator("table", new() { Has = Page.Locator($"caption:text-is('{caption}')") }).First;
        var rows = await table.EvaluateAsync<string[][]>("t => [...t.tBodies[0].rows].map(r => [...r.cells].map(c => c.textContent))");
        return [.. rows.Select(r => (IReadOnlyList<string>)[.. r.Select(Plain)])];
    }

    /// <summary>The first number in a text: 1,234 of "1,234 61 %".</summary>
    public static decimal Number(string text) =>
        decimal.Parse(FirstNumber().Match(text).Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private static string Plain(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[\d,]+(\.\d+)?")]
    private static partial Regex FirstNumber();
}
