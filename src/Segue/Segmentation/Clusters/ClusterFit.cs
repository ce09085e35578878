using System.Globalization;
using Segue.Analytics.Clustering;

namespace Segue.Segmentation.Clusters;

/// <summary>Makes clusters of a sample.</summary>
internal static class ClusterFit
{
    /// <summary>From so many standard deviations off the mean a feature gives a cluster its name.</summary>
    private const double Remarkable = 0.4;

    // A silhouette of so many is within some thousandths; all pairs would take a calibration's time.
    private const int Measured = 2000;
    private const int Starts = 5;

    /// <summary>Makes them.</summary>
    /// <exception cref="Segue.Analytics.AnalyticsException">The customers are all alike.</exception>
    public static ClusterModel Of(
        IReadOnlyList<SampledCustomer> customers,
        ClusterSettings settings,
        LifecycleSettings bounds,
        DateTimeOffset at,
        string asked,
        ClusterModel? previous,
        ICollection<string> remarks)
    {
        var (scales, points) = Scale(customers, settings.Features);
        var chosen = KSelection.Of(points, settings.From, settings.To, new KMeansOptions(settings.From) { Starts = Starts }, Measured);
        var published = chosen.Quality.Silhouette.Value >= ClusterModel.LeastSilhouette;
        if (!published)
        {
            remarks.Add(string.Create(CultureInfo.InvariantCulture,
                $"Customers fall into no clear groups: the best silhouette is {chosen.Quality.Silhouette.Value:0.00}, and {ClusterModel.LeastSilhouette} is needed."));
        }

        var (ids, nextId) = Identify(chosen.Best.Centroids, scales, previous);
        var names = new HashSet<string>();
        return new()
        {
            MadeAt = at,
            Features = scales,
            Asked = asked,
            Bounds = bounds,
            Sampled = customers.Count,
            K = chosen.Quality.K,
            Table =
            [
                .. chosen.Table.Select(q => new ClusterCandidate(
                    q.K, Math.Round(q.Inertia, 3), Math.Round(q.Silhouette.Value, 4), Math.Round(q.Silhouette.StandardError, 4), Math.Round(q.DaviesBouldin, 4))),
            ],
            Clusters = !published ? [] : [.. chosen.Best.Centroids.Select((centroid, c) => new CustomerCluster(
                ids[c], settings.Names.GetValueOrDefault(ids[c]) ?? Name(centroid, scales, names), Math.Round((double)chosen.Best.Sizes[c] / customers.Count, 4),
                centroid, scales.Zip(centroid).ToDictionary(f => f.First.Name, f => Plain(f.First, f.Second))))],
            NextId = published ? nextId : previous?.NextId ?? 1,
            Map = ClusterMap.Of(points, [.. scales.Select(s => s.Name)], chosen.Best.Labels),
        };
    }

    /// <summary>
    /// The ids of new clusters. Each is paired with one of before so that all together have moved least; it takes over that one's id if it is
    /// nearer to it than half the way to the next cluster, and gets a new one otherwise.
    /// </summary>
    internal static (IReadOnlyList<string> Ids, int NextId) Identify(
        IReadOnlyList<double[]> centroids, IReadOnlyList<FeatureScale> scales, ClusterModel? previous)
    {
        var next = previous?.NextId ?? 1;
        double[] near = [.. centroids.Select(c => centroids.Where(o => o != c).Select(o => Distance(o, c)).DefaultIfEmpty(double.MaxValue).Min() / 2)];
        IReadOnlyList<int> pairs = [.. centroids.Select(_ => -1)];
        IReadOnlyList<double[]> distances = [];
        if (previous is { Clusters.Count: > 0 } && previous.Features.Select(f => f.Name).SequenceEqual(scales.Select(s => s.Name)))
        {
            var before = previous.Clusters.Select(c => Rescale(c.Centroid, previous.Features, scales)).ToList();
            distances = [.. centroids.Select(c => before.Select(b => Distance(c, b)).ToArray())];

            // What is too far to be the same costs no more than that, or one group that is gone would pull the others off their own.
            pairs = Analytics.Clustering.Assignment.Of([.. distances.Select((row, c) => row.Select(d => Math.Min(d, Math.Min(near[c], 1e6))).Select(d => d * d).ToArray())]);
        }

        var ids = new List<string>();
        for (var c = 0; c < centroids.Count; c++)
        {
            ids.Add(pairs[c] >= 0 && distances[c][pairs[c]] <= near[c]
                ? previous!.Clusters[pairs[c]].Id : next++.ToString(CultureInfo.InvariantCulture));
        }

        return (ids, next);
    }

    private static (List<FeatureScale> Scales, PointSet Points) Scale(IReadOnlyList<SampledCustomer> customers, IReadOnlyList<string> features)
    {
        var (scales, columns) = (new List<FeatureScale>(), new List<double[]>());
        for (var j = 0; j < features.Count; j++)
        {
            var known = customers.Select(c => c.Features[j]).OfType<double>().ToList();
            var mean = known.Count == 0 ? 0 : known.Average();
            var deviation = known.Count == 0 ? 0 : Math.Sqrt(known.Sum(v => (v - mean) * (v - mean)) / known.Count);
            if (deviation > 1e-9)
            {
                // Who has none stands in the middle, so that it parts them from nobody.
                var at = j;
                scales.Add(new(features[j], mean, deviation));
                columns.Add([.. customers.Select(c => c.Features[at] is { } v ? (v - mean) / deviation : 0)]);
            }
        }

        return (scales, PointSet.FromColumns([.. columns]));
    }

    private static string Name(double[] centroid, IReadOnlyList<FeatureScale> scales, HashSet<string> taken)
    {
        var words = scales.Zip(centroid).Where(f => Math.Abs(f.Second) >= Remarkable).OrderByDescending(f => Math.Abs(f.Second)).Take(2)
            .Select(f => ClusterFeature.Find(f.First.Name)! is var feature && f.Second > 0 ? feature.High : feature.Low).ToList();
        var name = words.Count == 0 ? "like most" : string.Join(", ", words);
        var found = char.ToUpperInvariant(name[0]) + name[1..];
        for (var (number, plain) = (2, found); !taken.Add(found); number++)
        {
            found = $"{plain} ({number})";
        }

        return found;
    }

    private static double Plain(FeatureScale scale, double scaled) =>
        Math.Round(ClusterFeature.Find(scale.Name)!.Plain((scaled * scale.Deviation) + scale.Mean), 3);

    private static double[] Rescale(IReadOnlyList<double> centroid, IReadOnlyList<FeatureScale> from, IReadOnlyList<FeatureScale> to) =>
        [.. centroid.Select((v, j) => ((v * from[j].Deviation) + from[j].Mean - to[j].Mean) / to[j].Deviation)];

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
