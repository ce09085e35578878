namespace Segue.Analytics.Clustering;

/// <summary>
/// How wide clusters are beside how far they lie apart, each against its worst neighbour; lower is better, 0 the least.
/// D. L. Davies and D. W. Bouldin, "A Cluster Separation Measure", IEEE PAMI 1 (1979).
/// </summary>
public static class DaviesBouldin
{
    /// <summary>The index of a clustering; noise (label below 0) is left out.</summary>
    /// <returns>Infinite where two centroids are in one place.</returns>
    /// <exception cref="AnalyticsException">Fewer than two clusters.</exception>
    public static double Of(PointSet points, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(points);
        var clusters = Enumerable.Range(0, points.Count).Where(i => labels[i] >= 0).GroupBy(i => labels[i]).OrderBy(g => g.Key)
            .Select(g => g.ToList()).ToList();
        if (clusters.Count < 2)
        {
            throw new AnalyticsException("The Davies-Bouldin index needs at least two clusters.");
        }

        var centroids = clusters.Select(c => Enumerable.Range(0, points.Dimensions).Select(j => Mean(points, j, c)).ToArray()).ToList();
        var widths = clusters.Select((c, k) => c.Sum(i => Math.Sqrt(points.SquaredDistance(i, centroids[k]))) / c.Count).ToList();
        return Enumerable.Range(0, clusters.Count).Average(k => Enumerable.Range(0, clusters.Count).Where(o => o != k)
            .Max(o => (widths[k] + widths[o]) / Distance(centroids[k], centroids[o])));
    }

    private static double Mean(PointSet points, int dimension, List<int> cluster)
    {
        var sum = 0.0;
        foreach (var i in cluster)
        {
            sum += points.Column(dimension)[i];
        }

        return sum / cluster.Count;
    }

    private static double Distance(double[] one, double[] other) => Math.Sqrt(one.Zip(other, (x, y) => (x - y) * (x - y)).Sum());
}
