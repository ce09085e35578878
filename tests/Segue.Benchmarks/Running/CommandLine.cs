using System.Globalization;
using Segue.Benchmarks.Bill;
using Segue.Benchmarks.Engine;
using Segue.Benchmarks.Http;
using Segue.Benchmarks.Import;
using Segue.Benchmarks.Mails;
using Segue.Benchmarks.Overview;
using Segue.Benchmarks.Ports;
using Segue.Benchmarks.Recompute;
using Segue.Benchmarks.Scoring;
using Segue.Benchmarks.Simulate;

namespace Segue.Benchmarks.Running;

/// <summary>Runs what is named, prints a line each, and keeps the results and their pictures.</summary>
internal static class CommandLine
{
    private const string Usage = """
        usage: all | NAME...  [--scale smoke|small|full] [--rounds N] [--size N] [--cdnow FILE] [--out FILE] [--charts DIR]
               bill --prices FILE
               kmeans FILE DIMENSIONS K STARTS | bgnbd FILE
        """;

    /// <summary>All that can be named, in the order of docs/performance.md.</summary>
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new OperationsBenchmark(), new OrdersBenchmark(), new StepsBenchmark(), new MailsBenchmark(), new ImportBenchmark(),
        new RecomputeBenchmark(), new HttpBenchmark(), new SimulateBenchmark(), new OverviewBenchmark(), new ScoringBenchmark(),
    ];

    /// <summary>Runs it; 0 done, 2 wrong usage.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellation = default)
    {
        var (names, options) = Parse(args);
        if (names is ["bill"])
        {
            await output.WriteAsync(await MonthlyBill.PrintAsync(options.GetValueOrDefault("prices", "docs/performance/prices.json"), cancellation));
            return 0;
        }

        var chosen = names is ["all"] ? All : [.. All.Where(b => names.Contains(b.Name))];
        if (chosen.Count == 0 || (names is not ["all"] && names.Exists(n => All.All(b => b.Name != n))))
        {
            await output.WriteLineAsync($"{Usage}\nnames: {string.Join(", ", All.Select(b => b.Name))}");
            return 2;
        }

        var settings = new Settings(
            Enum.Parse<Scale>(options.GetValueOrDefault("scale", "full"), ignoreCase: true),
            int.Parse(options.GetValueOrDefault("rounds", "5"), CultureInfo.InvariantCulture))
        {
            Cdnow = options.GetValueOrDefault("cdnow"),
            Size = options.TryGetValue("size", out var size) ? int.Parse(size, CultureInfo.InvariantCulture) : null,
        };
        foreach (var benchmark in chosen)
        {
            if (await benchmark.RunAsync(settings, cancellation) is { } measured)
            {
                await KeepAsync(measured with { Scale = settings.Scale }, options, output);
            }
        }

        return 0;
    }

    private static async Task KeepAsync(Finding measured, Dictionary<string, string> options, TextWriter output)
    {
        await output.WriteLineAsync(Lines.Of(measured));
        ResultsFile.Add(options.GetValueOrDefault("out", "benchmark-results.json"), measured);
        if (options.GetValueOrDefault("charts") is { } folder && measured.Curves.Count > 0)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, measured.Name + ".svg"), Chart.Draw(measured.Work, measured.Curves));
        }
    }

    private static (List<string> Names, Dictionary<string, string> Options) Parse(string[] args)
    {
        var (names, options) = (new List<string>(), new Dictionary<string, string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < args.Length)
            {
                options[args[i][2..]] = args[++i];
            }
            else
            {
                names.Add(args[i]);
            }
        }

        return (names, options);
    }
}
