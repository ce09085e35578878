namespace Segue.Analytics.Clustering;

/// <summary>How good k-means is with some number of clusters.</summary>
/// <param name="K">Clusters.</param>
/// <param name="Inertia">As <see cref="KMeansResult.Inertia"/>.</param>
/// <param name="Silhouette">Higher is better.</param>
/// <param name="DaviesBouldin">Lower is better.</param>
public sealed record KQuality(int K, double Inertia, SilhouetteScore Silhouette, double DaviesBouldin);

/// <summary>Chooses the number of clusters by the silhouette.</summary>
/// <param name="Best">The clusters chosen.</param>
/// <param name="Quality">How good they are.</param>
/// <param name="Table">All numbers tried, the choice's reasons.</param>
public sealed record KSelection(KMeansResult Best, KQuality Quality, IReadOnlyList<KQuality> Table)
{
    /// <summary>Tries a range of numbers; of equally good ones the smallest is chosen.</summary>
    /// <param name="points">The points, scaled.</param>
    /// <param name="from">The smallest number, 2 or more.</param>
    /// <param name="to">The largest number.</param>
    /// <param name="options">Everything but the number of clusters.</param>
    /// <param name="exact">Points up to which a silhouette takes all of them.</param>
    /// <exception cref="AnalyticsException">An empty range, or fewer different points than its smallest number.</exception>
    public static KSelection Of(PointSet points, int from, int to, KMeansOptions options, int exact = Silhouette.Exact)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (from < 2 || to < from)
        {
            throw new AnalyticsException($"Found {from} to {to} clusters to choose from; expected 2 or more, the smaller number first.");
        }

        var tried = new List<(KMeansResult Result, KQuality Quality)>();
        for (var k = from; k <= Math.Min(to, points.Count); k++)
        {
            try
            {
                var result = KMeans.Run(points, options with { K = k });
                tried.Add((result, new(
                    k, result.Inertia, Silhouette.Of(points, result.Labels, exact, options.Seed), DaviesBouldin.Of(points, result.Labels))));
            }
            catch (AnalyticsException) when (tried.Count > 0)
            {
                // Fewer different points than this many clusters: the larger numbers would find no more.
                break;
            }
        }

        if (tried.Count == 0)
        {
            throw new AnalyticsException($"{points.Count:N0} points are too few for {from} clusters.");
        }

        var (best, quality) = tried.MaxBy(t => t.Quality.Silhouette.Value);
        return new(best, quality, [.. tried.Select(t => t.Quality)]);
    }
}
