namespace Segue.Analytics.Clustering;

/// <summary>How k-means looks for clusters.</summary>
/// <param name="K">Clusters, from 1 to the number of different points.</param>
public sealed record KMeansOptions(int K)
{
    /// <summary>Starts, 1 or more; the best of them is kept.</summary>
    public int Starts { get; init; } = 10;

    /// <summary>Iterations of one start at most.</summary>
    public int MaxIterations { get; init; } = 300;

    /// <summary>A start ends when the centroids move by no more than this share of the points' variance; 0 goes on until no point changes.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>The same seed gives the same clusters on every machine with vectors of one width.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>Clusters of points; the largest is number 0.</summary>
/// <param name="Labels">Each point's cluster, from 0.</param>
/// <param name="Centroids">Each cluster's mean.</param>
/// <param name="Sizes">Each cluster's points.</param>
/// <param name="Inertia">The sum of squared distances of the points to their centroids.</param>
/// <param name="InertiaByIteration">How it fell in the best start.</param>
public sealed record KMeansResult(
    IReadOnlyList<int> Labels,
    IReadOnlyList<double[]> Centroids,
    IReadOnlyList<int> Sizes,
    double Inertia,
    IReadOnlyList<double> InertiaByIteration);
