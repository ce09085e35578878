using System.Diagnostics;
using System.Globalization;
using Segue.Benchmarks.Engine;
using Segue.Benchmarks.Running;
using Segue.Segmentation;

namespace Segue.Benchmarks.Scoring;

/// <summary>RFM scores and segment counts of all customers, from orders in memory, beside DuckDB, which needs node and, the first time, npm.</summary>
internal sealed class ScoringBenchmark : IBenchmark
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Scoring");

    public string Name => "scoring";

    public async Task<Finding?> RunAsync(Settings settings, CancellationToken cancellation)
    {
        var customers = settings.Pick(100, 100_000, 1_000_000);
        var orders = new OrderTable(customers, customers * 10);
        var evaluator = BenchmarkCampaigns.Scores();
        var (aggregate, score) = (new List<double>(), new List<double>());
        var duck = settings.Scale == Scale.Smoke ? null : await DuckAsync(customers, settings.Rounds, cancellation);
        for (var round = 0; round < settings.Rounds; round++)
        {
            Segue.Customers.CustomerSummary[] summaries = [];
            aggregate.Add(await Turns.TimeAsync(() => Task.FromResult(summaries = ProductScoring.Aggregate(orders))));
            score.Add(await Turns.TimeAsync(() => Task.FromResult(ProductScoring.Score(evaluator, summaries))));
        }

        var figures = new Dictionary<string, double>
        {
            ["customers"] = customers, ["adding orders up, s"] = Statistics.Median(aggregate), ["calibrating and counting segments, s"] = Statistics.Median(score),
            ["customers/s calibrated and counted"] = customers / Statistics.Median(score),
        };
        if (duck is not null)
        {
            figures["DuckDB, s"] = Statistics.Median(duck);
        }

        return new()
        {
            Name = Name, Work = "RFM scores and segment counts from ten orders a customer in memory", Beside = "DuckDB with 2 threads: the same aggregation and ntile(5)", Reach = 0.5,
            Ratios = duck is null ? [] : [.. duck.Select((d, i) => (aggregate[i] + score[i]) / d)], Figures = figures,
        };
    }

    /// <summary>Seconds of each round in DuckDB; null where it can't be run.</summary>
    private static async Task<double[]?> DuckAsync(int customers, int rounds, CancellationToken cancellation)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")) && await RunAsync("npm", ["install", "--no-audit", "--no-fund", "--silent"], cancellation) is null)
        {
            return null;
        }

        var printed = await RunAsync("node", ["duckdb.mjs", customers.ToString(CultureInfo.InvariantCulture), rounds.ToString(CultureInfo.InvariantCulture)], cancellation);
        return printed is null ? null : [.. printed.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(s => double.Parse(s, CultureInfo.InvariantCulture))];
    }

    private static async Task<string?> RunAsync(string program, string[] words, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, words) { WorkingDirectory = Folder, RedirectStandardOutput = true })!;
            var printed = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? printed : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            await Console.Error.WriteLineAsync($"{program} is not here: DuckDB's side is left out.");
            return null;
        }
    }
}
