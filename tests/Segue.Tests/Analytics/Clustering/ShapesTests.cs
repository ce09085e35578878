using Segue.Analytics;
using Segue.Analytics.Clustering;

namespace Segue.Tests.Analytics.Clustering;

/// <summary>DBSCAN and PCA against scikit-learn on shapes.</summary>
public sealed class ShapesTests
{
    public static TheoryData<string> Shapes => ["rings", "moons", "blobs", "noise", "duplicates", "stretched"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Dbscan_AnyShape_LabelsAsScikitLearn(string name)
    {
        var shape = Fixtures.ShapeOf(name);
        Assert.Equal(shape.Labels, Dbscan.Run(shape.Points, shape.Radius, shape.Minimum));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Dbscan_AnyShapeInAnotherOrder_FindsTheSameClustersAndNoise(string name)
    {
        var shape = Fixtures.ShapeOf(name);
        var order = Enumerable.Range(0, shape.Points.Count).Reverse().ToList();
        var labels = Dbscan.Run(shape.Points.Take(order), shape.Radius, shape.Minimum);
        Assert.Equal(shape.Labels.Max(), labels.Max());
        Assert.Equal(order.Select(i => shape.Labels[i] == Dbscan.Noise), labels.Select(l => l == Dbscan.Noise));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void PrincipalComponents_AnyShape_AreScikitLearns(string name)
    {
        var shape = Fixtures.ShapeOf(name);
        var found = PrincipalComponents.Of(shape.Points, 2);
        var projected = found.Project(shape.Points);
        for (var c = 0; c < 2; c++)
        {
            Assert.Equal(shape.Variances[c], found.Variances[c], 1e-6 * shape.Variances[c]);
            Assert.Equal(shape.Shares[c], found.Shares[c], 1e-6);
            var theirs = shape.Projected.Select(p => p[c]).ToList();
            var sign = Math.Sign(theirs.Zip(projected.Column(c).ToArray(), (x, y) => x * y).Sum());
            Assert.All(theirs.Zip(projected.Column(c).ToArray()), p => Assert.Equal(p.First, sign * p.Second, 1e-6));
        }
    }

    [Fact]
    public void PrincipalComponents_AllEqual_HaveNoVariance()
    {
        var found = PrincipalComponents.Of(PointSet.FromRows([[1, 2], [1, 2], [1, 2]]), 2);
        Assert.Equal([0.0, 0.0], found.Variances);
        Assert.Equal([0.0, 0.0], found.Shares);
    }

    [Fact]
    public void PrincipalComponents_OneCustomerOrTooMany_SaysWhatIsExpected()
    {
        Assert.Throws<AnalyticsException>(() => PrincipalComponents.Of(PointSet.FromRows([[1, 2]]), 1));
        Assert.Throws<AnalyticsException>(() => PrincipalComponents.Of(PointSet.FromRows([[1, 2], [2, 3]]), 3));
    }

    [Fact]
    public void Dbscan_OnePointOrAllEqual_IsNoiseOrOneCluster()
    {
        Assert.Equal([Dbscan.Noise], Dbscan.Run(PointSet.FromRows([[1]]), 1, 2));
        Assert.Equal([0, 0, 0], Dbscan.Run(PointSet.FromRows([[1], [1], [1]]), 0.1, 3));
        Assert.Equal([0], Dbscan.Run(PointSet.FromRows([[1]]), 1, 1));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(double.NaN, 3)]
    [InlineData(1, 0)]
    public void Dbscan_RadiusOrMinimumOutOfRange_IsRefused(double radius, int minimum) =>
        Assert.Throws<AnalyticsException>(() => Dbscan.Run(PointSet.FromRows([[1], [2]]), radius, minimum));
}
