using System.Globalization;
using Segue.Benchmarks.Analytics;
using Segue.Benchmarks.Import;
using Segue.Benchmarks.Running;

// The first two read what the other side of analytics.py reads, and print one line: seconds, then what they found.
switch (args)
{
    case ["kmeans", var file, var dimensions, var k, var starts]:
        Console.WriteLine(AnalyticsTimings.KMeans(file, Number(dimensions), Number(k), Number(starts)));
        return 0;
    case ["bgnbd", var file]:
        Console.WriteLine(AnalyticsTimings.BgNbd(file));
        return 0;
    case [ImportMemory.Word, var file, var data]:
        return await ImportMemory.RunAsync(file, data);
    default:
        return await CommandLine.RunAsync(args, Console.Out);
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
