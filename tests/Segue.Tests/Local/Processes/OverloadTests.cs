using System.Diagnostics;
using System.Globalization;
using System.Net;
using Segue.Local.Storage;
using Segue.Messaging;

namespace Segue.Tests.Local.Processes;

/// <summary>Orders come faster than they can be handled.</summary>
public sealed class OverloadTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>How long; set SEGUE_OVERLOAD_SECONDS for a long run by hand.</summary>
    private static readonly int Seconds = int.TryParse(Environment.GetEnvironmentVariable("SEGUE_OVERLOAD_SECONDS"), out var n) && n > 0 ? n : 4;

    private const int Backlog = 400;
    private const int Posters = 6;
    private const int InARequest = 50;

    private readonly ProcessShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Serve_MoreOrdersThanItCanHandle_PutsOffWithoutLosingAny()
    {
        using var server = await RunningShop.StartAsync(_shop, "--backlog", Backlog.ToString(CultureInfo.InvariantCulture));
        HashSet<string> accepted = [];
        var (putOff, sent) = (0, 0);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Posters).Select(async poster =>
        {
            // In CI until it was put off a few times, however fast the machine; nobody heeds the Retry-After.
            for (var i = 0; Stopwatch.GetElapsedTime(began).TotalSeconds < Seconds || (Volatile.Read(ref putOff) < 3 && i < 400); i++)
            {
                var ids = Enumerable.Range(0, InARequest).Select(k => $"{poster}-{i}-{k}").ToList();
                var answer = await server.PostAsync(ids.Select((id, k) => new
                {
                    orderId = id, customerId = $"c{(i * 31 + k * 7 + poster) % 500}", orderedAt = "2026-01-02T03:04:05Z", amount = 1.25m, currency = "USD",
                }));
                Interlocked.Increment(ref sent);
                if (answer is { Status: HttpStatusCode.TooManyRequests })
                {
                    Interlocked.Increment(ref putOff);
                    Assert.True(answer.Value.RetryAfter > TimeSpan.Zero);
                    await Task.Delay(20, TestContext.Current.CancellationToken);
                    continue;
                }

                Assert.Equal(HttpStatusCode.Accepted, answer?.Status);
                lock (accepted)
                {
                    accepted.UnionWith(ids);
                }
            }
        }));
        var lasted = Stopwatch.GetElapsedTime(began);
        var most = await RecoverAsync();
        var recovered = Stopwatch.GetElapsedTime(began) - lasted;

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{lasted.TotalSeconds:0.0} s: {sent} requests, {putOff} put off, {accepted.Count} orders accepted ({accepted.Count / lasted.TotalSeconds:0} a second); {most} waited at the end, handled {recovered.TotalSeconds:0.0} s later; {server.Process.PeakMemory()} MiB at most"));
        Assert.True(putOff > 0, "It was never too much.");
        Assert.InRange(server.Process.PeakMemory(), 1, 800);
        Assert.Equal(HttpStatusCode.Accepted, (await server.PostAsync([new { orderId = "last", customerId = "c1", orderedAt = "2026-01-02T03:04:05Z", amount = 1.25m, currency = "USD" }]))?.Status);
        Assert.Equal(0, await server.Process.TerminateAsync());
        accepted.Add("last");
        using (var again = await RunningShop.StartAsync(_shop))
        {
            await RecoverAsync();
            Assert.Equal(0, await again.Process.TerminateAsync());
        }

        Assert.Equal(accepted.Order(StringComparer.Ordinal), _shop.Orders().Select(o => o.Order).Order(StringComparer.Ordinal));
        Assert.Equal(accepted.Count, _shop.Profiles().Sum(p => p.Orders));
    }

    /// <summary>Waits until no order waits any more; how many did at first.</summary>
    private async Task<long> RecoverAsync()
    {
        using var database = SqliteDatabase.OpenReadOnly(_shop.Data);
        var queues = new SqliteMessageReceiver(database, TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        var first = queues.Count(Queues.Customers).Ready;
        while (queues.Count(Queues.Customers) is { Ready: > 0 } or { Locked: > 0 } or { Scheduled: > 0 })
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(3), "It did not catch up.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return first;
    }
}
