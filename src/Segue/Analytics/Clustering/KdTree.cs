namespace Segue.Analytics.Clustering;

/// <summary>
/// Finds the points near a place without looking at all of them. J. L. Bentley, "Multidimensional Binary Search Trees Used
/// for Associative Searching", Communications of the ACM 18 (1975).
/// </summary>
internal sealed class KdTree
{
    private const int LeafSize = 16;

    private readonly PointSet _points;
    private readonly int[] _order;

    // By the place in the middle of a node, where its right half begins: the least value of that half.
    private readonly double[] _splits;

    public KdTree(PointSet points)
    {
        _points = points;
        _order = [.. Enumerable.Range(0, points.Count)];
        _splits = new double[points.Count];
        Build(0, _order.Length, 0);
    }

    /// <summary>Calls for each point within a distance, itself included, until told to stop.</summary>
    /// <param name="place">The place.</param>
    /// <param name="radius">The distance; points exactly that far are within it.</param>
    /// <param name="visit">Answers whether to go on.</param>
    public void Near(double[] place, double radius, Func<int, bool> visit) => Near(place, radius, visit, 0, _order.Length, 0);

    private bool Near(double[] place, double radius, Func<int, bool> visit, int from, int until, int depth)
    {
        if (until - from <= LeafSize)
        {
            for (var i = from; i < until; i++)
            {
                if (_points.SquaredDistance(_order[i], place) <= radius * radius && !visit(_order[i]))
                {
                    return false;
                }
            }

            return true;
        }

        var (middle, dimension) = ((from + until) / 2, depth % _points.Dimensions);
        var gap = place[dimension] - _splits[middle];
        return (gap > radius || Near(place, radius, visit, from, middle, depth + 1))
            && (gap < -radius || Near(place, radius, visit, middle, until, depth + 1));
    }

    private void Build(int from, int until, int depth)
    {
        if (until - from <= LeafSize)
        {
            return;
        }

        var column = _points.Column(depth % _points.Dimensions);
        var keys = new double[until - from];
        for (var i = from; i < until; i++)
        {
            keys[i - from] = column[_order[i]];
        }

        keys.AsSpan().Sort(_order.AsSpan(from, until - from));
        var middle = (from + until) / 2;
        _splits[middle] = keys[middle - from];
        Build(from, middle, depth + 1);
        Build(middle, until, depth + 1);
    }
}
