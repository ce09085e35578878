using Segue.Analytics;
using Segue.Analytics.Clustering;

namespace Segue.Local.Clustering;

/// <summary>Clusters the rows of a file.</summary>
internal static class FileClustering
{
    private const int FewestToTry = 2;
    private const int MostToTry = 8;

    /// <summary>Reads, scales and clusters.</summary>
    /// <exception cref="RefusedException">The file or what is asked of it is wrong.</exception>
    public static ClusterResult Run(string file, ClusterRequest request)
    {
        var points = PointFile.Read(file, request.Columns);
        try
        {
            var scaler = Scaler.Of(points, request.Scaling);
            var scaled = scaler.Scale(points);
            return request.Density is { } density
                ? ByDensity(points, scaled, Dbscan.Run(scaled, density.Radius, density.Neighbours), request)
                : ByMeans(scaled, scaler, request);
        }
        catch (AnalyticsException e)
        {
            throw new RefusedException($"{file}: {e.Message}", e);
        }
    }

    private static ClusterResult ByMeans(PointSet scaled, Scaler scaler, ClusterRequest request)
    {
        var options = new KMeansOptions(request.K ?? FewestToTry) { Starts = request.Starts, Seed = request.Seed };
        var chosen = request.K is null ? KSelection.Of(scaled, FewestToTry, MostToTry, options) : null;
        var found = chosen?.Best ?? KMeans.Run(scaled, options);
        return Measured(scaled, found.Labels, request) with
        {
            K = found.Centroids.Count,
            Inertia = found.Inertia,
            Centroids = [.. found.Centroids.Select(c => scaler.Unscale(c))],
            Sizes = found.Sizes,
            Tried = chosen?.Table ?? [],
        };
    }

    private static ClusterResult ByDensity(PointSet points, PointSet scaled, IReadOnlyList<int> labels, ClusterRequest request)
    {
        var clusters = labels.Select((l, i) => (Label: l, Row: i)).Where(r => r.Label >= 0).GroupBy(r => r.Label, r => r.Row).OrderBy(g => g.Key).ToList();
        return Measured(scaled, labels, request) with
        {
            K = clusters.Count,
            Centroids = [.. clusters.Select(c => Enumerable.Range(0, points.Dimensions).Select(j => c.Average(i => points.Column(j)[i])).ToArray())],
            Sizes = [.. clusters.Select(c => c.Count())],
        };
    }

    private static ClusterResult Measured(PointSet scaled, IReadOnlyList<int> labels, ClusterRequest request)
    {
        var measurable = labels.Where(l => l >= 0).Distinct().Take(2).Count() == 2;
        var silhouette = measurable ? Silhouette.Of(scaled, labels, seed: request.Seed) : (SilhouetteScore?)null;
        var separation = measurable ? DaviesBouldin.Of(scaled, labels) : double.NaN;
        return new(0, null, silhouette?.Value, double.IsFinite(separation) ? separation : null, labels, [])
        {
            Columns = request.Columns, Sizes = [], SilhouetteError = silhouette?.StandardError,
        };
    }
}
