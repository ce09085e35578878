using Microsoft.Extensions.Logging.Abstractions;
using Segue.Benchmarks.Engine;
using Segue.Benchmarks.Running;
using Segue.Local.Serving;
using Segue.Local.Shop;
using Segue.Local.Storage;

namespace Segue.Benchmarks.Http;

/// <summary>
/// The intake alone, on both sides: nothing handles the queue meanwhile, and client and server share the machine. The ratio is
/// of times, so that half the rate is 2.
/// </summary>
internal sealed class HttpBenchmark : IBenchmark
{
    private const int Connections = 32;

    public string Name => "http";

    public async Task<Finding?> RunAsync(Settings settings, CancellationToken cancellation)
    {
        using var scratch = new Scratch();
        var requests = settings.Pick(40, 3000, 20_000);
        await using var shop = await new LocalShopOpener(TimeProvider.System, NullLoggerFactory.Instance)
            .OpenAsync(new(scratch.Next("shop"), BenchmarkCampaigns.ShippedFolder, Writes: true), cancellation);
        await using var server = await LocalServer.StartAsync(
            shop.Parts with { Queues = [], Timers = [] }, "http://127.0.0.1:0", TimeProvider.System, cancellation, backlog: int.MaxValue);
        using var database = SqliteDatabase.Open(scratch.Next("bare"));
        await using var bare = await EnqueueOnly.StartAsync(new SqliteMessageBus(database, TimeProvider.System));
        var (ours, theirs) = (new Uri(server.Addresses.First() + "/api/orders"), new Uri(bare.Urls.First() + "/orders"));
        var (mine, other) = (new List<double>(), new List<double>());
        var round = 0;
        var rounds = await Turns.TakeAsync(settings.Rounds, () => PostAsync(ours, mine), () => PostAsync(theirs, other));
        return new()
        {
            Name = Name, Work = "POST /api/orders at saturation", Beside = "a Kestrel endpoint that only enqueues", Reach = 2, Ratios = rounds.Ratios(),
            Figures = new Dictionary<string, double>
            {
                ["orders/s"] = requests / Statistics.Median(rounds.Select(r => r.Ours)),
                ["bare requests/s"] = requests / Statistics.Median(rounds.Select(r => r.Theirs)),
                ["p50 ms"] = Statistics.Quantile(mine, 0.5), ["p99 ms"] = Statistics.Quantile(mine, 0.99),
                ["bare p50 ms"] = Statistics.Quantile(other, 0.5), ["bare p99 ms"] = Statistics.Quantile(other, 0.99),
            },
        };

        async Task<double> PostAsync(Uri url, List<double> times)
        {
            GC.Collect();
            var (seconds, milliseconds) = await LoadGenerator.RunAsync(url, requests, Connections, FormattableString.Invariant($"r{round++}"));
            times.AddRange(milliseconds);
            return seconds;
        }
    }
}
