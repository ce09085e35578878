namespace Segue.Analytics.Clustering;

/// <summary>
/// Where k-means starts: each next centroid is a point drawn by its squared distance to those so far, the best of several
/// draws. D. Arthur and S. Vassilvitskii, "k-means++: The Advantages of Careful Seeding", SODA 2007, with their greedy variant.
/// </summary>
internal sealed class KMeansPlusPlus(PointSet points)
{
    private readonly double[] _sums = new double[Blocks.Count(points.Count)];
    private double[] _nearest = new double[points.Count];
    private double[] _tried = new double[points.Count];
    private double[] _best = new double[points.Count];

    /// <summary>Draws k places, one after the other.</summary>
    /// <exception cref="AnalyticsException">There are fewer different points.</exception>
    public double[] Draw(int k, ref SeededRandom random)
    {
        var trials = 2 + (int)Math.Log(k);
        var places = new double[k * points.Dimensions];
        Array.Fill(_nearest, double.PositiveInfinity);
        points.Row(random.NextBelow(points.Count)).CopyTo(places, 0);
        var left = Approach(places.AsSpan(0, points.Dimensions).ToArray(), _nearest);
        for (var c = 1; c < k; c++)
        {
            if (left <= 0)
            {
                throw new AnalyticsException($"{k} clusters were asked for, but there are only {c} different points.");
            }

            (_nearest, _tried) = (_tried, _nearest);
            var (least, chosen) = (double.PositiveInfinity, -1);
            var blocks = _sums.ToArray();
            for (var t = 0; t < trials; t++)
            {
                var candidate = Pick(random.NextUnit() * left, blocks);
                var rest = Approach(points.Row(candidate), _nearest);
                if (rest < least)
                {
                    (least, chosen) = (rest, candidate);
                    (_best, _tried) = (_tried, _best);
                    _sums.CopyTo(_blocksOfBest, 0);
                }
            }

            points.Row(chosen).CopyTo(places, c * points.Dimensions);
            left = least;
            (_tried, _best) = (_best, _tried);
            _blocksOfBest.CopyTo(_sums, 0);
        }

        return places;
    }

    private readonly double[] _blocksOfBest = new double[Blocks.Count(points.Count)];

    private double Approach(double[] place, double[] nearest)
    {
        Blocks.Each(points.Count, (b, from, until) => _sums[b] = DistanceKernel.Approach(points, place, from, until, nearest, _tried));
        return _sums.Sum();
    }

    /// <summary>The point at which the distances added up so far exceed <paramref name="at"/>.</summary>
    private int Pick(double at, double[] blocks)
    {
        var block = 0;
        while (block < blocks.Length - 1 && at >= blocks[block])
        {
            at -= blocks[block++];
        }

        var (until, last) = (Math.Min(points.Count, (block + 1) * Blocks.Size), -1);
        for (var i = block * Blocks.Size; i < until; i++)
        {
            if (_nearest[i] > 0)
            {
                last = i;
                at -= _nearest[i];
                if (at < 0)
                {
                    break;
                }
            }
        }

        return last >= 0 ? last : Array.FindIndex(_nearest, d => d > 0);
    }
}
