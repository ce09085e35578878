using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Segue.Benchmarks.Engine;
using Segue.Local.Commands;
using Segue.Local.Shop;

namespace Segue.Benchmarks.Import;

/// <summary>An import as the command does it, alone or in a process of its own whose memory is looked at.</summary>
internal static class ImportMemory
{
    /// <summary>The command of the process of its own.</summary>
    public const string Word = "import-alone";

    /// <summary>Imports a file into a folder; how many rows were accepted.</summary>
    public static async Task<long> ImportAsync(string file, string data)
    {
        await using var shop = await new LocalShopOpener(TimeProvider.System, NullLoggerFactory.Instance)
            .OpenAsync(new(data, BenchmarkCampaigns.ShippedFolder, Writes: true), default);
        var result = await shop.ImportAsync(new(file, ImportKind.Orders, null, new Dictionary<string, string>(), null), new Progress<WorkDone>(), default);
        return result.Accepted;
    }

    /// <summary>The process of its own: prints seconds, and the most memory it had in MB.</summary>
    public static async Task<int> RunAsync(string file, string data)
    {
        var watch = Stopwatch.StartNew();
        await ImportAsync(file, data);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds} {self.PeakWorkingSet64 / 1048576.0}"));
        return 0;
    }

    /// <summary>Runs that process.</summary>
    public static async Task<(double Seconds, double PeakMegabytes)> InAProcessAsync(string file, string data, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Segue.Benchmarks.dll"), Word, file, data]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var words = (await process.StandardOutput.ReadToEndAsync(cancellation)).Split(' ', StringSplitOptions.TrimEntries);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException("The import in a process of its own failed.");
    }
}
