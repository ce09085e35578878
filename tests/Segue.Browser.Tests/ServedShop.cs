using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using Segue.Browser.Tests;
using Segue.Local.Commands;
using Segue.Local.Demo;
using Segue.Local.Serving;
using Segue.Local.Shop;
using Segue.Local.Storage;
using Segue.Ports;

[assembly: AssemblyFixture(typeof(ServedShop))]

namespace Segue.Browser.Tests;

/// <summary>One small demo shop, served, and one browser: all tests of a run look at the same.</summary>
public sealed class ServedShop : IAsyncLifetime
{
    /// <summary>Whether the README's pictures are taken anew.</summary>
    internal static readonly bool WritesPictures = Environment.GetEnvironmentVariable("SEGUE_WRITE_PICTURES") == "1";

    private static readonly int Customers = WritesPictures ? DemoShop.Customers : 120;


    private readonly string _folder = Directory.CreateTempSubdirectory("segue-browser-").FullName;
    private IShop? _shop;
    private LocalServer? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Calls the API as the page does.</summary>
    public HttpClient Api { get; private set; } = new();

    /// <summary>The opened product.</summary>
    internal IShop Shop => _shop!;

    /// <summary>Why there is nothing to look at, or null.</summary>
    internal static string? Missing =>
        Chromium.Path is null ? "There is no Chromium on this machine: apt-get install chromium, or name one in SEGUE_CHROMIUM."
        : !Chromium.PageIsBuilt ? "The dashboard's page was not built: install Node.js 20 or later and build again." : null;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        var clock = TimeProvider.System;
        var opener = new LocalShopOpener(clock, NullLoggerFactory.Instance) { DemoCustomers = Customers };
        _shop = await opener.OpenAsync(new(_folder, Path.Combine(Chromium.Root, "src", "Campaigns"), Writes: true), default);
        await _shop.EnsureDemoAsync(new Progress<WorkDone>(), default);
        _server = await LocalServer.StartAsync(_shop.Parts, "http://127.0.0.1:0", clock, default);
        Api.BaseAddress = new(_server.Addresses.Single());
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    /// <summary>A page of a browser without history.</summary>
    internal async Task<Screen> OpenAsync(int width = 1280)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Api.BaseAddress!.ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new(context, await context.NewPageAsync());
    }

    /// <summary>What the API answers.</summary>
    internal async Task<JsonElement> GetAsync(string path)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        return await Api.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
    }

    /// <summary>Every row of the shop.</summary>
    internal List<(string Table, Row Row)> Rows()
    {
        using var database = SqliteDatabase.OpenReadOnly(_folder);
        return [.. new SqliteTableStore(database).AllRows()];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
