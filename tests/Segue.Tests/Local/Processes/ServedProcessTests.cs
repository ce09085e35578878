using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Segue.Tests.Local.Processes;

public sealed class ServedProcessTests : IDisposable
{
    private readonly ProcessShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Serve_KilledWhileOrdersArrive_CountsEachAcceptedOrderOnce()
    {
        HashSet<string> accepted = [];
        var random = new Random(3);
        for (var run = 0; run < 2; run++)
        {
            using var server = await StartAsync();
            using var client = Client(server.Url);
            using CancellationTokenSource stop = new();
            var posting = Enumerable.Range(0, 4).Select(poster => PostAsync(client, $"{run}-{poster}", accepted, stop.Token)).ToList();
            var before = Count(accepted);
            await Eventually.HoldsAsync(() => Count(accepted) > before + 10);
            await Task.Delay(random.Next(200), Cancellation);
            await server.Process.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(posting);
        }

        Assert.True(accepted.Count > 20, $"Only {accepted.Count} orders were accepted before the kills.");
        using var last = await StartAsync();

        // An order whose answer was lost may have been taken; one that was answered must be there. Each is there once.
        await Eventually.HoldsAsync(() => accepted.IsSubsetOf(_shop.Orders().Select(o => o.Order)));
        Assert.Equal(0, await last.Process.TerminateAsync());
        var orders = _shop.Orders();
        Assert.Equal(orders.Count, orders.Select(o => o.Order).Distinct().Count());
        Assert.Equal(
            orders.GroupBy(o => o.Customer).Select(c => (c.Key, c.Count(), c.Sum(o => o.Amount))).Order(), _shop.Profiles());
    }

    [Fact]
    public async Task Serve_AskedToStopWhileOrdersArrive_EndsWith0AndLosesNothing()
    {
        HashSet<string> accepted = [];
        using (var server = await StartAsync())
        {
            using var client = Client(server.Url);
            using CancellationTokenSource stop = new();
            var posting = PostAsync(client, "a", accepted, stop.Token);
            await Eventually.HoldsAsync(() => Count(accepted) > 10);

            Assert.Equal(0, await server.Process.TerminateAsync());
            await stop.CancelAsync();
            await posting;
            Assert.False(File.Exists(Path.Combine(_shop.Data, "server.url")));
        }

        using var again = await StartAsync();
        await Eventually.HoldsAsync(() => accepted.IsSubsetOf(_shop.Orders().Select(o => o.Order)));
        Assert.Equal(0, await again.Process.TerminateAsync());
        Assert.Equal(_shop.Orders().Count, _shop.Profiles().Sum(p => p.Orders));
    }

    [Fact]
    public async Task Serve_HoldsTheFolder_AgainstWritersOnlyAndJourneysAreSwitchedThroughIt()
    {
        Assert.Equal(0, (await _shop.RunHereAsync("import", _shop.Write("orders.csv", "customerId,orderedAt,amount\nann,2026-01-01,5\n"))).Code);
        using var server = await StartAsync();

        var writer = await _shop.RunAsync("calibrate");
        Assert.Equal(1, writer.Code);
        Assert.Contains($"The data folder {_shop.Data} is in use by another Segue (process {server.Process.Id}).", writer.Error, StringComparison.Ordinal);
        Assert.Empty(writer.Output);

        Assert.Equal(0, (await _shop.RunHereAsync("segments")).Code);
        Assert.Equal(0, (await _shop.RunHereAsync("customer", "ann")).Code);

        var live = await _shop.RunAsync("golive", "wake", "--by", "Ada", "--format", "json");
        Assert.True(live.Code == 0, live.Error);
        Assert.Equal("draft", JsonDocument.Parse(live.Output).RootElement.GetProperty("forecast").GetProperty("status").GetString());
        Assert.Equal("live", await StatusAsync(server.Url));
        Assert.Equal(0, (await _shop.RunHereAsync("pause", "wake")).Code);
        Assert.Equal("paused", await StatusAsync(server.Url));
        var twice = await _shop.RunHereAsync("golive", "wake");
        Assert.Equal((1, "Journey 'wake' is paused: resume it.\n"), (twice.Code, twice.Error.ReplaceLineEndings("\n")));
        Assert.Equal(0, (await _shop.RunHereAsync("resume", "wake")).Code);
        Assert.Equal("live", await StatusAsync(server.Url));
        var unknown = await _shop.RunHereAsync("golive", "wkae");
        Assert.Equal(1, unknown.Code);
        Assert.Contains("'wake'", unknown.Error, StringComparison.Ordinal);

        // Somebody edits the files while the journey must be stopped: the server has its own copy, and stops it.
        _shop.Write("campaigns/journeys/wake.yaml", "id: wake\nsteps: [");
        Assert.Equal(0, (await _shop.RunHereAsync("pause", "wake")).Code);
        Assert.Equal("paused", await StatusAsync(server.Url));
    }

    [Fact]
    public async Task GoLive_AfterAServerWasKilled_WorksOnTheFolderItself()
    {
        using (var server = await StartAsync())
        {
            await server.Process.KillAsync();
        }

        Assert.True(File.Exists(Path.Combine(_shop.Data, "server.url")));
        var live = await _shop.RunHereAsync("golive", "wake");

        Assert.True(live.Code == 0, live.Error);
        Assert.False(File.Exists(Path.Combine(_shop.Data, "server.url")));
    }

    [Fact]
    public async Task Serve_OnAPortInUse_IsRefusedAndNamesIt()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        var (code, _, error) = await _shop.RunAsync("serve", "--urls", url);

        Assert.Equal(1, code);
        Assert.Equal($"{url} is in use by another program, perhaps another Segue. Stop it, or choose another address with --urls.\n", error);
        Assert.False(File.Exists(Path.Combine(_shop.Data, "server.url")));
    }

    private static HttpClient Client(string url) => new() { BaseAddress = new(url), Timeout = TimeSpan.FromSeconds(10) };

    private static int Count(HashSet<string> accepted)
    {
        lock (accepted)
        {
            return accepted.Count;
        }
    }

    private static async Task<string?> StatusAsync(string url)
    {
        using var client = Client(url);
        return (await client.GetFromJsonAsync<JsonElement>("/api/journeys/wake/forecast", Cancellation)).GetProperty("status").GetString();
    }

    /// <summary>Posts two orders at a time, and notes those that were answered with 202, until the server is gone.</summary>
    private static async Task PostAsync(HttpClient client, string name, HashSet<string> accepted, CancellationToken stop)
    {
        try
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var orders = Enumerable.Range(0, 2).Select(k => new
                {
                    orderId = $"{name}-{i}-{k}", customerId = $"c{i % 7}", orderedAt = "2026-01-02T03:04:05Z", amount = 1.25m, currency = "USD",
                }).ToList();
                using var answer = await client.PostAsJsonAsync("/api/orders", orders, stop);
                if (answer.StatusCode == HttpStatusCode.Accepted)
                {
                    lock (accepted)
                    {
                        accepted.UnionWith(orders.Select(o => o.orderId));
                    }
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The server is gone.
        }
    }

    private async Task<Server> StartAsync()
    {
        var process = _shop.Start("serve", "--urls", "http://127.0.0.1:0");
        var line = await process.LineAsync("Serving ");
        return new(process, line.Split(' ')[1]);
    }

    private sealed record Server(SegueProcess Process, string Url) : IDisposable
    {
        public void Dispose() => Process.Dispose();
    }
}
