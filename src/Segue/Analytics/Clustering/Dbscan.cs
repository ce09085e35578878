namespace Segue.Analytics.Clustering;

/// <summary>
/// Clusters of any shape where points lie densely, and noise elsewhere. M. Ester, H.-P. Kriegel, J. Sander and X. Xu,
/// "A Density-Based Algorithm for Discovering Clusters in Large Spatial Databases with Noise", KDD 1996.
/// </summary>
public static class Dbscan
{
    /// <summary>The label of noise.</summary>
    public const int Noise = -1;

    /// <summary>Finds the clusters, numbered from 0 in the order of their first dense point.</summary>
    /// <param name="points">The points, scaled.</param>
    /// <param name="radius">How far a neighbour may be, above 0; exactly that far is still near.</param>
    /// <param name="minimum">Neighbours, itself included, that make a point dense; 1 or more.</param>
    /// <returns>
    /// Each point's cluster, or <see cref="Noise"/>. A point that is not dense itself belongs to the first cluster that a dense
    /// neighbour of its is in.
    /// </returns>
    /// <exception cref="AnalyticsException">A radius or minimum out of its range.</exception>
    public static IReadOnlyList<int> Run(PointSet points, double radius, int minimum)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (!(radius > 0) || !double.IsFinite(radius) || minimum < 1)
        {
            throw new AnalyticsException($"Found the radius {radius} and {minimum} neighbours; expected a radius above 0 and 1 neighbour or more.");
        }

        var tree = new KdTree(points);
        var dense = new bool[points.Count];
        Parallel.For(0, points.Count, i =>
        {
            var near = 0;
            tree.Near(points.Row(i), radius, _ => ++near < minimum);
            dense[i] = near >= minimum;
        });
        var labels = new int[points.Count];
        Array.Fill(labels, Noise);
        var (next, waiting) = (0, new Stack<int>());
        for (var i = 0; i < points.Count; i++)
        {
            if (dense[i] && labels[i] == Noise)
            {
                labels[i] = next;
                waiting.Push(i);
                Grow(tree, points, radius, dense, labels, waiting);
                next++;
            }
        }

        return labels;
    }

    private static void Grow(KdTree tree, PointSet points, double radius, bool[] dense, int[] labels, Stack<int> waiting)
    {
        while (waiting.TryPop(out var point))
        {
            var cluster = labels[point];
            tree.Near(points.Row(point), radius, near =>
            {
                if (labels[near] == Noise)
                {
                    labels[near] = cluster;
                    if (dense[near])
                    {
                        waiting.Push(near);
                    }
                }

                return true;
            });
        }
    }
}
