using FsCheck;
using FsCheck.Fluent;
using Segue.Analytics;
using Segue.Analytics.Clustering;
using Segue.Tests.Support;

namespace Segue.Tests.Analytics.Clustering;

public sealed class KMeansTests
{
    private static readonly Gen<double[][]> Points =
        from dimensions in Gen.Choose(1, 4)
        from count in Gen.Choose(5, 60)
        from values in Gen.Choose(-40, 40).Select(v => v / 4.0).ArrayOf(dimensions).ArrayOf(count)
        select values;

    [Theory]
    [InlineData(2, 152.348, 0.6810, 0.4043)]
    [InlineData(3, 78.851, 0.5528, 0.6620)]
    public void Run_Iris_IsAsPublished(int k, double inertia, double silhouette, double daviesBouldin)
    {
        var found = KMeans.Run(Fixtures.Iris, new(k));
        Assert.Equal(inertia, found.Inertia, 0.001);
        Assert.Equal(silhouette, Silhouette.Of(Fixtures.Iris, found.Labels).Value, 0.0001);
        Assert.Equal(daviesBouldin, DaviesBouldin.Of(Fixtures.Iris, found.Labels), 0.0001);
    }

    [Fact]
    public void Run_CloudsApart_FindsThem()
    {
        var (points, clouds) = Fixtures.Clouds(5000, 5, 3, seed: 4);
        var found = KMeans.Run(points, new(5) { Starts = 4 });
        Assert.Equal(5, clouds.Zip(found.Labels).Distinct().Count());
        Assert.All(found.Sizes, s => Assert.Equal(1000, s));
    }

    [Fact]
    public void Run_AnyPoints_InertiaNeverRisesAndIsThatOfTheLabels() => Prop.ForAll(
        Points.ToArbitrary(), Gen.Choose(1, 5).ToArbitrary(), (rows, k) =>
        {
            var points = PointSet.FromRows(rows);
            k = Math.Min(k, rows.DistinctBy(r => string.Join(' ', r)).Count());
            var found = KMeans.Run(points, new(k) { Starts = 2, Seed = (ulong)rows.Length });
            Assert.All(
                found.InertiaByIteration.Zip(found.InertiaByIteration.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1e-9));
            Assert.Equal(found.Labels.Select((l, i) => points.SquaredDistance(i, found.Centroids[l])).Sum(), found.Inertia, 1e-6);
            Assert.All(found.Labels.Select((l, i) => (l, i)), p => Assert.Equal(
                found.Centroids.Min(c => points.SquaredDistance(p.i, c)), points.SquaredDistance(p.i, found.Centroids[p.l]), 1e-9));
            Assert.Equal(found.Labels.CountBy(l => l).OrderBy(c => c.Key).Select(c => c.Value), found.Sizes.Where(s => s > 0));
        }).Holds(200);

    [Fact]
    public void Run_SameSeed_IsTheSameWhateverTheThreads()
    {
        var (points, _) = Fixtures.Clouds(50_000, 6, 4, seed: 9);
        var (one, other) = (KMeans.Run(points, new(6) { Starts = 2 }), KMeans.Run(points, new(6) { Starts = 2 }));
        Assert.Equal(one.Inertia, other.Inertia);
        Assert.Equal(one.Labels, other.Labels);
    }

    [Fact]
    public void Run_PointsInAnotherOrder_FindsTheSameClusters()
    {
        var (points, _) = Fixtures.Clouds(2000, 4, 2, seed: 5);
        var order = Enumerable.Range(0, points.Count).OrderBy(i => (i * 7919) % 2003).ToList();
        var (one, other) = (KMeans.Run(points, new(4)), KMeans.Run(points.Take(order), new(4)));
        Assert.Equal(one.Inertia, other.Inertia, 1e-6);
        Assert.Equal(4, order.Select((from, to) => (one.Labels[from], other.Labels[to])).Distinct().Count());
    }

    [Fact]
    public void Run_PointsTwiceAsLarge_HasFourTimesTheInertiaAndTheSameClusters()
    {
        var (points, _) = Fixtures.Clouds(1000, 3, 2, seed: 6);
        var twice = PointSet.FromColumns([.. Enumerable.Range(0, 2).Select(j => points.Column(j).ToArray().Select(v => v * 2).ToArray())]);
        var (one, other) = (KMeans.Run(points, new(3)), KMeans.Run(twice, new(3)));
        Assert.Equal(one.Inertia * 4, other.Inertia, 1e-6);
        Assert.Equal(one.Labels, other.Labels);
    }

    [Fact]
    public void Run_EveryPointItsOwnCluster_HasNoInertia()
    {
        var found = KMeans.Run(PointSet.FromRows([[1], [5], [9], [100]]), new(4));
        Assert.Equal((0, 4), (found.Inertia, found.Labels.Distinct().Count()));
    }

    [Fact]
    public void Run_OneCluster_IsTheMean() =>
        Assert.Equal([3.0, 4.0], KMeans.Run(PointSet.FromRows([[1, 2], [5, 6]]), new(1)).Centroids[0]);

    [Theory]
    [InlineData(0, "expected 1 to 4")]
    [InlineData(5, "expected 1 to 4")]
    [InlineData(3, "only 2 different points")]
    public void Run_MoreClustersThanPoints_SaysHowManyThereAre(int k, string why) =>
        Assert.Contains(why, Refusal(() => KMeans.Run(PointSet.FromRows([[1], [1], [2], [2]]), new(k))), StringComparison.Ordinal);

    [Fact]
    public void Run_AllEqual_IsOneClusterOrRefused()
    {
        var points = PointSet.FromRows([[3, 3], [3, 3], [3, 3]]);
        Assert.Equal(0, KMeans.Run(points, new(1)).Inertia);
        Assert.Contains("only 1 different points", Refusal(() => KMeans.Run(points, new(2))), StringComparison.Ordinal);
    }

    [Fact]
    public void FromRows_WhatIsNoPoint_IsNamed()
    {
        Assert.Contains("Point 2 has NaN in dimension 1", Refusal(() => PointSet.FromRows([[1], [double.NaN]])), StringComparison.Ordinal);
        Assert.Contains("no points", Refusal(() => PointSet.FromRows([])), StringComparison.Ordinal);
        Assert.Contains("2 dimensions, the first has 1", Refusal(() => PointSet.FromRows([[1], [1, 2]])), StringComparison.Ordinal);
    }

    private static string Refusal(Action act) => Assert.Throws<AnalyticsException>(act).Message;
}
