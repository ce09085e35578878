using System.Net;

namespace Segue.Tests.Local.Processes;

/// <summary>What the disk may do to the server.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly ProcessShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Serve_DiskThatFillsUp_Answers503AndKeepsEveryAcceptedOrder()
    {
        List<string> accepted = [];
        using (var server = await RunningShop.StartAsync(SegueProcess.StartOnASmallDisk(1200, _shop.WithFolders("serve", "--urls", "http://127.0.0.1:0"))))
        {
            (HttpStatusCode Status, TimeSpan? RetryAfter)? answer;
            var i = 0;
            do
            {
                var orders = Enumerable.Range(0, 20).Select(k => (Id: $"{i}-{k}", Customer: $"c{k}")).ToList();
                answer = await server.PostAsync(orders.Select(o => new
                {
                    orderId = o.Id, customerId = o.Customer, orderedAt = "2026-01-02T03:04:05Z", amount = 1.25m, currency = "USD",
                }));
                if (answer is { Status: HttpStatusCode.Accepted })
                {
                    accepted.AddRange(orders.Select(o => o.Id));
                }
            }
            while (answer is { Status: HttpStatusCode.Accepted } && ++i < 2000);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer?.Status);
            Assert.True(answer?.RetryAfter > TimeSpan.Zero);
            Assert.NotEmpty(accepted);
            await server.Process.KillAsync();
        }

        using var again = await RunningShop.StartAsync(_shop);
        await Eventually.HoldsAsync(() => accepted.ToHashSet().IsSubsetOf(_shop.Orders().Select(o => o.Order)));
        Assert.Contains("\"deadLetters\":0", await again.GetAsync("/health"), StringComparison.Ordinal);
        Assert.Equal(0, await again.Process.TerminateAsync());
        Assert.Equal(_shop.Orders().Count, _shop.Orders().Select(o => o.Order).Distinct().Count());
        Assert.Equal(_shop.Orders().Count, _shop.Profiles().Sum(p => p.Orders));
    }

    [Fact]
    public async Task Serve_DatabaseThatMayNotBeWritten_IsRefusedAndSaysSo()
    {
        Assert.Equal(0, (await _shop.RunHereAsync("import", _shop.Write("orders.csv", "customerId,orderedAt,amount\nann,2026-01-01,5\n"))).Code);
        var file = Path.Combine(_shop.Data, "segue.db");
        await ChangeModeAsync("400", file);
        using var process = SegueProcess.StartUnprivileged(_shop.WithFolders("serve", "--urls", "http://127.0.0.1:0"));

        var (code, _) = await process.EndAsync();

        Assert.Equal(1, code);
        Assert.StartsWith($"{file}: the file or its folder can't be written to", process.Error, StringComparison.Ordinal);
        await ChangeModeAsync("600", file);
        Assert.Equal(1, Assert.Single(_shop.Profiles()).Orders);
    }

    private static async Task ChangeModeAsync(string mode, string file)
    {
        using var change = System.Diagnostics.Process.Start("chmod", [mode, file]);
        await change.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, change.ExitCode);
    }
}
