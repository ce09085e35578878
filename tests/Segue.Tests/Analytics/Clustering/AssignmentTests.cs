using FsCheck;
using FsCheck.Fluent;
using Segue.Analytics;
using Segue.Analytics.Clustering;
using Segue.Tests.Support;

namespace Segue.Tests.Analytics.Clustering;

public sealed class AssignmentTests
{
    [Fact]
    public void Of_ThreeByThree_TakesTheCheapestWhole() =>
        Assert.Equal([1, 0, 2], Assignment.Of([[4, 1, 3], [2, 0, 5], [3, 2, 2]]));

    [Fact]
    public void Of_MoreRowsThanColumns_LeavesTheDearestOver() => Assert.Equal([-1, 0, 1], Assignment.Of([[9, 9], [1, 5], [5, 1]]));

    [Fact]
    public void Of_NothingToPair_PairsNothing()
    {
        Assert.Empty(Assignment.Of([]));
        Assert.Equal([-1, -1], Assignment.Of([[], []]));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_ACostThatIsNoNumber_IsRefused(double cost) => Assert.Throws<AnalyticsException>(() => Assignment.Of([[1, cost]]));

    [Fact]
    public void Of_RowsOfDifferentLengths_IsRefused() => Assert.Throws<AnalyticsException>(() => Assignment.Of([[1, 2], [1]]));

    [Fact]
    public void Of_AnyCosts_CostsAsLittleAsTheBestOfAllPairings() =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (rows, columns) = (random.Next(1, 6), random.Next(1, 6));
            double[][] costs = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => (double)random.Next(-20, 20)).ToArray())];
            var found = Assignment.Of(costs);
            Assert.Equal(Math.Min(rows, columns), found.Where(c => c >= 0).Distinct().Count());
            Assert.Equal(Math.Max(0, rows - columns), found.Count(c => c < 0));
            Assert.Equal(Best(costs, 0, 0), found.Select((c, r) => c < 0 ? 0 : costs[r][c]).Sum());
        }).Holds();

    private static double Best(double[][] costs, int row, int used)
    {
        if (row == costs.Length)
        {
            return 0;
        }

        // A row may stay alone only where the rows are more than the columns.
        var free = Enumerable.Range(0, costs[0].Length).Where(c => (used & (1 << c)) == 0).ToList();
        var best = costs.Length - row > free.Count ? Best(costs, row + 1, used) : double.PositiveInfinity;
        return free.Aggregate(best, (least, c) => Math.Min(least, costs[row][c] + Best(costs, row + 1, used | (1 << c))));
    }
}
