using Segue.Analytics;
using Segue.Analytics.Clustering;

namespace Segue.Tests.Analytics.Clustering;

/// <summary>Silhouette, Davies-Bouldin, the choice of k, and scaling.</summary>
public sealed class QualityTests
{
    [Fact]
    public void Of_RelabelledAndReordered_IsTheSame()
    {
        var (points, clouds) = Fixtures.Clouds(600, 3, 2, seed: 2);
        var order = Enumerable.Range(0, 600).Reverse().ToList();
        var other = order.Select(i => 7 - clouds[i]).ToList();
        Assert.Equal(Silhouette.Of(points, clouds).Value, Silhouette.Of(points.Take(order), other).Value, 1e-12);
        Assert.Equal(DaviesBouldin.Of(points, clouds), DaviesBouldin.Of(points.Take(order), other), 1e-12);
    }

    [Fact]
    public void Of_MorePointsThanExact_IsNearTheExactScoreByItsError()
    {
        var (points, clouds) = Fixtures.Clouds(9_000, 4, 2, seed: 3);
        var exact = Silhouette.Of(points, clouds);
        Assert.Equal((0, 9_000), (exact.StandardError, exact.Sampled));
        var inside = Enumerable.Range(1, 20).Count(seed =>
        {
            var sampled = Silhouette.Of(points, clouds, exact: 5_000, seed: (ulong)seed);
            Assert.Equal(2_000, sampled.Sampled);
            return Math.Abs(sampled.Value - exact.Value) <= 1.96 * sampled.StandardError;
        });
        Assert.InRange(inside, 16, 20);
    }

    [Fact]
    public void Of_PointAloneInItsCluster_CountsZeroAndNoiseNotAtAll()
    {
        var points = PointSet.FromRows([[0], [0.5], [9], [100]]);
        var withNoise = Silhouette.Of(points, [0, 0, 1, Dbscan.Noise]);
        var without = Silhouette.Of(points.Take([0, 1, 2]), [0, 0, 1]);
        Assert.Equal(without.Value, withNoise.Value);
        Assert.Equal(((9 - 0.5) / 9 + (8.5 - 0.5) / 8.5) / 3, without.Value, 1e-12);
    }

    [Fact]
    public void Of_OneCluster_IsRefused()
    {
        var points = PointSet.FromRows([[0], [1]]);
        Assert.Contains("two clusters", Assert.Throws<AnalyticsException>(() => Silhouette.Of(points, [0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("two clusters", Assert.Throws<AnalyticsException>(() => DaviesBouldin.Of(points, [0, 0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KSelection_CloudsApart_ChoosesTheirNumberAndShowsWhy()
    {
        var (points, _) = Fixtures.Clouds(1500, 5, 2, seed: 8);
        var chosen = KSelection.Of(points, 3, 8, new(1));
        Assert.Equal(5, chosen.Quality.K);
        Assert.Equal([3, 4, 5, 6, 7, 8], chosen.Table.Select(q => q.K));
        Assert.Equal(chosen.Table.Max(q => q.Silhouette.Value), chosen.Quality.Silhouette.Value);
    }

    [Fact]
    public void KSelection_FewDifferentPoints_TriesAsManyAsThereAre()
    {
        var points = PointSet.FromRows([[1], [1], [5], [5], [9]]);
        Assert.Equal([2, 3], KSelection.Of(points, 2, 8, new(1)).Table.Select(q => q.K));
        Assert.Throws<AnalyticsException>(() => KSelection.Of(points, 4, 8, new(1)));
        Assert.Throws<AnalyticsException>(() => KSelection.Of(points, 1, 8, new(1)));
    }

    [Theory]
    [InlineData(Scaling.ZScore)]
    [InlineData(Scaling.Log)]
    [InlineData(Scaling.Robust)]
    [InlineData(Scaling.None)]
    public void Unscale_OfScaled_IsWhereItWas(Scaling scaling)
    {
        var points = PointSet.FromRows([[1, 100, 7], [2, 3000, 7], [30, 20, 7], [4, 0, 7]]);
        var scaler = Scaler.Of(points, scaling);
        var scaled = scaler.Scale(points);
        for (var i = 0; i < points.Count; i++)
        {
            Assert.All(points.Row(i).Zip(scaler.Unscale(scaled.Row(i))), p => Assert.Equal(p.First, p.Second, 1e-9));
        }

        Assert.All(scaled.Column(2).ToArray(), v => Assert.Equal(scaling == Scaling.None ? 7 : 0, v));
    }

    [Fact]
    public void Scale_ZScore_HasMeanZeroAndDeviationOne()
    {
        var points = PointSet.FromRows([[1], [2], [3], [10]]);
        var scaled = Scaler.Of(points, Scaling.ZScore).Scale(points).Column(0).ToArray();
        Assert.Equal(0, scaled.Average(), 1e-12);
        Assert.Equal(1, scaled.Average(v => v * v), 1e-12);
    }

    [Fact]
    public void Scale_Robust_IsNotMovedByAnOutlier()
    {
        static double[] Scaled(double last)
        {
            var points = PointSet.FromRows([[1], [2], [3], [4], [last]]);
            return Scaler.Of(points, Scaling.Robust).Scale(points).Column(0).ToArray()[..4];
        }

        Assert.Equal(Scaled(5), Scaled(5_000_000));
    }

    [Fact]
    public void Scale_LogOfAValueBelow_NamesThePoint() => Assert.Contains(
        "Point 2 has -1 in dimension 1",
        Assert.Throws<AnalyticsException>(() => Scaler.Of(PointSet.FromRows([[1], [-1]]), Scaling.Log)).Message,
        StringComparison.Ordinal);
}
