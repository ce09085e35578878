using FsCheck;
using FsCheck.Fluent;
using Segue.Segmentation;
using Segue.Tests.Support;

namespace Segue.Tests.Segmentation;

public sealed class KaplanMeierTests
{
    /// <summary>
    /// Weeks of remission under 6-mercaptopurine, from Freireich et al. (1963); the estimates are those of D. G. Kleinbaum and
    /// M. Klein, "Survival Analysis: A Self-Learning Text", table 2.3 (group 1).
    /// </summary>
    [Fact]
    public void Curve_RemissionsOfLeukaemia_EqualsTheTextbook()
    {
        var waits = Histogram([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]);
        var curve = KaplanMeier.Curve(waits);
        Assert.Equal(
            [(6, 0.8571), (7, 0.8067), (10, 0.7529), (13, 0.6902), (16, 0.6275), (22, 0.5378), (23, 0.4482)],
            curve.Select(s => (s.Day, Math.Round(s.Survival, 4))));
    }

    [Fact]
    public void DayWithin_NothingCensored_IsTheOrdinaryQuantile()
    {
        var curve = KaplanMeier.Curve(Histogram([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], []));
        Assert.Equal(8, KaplanMeier.DayWithin(curve, 0.8));
        Assert.Equal(10, KaplanMeier.DayWithin(curve, 1));
        Assert.Equal(5.5, KaplanMeier.Mean(curve)!.Value, 9);
    }

    [Fact]
    public void DayWithin_ManyNeverCameBack_LooksAtThoseWhoDid()
    {
        var curve = KaplanMeier.Curve(Histogram([10, 20, 30, 40, 50], Enumerable.Repeat(100, 95)));
        Assert.Equal(40, KaplanMeier.DayWithin(curve, 0.8));
        Assert.Equal(30, KaplanMeier.Mean(curve)!.Value, 9);
    }

    [Fact]
    public void DayWithin_RecentCustomersWaitStill_IsNotPulledDownByThem()
    {
        // Half the customers are observed for 15 days only: who of them comes back later can't be seen yet.
        var everyone = Histogram([10, 20, 30, 40, 50], []);
        var halfRecent = Histogram([10, 20, 30, 40, 50, 10], Enumerable.Repeat(15, 4));
        Assert.Equal(KaplanMeier.DayWithin(KaplanMeier.Curve(everyone), 0.8), KaplanMeier.DayWithin(KaplanMeier.Curve(halfRecent), 0.8));
    }

    [Fact]
    public void Curve_NobodyCameBack_KnowsNothing()
    {
        var curve = KaplanMeier.Curve(Histogram([], [5, 6]));
        Assert.Empty(curve);
        Assert.Null(KaplanMeier.DayWithin(curve, 0.8));
        Assert.Null(KaplanMeier.Mean(curve));
    }

    [Fact]
    public void Curve_AnyWaits_FallsFromOneTowardsNone() =>
        Prop.ForAll<byte[], byte[]>((ended, unfinished) =>
        {
            var curve = KaplanMeier.Curve(Histogram(ended.Select(d => (int)d), unfinished.Select(d => (int)d)));
            return curve.All(s => s.Survival is >= 0 and < 1)
                && curve.Zip(curve.Skip(1)).All(p => p.First.Day < p.Second.Day && p.First.Survival > p.Second.Survival);
        }).Holds();

    [Fact]
    public void Merge_PartsInAnyOrder_CountAsTheWhole() =>
        Prop.ForAll<byte[], byte[]>((a, b) =>
        {
            var whole = Histogram([.. a.Concat(b).Select(d => (int)d)], a.Select(d => (int)d));
            var parts = Histogram(b.Select(d => (int)d), []);
            parts.Merge(Histogram(a.Select(d => (int)d), a.Select(d => (int)d)));
            return whole.Ended.SequenceEqual(parts.Ended) && whole.Unfinished.SequenceEqual(parts.Unfinished);
        }).Holds();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 1)]
    [InlineData(1, 1)]
    [InlineData(1.01, 2)]
    [InlineData(-3, 0)]
    [InlineData(99_999, DayHistogram.LastDay)]
    public void Add_Wait_CountsTheDaysBegun(double days, int day)
    {
        var histogram = new DayHistogram();
        histogram.Add(TimeSpan.FromDays(days), ended: true);
        Assert.Equal(day, histogram.Ended.Count - 1);
        Assert.Equal(1, histogram.Ended[day]);
    }

    private static DayHistogram Histogram(IEnumerable<int> ended, IEnumerable<int> unfinished)
    {
        var histogram = new DayHistogram();
        foreach (var day in ended)
        {
            histogram.Add(TimeSpan.FromDays(day), ended: true);
        }

        foreach (var day in unfinished)
        {
            histogram.Add(TimeSpan.FromDays(day), ended: false);
        }

        return histogram;
    }
}
