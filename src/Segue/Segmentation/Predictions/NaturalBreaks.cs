namespace Segue.Segmentation.Predictions;

/// <summary>
/// Parts numbers into classes that are as much alike inside as can be: G. F. Jenks, "The Data Model Concept in Statistical Mapping" (1967),
/// by the exact dynamic programming of W. D. Fisher, "On Grouping for Maximum Homogeneity", JASA 53 (1958).
/// </summary>
internal static class NaturalBreaks
{
    /// <summary>Each number's class, 0 for the largest numbers; fewer classes where there are fewer different numbers.</summary>
    /// <param name="values">The numbers with their weights, each above 0; few, as the work is their square.</param>
    /// <param name="classes">Classes at most, 1 or more.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<(double Value, double Weight)> values, int classes)
    {
        var sorted = values.GroupBy(v => v.Value).Select(g => (Value: g.Key, Weight: g.Sum(v => v.Weight))).OrderByDescending(v => v.Value).ToArray();
        var n = sorted.Length;
        var k = Math.Min(classes, n);
        var cost = new double[k + 1, n + 1];
        var start = new int[k + 1, n + 1];
        for (var end = 1; end <= n; end++)
        {
            cost[0, end] = double.PositiveInfinity;
        }

        for (var c = 1; c <= k; c++)
        {
            for (var end = 1; end <= n; end++)
            {
                cost[c, end] = double.PositiveInfinity;
                for (var from = c - 1; from < end; from++)
                {
                    var whole = cost[c - 1, from] + Spread(sorted.AsSpan(from, end - from));
                    if (whole < cost[c, end])
                    {
                        (cost[c, end], start[c, end]) = (whole, from);
                    }
                }
            }
        }

        var classOf = new Dictionary<double, int>();
        for (var (c, end) = (k, n); c > 0; c--)
        {
            for (var i = start[c, end]; i < end; i++)
            {
                classOf[sorted[i].Value] = c - 1;
            }

            end = start[c, end];
        }

        return [.. values.Select(v => classOf[v.Value])];
    }

    private static double Spread(ReadOnlySpan<(double Value, double Weight)> values)
    {
        var (weight, sum) = (0.0, 0.0);
        foreach (var v in values)
        {
            weight += v.Weight;
            sum += v.Weight * v.Value;
        }

        var (mean, spread) = (sum / weight, 0.0);
        foreach (var v in values)
        {
            spread += v.Weight * (v.Value - mean) * (v.Value - mean);
        }

        return spread;
    }
}
