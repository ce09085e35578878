using Segue.Analytics.Clustering;

namespace Segue.Segmentation.Clusters;

/// <summary>A customer on the map.</summary>
/// <param name="X">Along the direction in which customers differ most.</param>
/// <param name="Y">Along the next.</param>
/// <param name="Cluster">Place of the cluster in the list; of those that are not published the number they would have had.</param>
public readonly record struct MapPoint(double X, double Y, int Cluster);

/// <summary>Customers in the two dimensions that show most of how they differ (principal components).</summary>
/// <param name="Shares">The share of all variance that each dimension shows, 0 to 1.</param>
/// <param name="Axes">For each dimension, what it is made of: the weight of each feature, -1 to 1.</param>
/// <param name="Points">Some customers; the same share of each cluster as of all.</param>
public sealed record ClusterMap(IReadOnlyList<double> Shares, IReadOnlyList<IReadOnlyDictionary<string, double>> Axes, IReadOnlyList<MapPoint> Points)
{
    private const int MostPoints = 400;

    /// <summary>The map of scaled points; null where they have one dimension.</summary>
    internal static ClusterMap? Of(PointSet points, IReadOnlyList<string> features, IReadOnlyList<int> clusters)
    {
        if (points.Dimensions < 2)
        {
            return null;
        }

        var components = PrincipalComponents.Of(points, 2);
        var flat = components.Project(points);

        // The points stand in order of their lots, so any stretch of them is drawn.
        var shown = Enumerable.Range(0, Math.Min(MostPoints, points.Count));
        return new(
            [.. components.Shares.Select(s => Math.Round(s, 4))],
            [.. components.Directions.Select(d => features.Zip(d).ToDictionary(f => f.First, f => Math.Round(f.Second, 4)))],
            [.. shown.Select(i => new MapPoint(Math.Round(flat.Column(0)[i], 3), Math.Round(flat.Column(1)[i], 3), clusters[i]))]);
    }
}
