using FsCheck;
using FsCheck.Fluent;
using Segue.Orders;
using Segue.Segmentation;
using Segue.Segmentation.Predictions;
using Segue.Tests.Support;

namespace Segue.Tests.Segmentation.Predictions;

public sealed class ValueTiersTests
{
    // The twelve months before it are those of 2025; who stood where then is of 2025-01-01, day 366 of the tests.
    private static readonly DateTimeOffset Now = new(2026, 1, 10, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_CellsAYearBefore_AreWorthWhatTheirCustomersSpentThen()
    {
        var counts = new TierCounts();
        for (var c = 0; c < 500; c++)
        {
            // First 200 days, last 10 days before 2025; spent 100 in 2025, and the order of January 2026 is not of the twelve months.
            counts.Add(Buyers.Purchases(null, (166, 40), (356, 40), (400, 60), (600, 40), (735, 999)), Now);
            // First and last 200 days before 2025; spent nothing since.
            counts.Add(Buyers.Purchases(null, (166, 40)), Now);
        }

        var tiers = ValueTiers.Of(counts, Now)!;
        Assert.Equal((new DateOnly(2025, 1, 1), new DateOnly(2026, 1, 1)), (tiers.From, tiers.Until));
        Assert.Equal((500L, 100m), (Cell(tiers, 2, 0).Before, Cell(tiers, 2, 0).Mean));
        Assert.Equal((500L, 0m), (Cell(tiers, 2, 3).Before, Cell(tiers, 2, 3).Mean));
        Assert.Equal((1, 4), (Cell(tiers, 2, 0).Tier, Cell(tiers, 2, 3).Tier));
        Assert.Equal(500, Cell(tiers, 3, 0).Customers);
        Assert.InRange(Cell(tiers, 2, 0).Value, 98, 100);
        Assert.InRange(Cell(tiers, 2, 3).Value, 0, 2);

        // Nobody was silent for longer than that: they are worth no more than the longest silence known.
        Assert.True(Cell(tiers, 3, 4).Value <= Cell(tiers, 3, 3).Value);
        Assert.DoesNotContain(tiers.Cells, c => c.Longevity == 0 && c.Silence > 2);
    }

    [Fact]
    public void Of_FewerThanAHundredAYearBefore_IsNone()
    {
        var counts = new TierCounts();
        for (var c = 0; c < 99; c++)
        {
            counts.Add(Buyers.Purchases(null, (100, 40)), Now);
        }

        counts.Add(Buyers.Purchases(null, (700, 40)), Now);
        Assert.Null(ValueTiers.Of(counts, Now));
        counts.Add(Buyers.Purchases(null, (365, 40)), Now);
        Assert.NotNull(ValueTiers.Of(counts, Now));
    }

    [Fact]
    public void At_AnyCustomer_ChangesExactlyWhenItSays() =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var tiers = Grid(random);
            var first = random.Next(0, 300);
            var purchases = Buyers.Purchases(null, (first, 10), (first + random.Next(0, 200), 10));
            var now = purchases.LastOrderAt!.Value.AddHours(random.Next(0, 300 * 24));
            var (tier, changesAt) = tiers.At(purchases, now);
            for (var at = now; at < now.AddDays(500); at = at.AddHours(6))
            {
                if (!(at >= changesAt))
                {
                    Assert.Equal(tier, tiers.At(purchases, at).Tier);
                }
            }

            if (changesAt is { } change)
            {
                Assert.Equal(tier, tiers.At(purchases, change.AddTicks(-1)).Tier);
                Assert.NotEqual(tier, tiers.At(purchases, change).Tier);
            }
        }).Holds(60);

    [Fact]
    public void Rule_OnTheTier_WakesTheCustomerWhenItChanges()
    {
        var tiers = Grid(new Random(1)) with { Cells = [.. Grid(new Random(1)).Cells.Select(c => c with { Tier = c.Silence < 2 ? 1 : 4 })] };
        var calibration = Given.Calibration() with { Tiers = tiers };
        var answer = Given.Rule("valueTier: 1").Evaluate(Given.Context(Buyers.Of((0, 10)), Given.Start.AddDays(3), calibration));
        Assert.Equal((true, Given.Start.AddDays(60.5)), (answer.Holds, answer.ChangesAt));
        Assert.False(Given.Holds("valueTier: 1..4", Given.Customer(0), calibration));
        Assert.False(Given.Holds("valueTier: 1..4", Buyers.Of((0, 10)), Given.Calibration()));
    }

    [Fact]
    public void Breaks_AnyNumbers_AreAsHomogeneousAsTheBestOfAllPartings() =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            (double Value, double Weight)[] values = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => ((double)random.Next(0, 12), 1.0 + random.Next(3)))];
            var classes = random.Next(1, 4);
            var found = NaturalBreaks.Of(values, classes);
            Assert.Equal(Math.Min(classes, values.Select(v => v.Value).Distinct().Count()), found.Distinct().Count());
            Assert.All(values.Zip(found).SelectMany(_ => values.Zip(found), (a, b) => (a, b)), p => Assert.True(p.a.First.Value <= p.b.First.Value || p.a.Second <= p.b.Second));
            Assert.Equal(Best([.. values.OrderByDescending(v => v.Value)], classes), Spread(values.Zip(found).GroupBy(f => f.Second, f => f.First)), 1e-6);
        }).Holds();

    private static double Best((double Value, double Weight)[] sorted, int classes) => classes == 1
        ? Spread([sorted])
        : Enumerable.Range(1, sorted.Length).Min(n => Spread([sorted[..n]]) + (n == sorted.Length ? 0 : Best(sorted[n..], classes - 1)));

    private static double Spread(IEnumerable<IEnumerable<(double Value, double Weight)>> classes) => classes.Sum(c =>
    {
        var all = c.ToList();
        var mean = all.Sum(v => v.Weight * v.Value) / all.Sum(v => v.Weight);
        return all.Sum(v => v.Weight * (v.Value - mean) * (v.Value - mean));
    });

    private static ValueCell Cell(ValueTiers tiers, int longevity, int silence) => tiers.Cells.Single(c => (c.Longevity, c.Silence) == (longevity, silence));

    private static ValueTiers Grid(Random random) => new()
    {
        Longevity = CustomerMap.Longevity,
        Silence = CustomerMap.Silence,
        From = new(2025, 1, 1),
        Until = new(2026, 1, 1),
        Cells = [.. from row in Enumerable.Range(0, 4) from column in Enumerable.Range(0, 5)
                    select new ValueCell(row, column, 1, 1, 1, random.Next(1, 5), 1)],
    };
}
