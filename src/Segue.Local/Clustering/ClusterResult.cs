using Segue.Analytics.Clustering;

namespace Segue.Local.Clustering;

/// <summary>Clusters of the rows of a file.</summary>
/// <param name="K">How many.</param>
/// <param name="Inertia">The sum of squared distances to the centroids, as scaled; null with DBSCAN.</param>
/// <param name="Silhouette">From -1 to 1; null where there are fewer than two clusters.</param>
/// <param name="DaviesBouldin">Lower is better; null where there are fewer than two clusters, or two in one place.</param>
/// <param name="Labels">Each row's cluster, from 0; -1 is noise.</param>
/// <param name="Centroids">Each cluster's mean, in the file's units.</param>
public sealed record ClusterResult(
    int K, double? Inertia, double? Silhouette, double? DaviesBouldin, IReadOnlyList<int> Labels, IReadOnlyList<double[]> Centroids)
{
    /// <summary>The columns clustered by.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Rows of each cluster.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>The standard error of the silhouette where a sample stands for all rows, else 0.</summary>
    public double? SilhouetteError { get; init; }

    /// <summary>The numbers of clusters that were tried, where it was to be chosen.</summary>
    public IReadOnlyList<KQuality> Tried { get; init; } = [];
}

/// <summary>How to cluster.</summary>
/// <param name="Columns">The file's columns to cluster by.</param>
/// <param name="K">How many clusters; null chooses.</param>
/// <param name="Scaling">How columns are made comparable.</param>
public sealed record ClusterRequest(IReadOnlyList<string> Columns, int? K, Scaling Scaling)
{
    /// <summary>DBSCAN instead of k-means, with this radius (in scaled units) and so many neighbours.</summary>
    public (double Radius, int Neighbours)? Density { get; init; }

    /// <summary>Starts of k-means.</summary>
    public int Starts { get; init; } = 10;

    /// <summary>What chance is drawn from.</summary>
    public ulong Seed { get; init; } = 1;
}
