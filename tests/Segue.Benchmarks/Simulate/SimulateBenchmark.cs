using Microsoft.Extensions.Logging.Abstractions;
using Segue.Benchmarks.Engine;
using Segue.Benchmarks.Running;
using Segue.Local.Commands;
using Segue.Local.Shop;

namespace Segue.Benchmarks.Simulate;

/// <summary>18 months of a real shop on a virtual clock, as a marketer asks for it. Needs the CDNOW file; without it, a made-up one in a smoke run.</summary>
internal sealed class SimulateBenchmark : IBenchmark
{
    private static readonly DateTimeOffset From = new(1997, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Name => "simulate";

    public async Task<Finding?> RunAsync(Settings settings, CancellationToken cancellation)
    {
        if (settings.Cdnow is null && settings.Scale != Scale.Smoke)
        {
            await Console.Error.WriteLineAsync("simulate needs --cdnow FILE: customer_id,date,number_of_cds,dollar_value.");
            return null;
        }

        using var scratch = new Scratch();
        var file = settings.Cdnow ?? scratch.Next("cdnow.csv");
        if (settings.Cdnow is null)
        {
            await File.WriteAllTextAsync(file, "customer_id,date,number_of_cds,dollar_value\n0001,19970101,1,11.77\n0001,19970301,1,5\n0002,19970112,2,12\n", cancellation);
        }

        await using var shop = await new LocalShopOpener(TimeProvider.System, NullLoggerFactory.Instance)
            .OpenAsync(new(scratch.Next("shop"), BenchmarkCampaigns.ShippedFolder, Writes: true), cancellation);
        var columns = new Dictionary<string, string> { ["customerId"] = "customer_id", ["orderedAt"] = "date", ["amount"] = "dollar_value" };
        var import = await Turns.TimeAsync(() => shop.ImportAsync(new(file, ImportKind.Orders, null, columns, "yyyyMMdd"), new Progress<WorkDone>(), cancellation));
        var (seconds, sends) = (new List<double>(), 0L);
        var until = settings.Scale == Scale.Smoke ? From.AddMonths(3) : From.AddMonths(18);
        for (var round = 0; round < Math.Min(settings.Rounds, 3); round++)
        {
            seconds.Add(await Turns.TimeAsync(async () =>
                sends = (await shop.SimulateAsync(new(From, until, ["core-reactivation"], null, AssumeReachable: true), new Progress<WorkDone>(), cancellation)).Sends));
        }

        return new()
        {
            Name = Name, Work = "simulate of 18 months of CDNOW, one journey", Beside = "the time it took then",
            Figures = new Dictionary<string, double> { ["seconds"] = Statistics.Median(seconds), ["sends"] = sends, ["import before it, s"] = import },
        };
    }
}
