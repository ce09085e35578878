using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Segue.Analytics.Clustering;
using Segue.Analytics.Lifetime;

namespace Segue.Benchmarks.Analytics;

/// <summary>Times of clustering and of fitting; <c>analytics.py</c> takes them beside scikit-learn's and lifetimes'.</summary>
internal static class AnalyticsTimings
{
    /// <summary>k-means on a file of doubles, one dimension after the other.</summary>
    public static string KMeans(string file, int dimensions, int k, int starts)
    {
        var values = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(file));
        var count = values.Length / dimensions;
        var columns = new double[dimensions][];
        for (var j = 0; j < dimensions; j++)
        {
            columns[j] = values.Slice(j * count, count).ToArray();
        }

        var points = PointSet.FromColumns(columns);
        var options = new KMeansOptions(k) { Starts = starts };
        Clustering(points.Take([.. Enumerable.Range(0, Math.Min(count, 20_000))]), options);
        var watch = Stopwatch.StartNew();
        var found = Clustering(points, options);
        return string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:F4} {found.Inertia:F3}");
    }

    /// <summary>BG/NBD on a file of "repeats,last,observed" lines.</summary>
    public static string BgNbd(string file)
    {
        var customers = File.ReadLines(file).Select(line => line.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray())
            .Select(c => new PurchasePattern((int)c[0], c[1], c[2])).ToList();

        // Once for the compiler; the other side fits once untimed too.
        BgNbdFit.Of(customers);
        var watch = Stopwatch.StartNew();
        var fit = BgNbdFit.Of(customers);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{watch.Elapsed.TotalSeconds:F4} {fit.Model.R:F4} {fit.Model.Alpha:F4} {fit.Model.A:F4} {fit.Model.B:F4} {fit.LogLikelihood:F2}");
    }

    private static KMeansResult Clustering(PointSet points, KMeansOptions options) => Segue.Analytics.Clustering.KMeans.Run(points, options);
}
