namespace Segue.Analytics.Clustering;

/// <summary>How much nearer points are to their own cluster than to the next: from -1 (wrong) over 0 (between two) to 1.</summary>
/// <param name="Value">The mean over the points.</param>
/// <param name="StandardError">Its standard error where a sample stands for all; 0 where all were taken.</param>
/// <param name="Sampled">Points that the mean is over.</param>
public readonly record struct SilhouetteScore(double Value, double StandardError, int Sampled);

/// <summary>P. J. Rousseeuw, "Silhouettes: A Graphical Aid to the Interpretation and Validation of Cluster Analysis" (1987).</summary>
public static class Silhouette
{
    /// <summary>Points up to which all of them are taken.</summary>
    public const int Exact = 10_000;

    private const int Sample = 2_000;

    /// <summary>The score of a clustering. A point alone in its cluster counts 0, noise (label below 0) is left out.</summary>
    /// <param name="points">The points, scaled as they were for clustering.</param>
    /// <param name="labels">Each point's cluster.</param>
    /// <param name="exact">Points up to which all are taken; of more, a drawn sample is measured against all.</param>
    /// <param name="seed">Draws the sample.</param>
    /// <exception cref="AnalyticsException">Fewer than two clusters.</exception>
    public static SilhouetteScore Of(PointSet points, IReadOnlyList<int> labels, int exact = Exact, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(points);
        var sorted = Enumerable.Range(0, points.Count).Where(i => labels[i] >= 0).OrderBy(i => labels[i]).ToArray();
        var starts = Enumerable.Range(0, sorted.Length).Where(i => i == 0 || labels[sorted[i]] != labels[sorted[i - 1]]).Append(sorted.Length).ToArray();
        if (starts.Length < 3)
        {
            throw new AnalyticsException("A silhouette needs at least two clusters.");
        }

        // Each cluster in one piece: its distances to a point are one sweep.
        var byCluster = points.Take(sorted);
        var sample = sorted.Length <= exact ? Enumerable.Range(0, sorted.Length).ToArray() : Draw(sorted.Length, seed);
        var scores = new double[sample.Length];
        Parallel.For(0, sample.Length, s => scores[s] = Score(byCluster, starts, sample[s]));
        var mean = scores.Sum() / scores.Length;
        var error = sample.Length == sorted.Length ? 0
            : Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (scores.Length - 1) / scores.Length);
        return new(mean, error, sample.Length);
    }

    private static double Score(PointSet points, int[] starts, int point)
    {
        var place = points.Row(point);
        var (own, next, alone) = (0.0, double.PositiveInfinity, false);
        for (var c = 0; c + 1 < starts.Length; c++)
        {
            var (sum, size) = (DistanceKernel.SumOfDistances(points, place, starts[c], starts[c + 1]), starts[c + 1] - starts[c]);
            if (point >= starts[c] && point < starts[c + 1])
            {
                (own, alone) = (sum / (size - 1), size == 1);
            }
            else
            {
                next = Math.Min(next, sum / size);
            }
        }

        var longest = Math.Max(own, next);
        return alone || longest == 0 ? 0 : (next - own) / longest;
    }

    private static int[] Draw(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        var drawn = new HashSet<int>();
        while (drawn.Count < Sample)
        {
            drawn.Add(random.NextBelow(count));
        }

        return [.. drawn.Order()];
    }
}
