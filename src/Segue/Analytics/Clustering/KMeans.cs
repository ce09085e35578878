namespace Segue.Analytics.Clustering;

/// <summary>
/// k-means: S. P. Lloyd, "Least Squares Quantization in PCM", IEEE Transactions on Information Theory 28 (1982), started by
/// k-means++.
/// </summary>
public static class KMeans
{
    /// <summary>Finds the clusters with the least inertia of all starts.</summary>
    /// <exception cref="AnalyticsException">Fewer different points than clusters, or options out of their range.</exception>
    public static KMeansResult Run(PointSet points, KMeansOptions options)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(options);
        if (options.K < 1 || options.K > points.Count)
        {
            throw new AnalyticsException($"Found k = {options.K} for {points.Count:N0} points; expected 1 to {points.Count:N0}.");
        }

        if (options.Starts < 1 || options.MaxIterations < 1 || !(options.Tolerance >= 0))
        {
            throw new AnalyticsException("k-means needs 1 start and 1 iteration at least, and a tolerance of 0 or more.");
        }

        var seeding = new KMeansPlusPlus(points);
        var run = new KMeansRun(points, options);
        KMeansResult? best = null;
        for (var start = 0; start < options.Starts; start++)
        {
            var random = new SeededRandom(options.Seed + ((ulong)start * 0x9E3779B97F4A7C15));
            var found = run.From(seeding.Draw(options.K, ref random));
            if (best is null || found.Inertia < best.Inertia)
            {
                best = found;
            }
        }

        return Ordered(best!);
    }

    /// <summary>Numbers clusters by size, equal ones by their centroid: the numbers don't depend on the start.</summary>
    private static KMeansResult Ordered(KMeansResult found)
    {
        var order = Enumerable.Range(0, found.Sizes.Count).OrderByDescending(c => found.Sizes[c])
            .ThenBy(c => found.Centroids[c], Comparer<double[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y))).ToArray();
        var numbers = new int[order.Length];
        for (var c = 0; c < order.Length; c++)
        {
            numbers[order[c]] = c;
        }

        return found with
        {
            Labels = [.. found.Labels.Select(l => numbers[l])],
            Centroids = [.. order.Select(c => found.Centroids[c])],
            Sizes = [.. order.Select(c => found.Sizes[c])],
        };
    }
}
