using System.Globalization;
using Segue.Benchmarks;

// Each measurement reads what the other side reads and prints one line: seconds, then what it found.
Console.WriteLine(args switch
{
    ["kmeans", var file, var dimensions, var k, var starts] => AnalyticsTimings.KMeans(file, Number(dimensions), Number(k), Number(starts)),
    ["bgnbd", var file] => AnalyticsTimings.BgNbd(file),
    _ => "usage: kmeans FILE DIMENSIONS K STARTS | bgnbd FILE",
});

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
