using Segue.Segmentation;
using Segue.Segmentation.Predictions;

namespace Segue.Tests.Segmentation.Predictions;

public sealed class FirstBuyersTests
{
    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(0.99, 0)]
    [InlineData(1, 1)]
    [InlineData(4.99, 2)]
    [InlineData(5, 5)]
    [InlineData(49.9, 20)]
    [InlineData(50, 50)]
    [InlineData(777, 500)]
    [InlineData(1e9, 1e6)]
    public void BandOf_AnAmount_BeginsAtOneTwoOrFive(double amount, double band) => Assert.Equal((decimal)band, FirstBuyers.BandOf((decimal)amount));

    [Fact]
    public void Of_ManyAndFew_PullsTheFewToTheMeanOfAll()
    {
        var model = FirstBuyers.Of([Count(10, "shoes", 5000, 20, 30), Count(10, "hats", 5000, 60, 70), Count(50, "hats", 10, 400, 500), Count(50, "", 3, 0, 10)])!;
        Assert.Equal(10_013, model.Customers);
        Assert.InRange(model.ValueOf(12, "shoes"), 24.5m, 25.5m);
        Assert.InRange(model.ValueOf(19.99m, "HATS"), 64.5m, 65.5m);
        var few = model.Cells.Single(c => c is { From: 50, Category: "hats" });
        Assert.Equal((10L, 450m), (few.Customers, few.Mean));
        Assert.InRange(few.Value, model.Mean, few.Mean - 1);
        Assert.Equal(model.Cells.Single(c => c is { From: 50, Category: null }).Value, model.ValueOf(60, "gloves"));
        Assert.Equal(model.Mean, model.ValueOf(3, "shoes"));
        Assert.Equal(model.Mean, model.ValueOf(5_000_000, null));
    }

    [Fact]
    public void Of_FewerThanAHundred_IsNone()
    {
        Assert.Null(FirstBuyers.Of([Count(10, "shoes", 99, 20, 30)]));
        Assert.NotNull(FirstBuyers.Of([Count(10, "shoes", 100, 20, 30)]));
    }

    [Fact]
    public void Of_ThousandsOfCategories_KeepsTheCommonOnesAndEverybody()
    {
        var model = FirstBuyers.Of([.. Enumerable.Range(0, 3000).Select(i => Count(10, $"c{i}", 1 + (i % 7), 20, 30))])!;
        Assert.InRange(model.Cells.Count, 2, FirstBuyers.MostCells);
        Assert.Equal(model.Customers, model.Cells.Sum(c => c.Customers));
    }

    [Fact]
    public void Credibility_GroupsThatDoNotDiffer_SayNothingOfTheirOwn()
    {
        var same = Credibility.Of([Money(50, 10, 30), Money(60, 10, 30)]);
        Assert.Equal(20, same.Shrink(Money(5, 90, 90)), 1.0);

        // Groups of one kind inside and far from each other speak for themselves.
        var apart = Credibility.Of([Money(50, 10, 10), Money(60, 100, 100)]);
        Assert.Equal(5, apart.Weight);
        Assert.Equal(0, Credibility.Of([]).Shrink(default));
    }

    [Fact]
    public void Categories_OfFirstOrders_ShowHowLongCustomersStay()
    {
        var sketch = Given.Evaluator("segments: [ { id: a } ]").NewSketch();
        var now = Given.Start.AddDays(730);
        for (var c = 0; c < 40; c++)
        {
            sketch.Add(Buyers.Of("shoes", (c, 10), (c + 300, 20)), now);
            sketch.Add(Buyers.Of("hats", (c, 10)), now);
            sketch.Add(Buyers.Of("hats", (c, 10), (c + 100, 5)), now);
            sketch.Add(Buyers.Of("late", (500 + c, 10)), now);
        }

        Assert.Equal(
            [new CategoryLongevity("hats", 80, 0.5, 0, 50, 2.5m), new CategoryLongevity("shoes", 40, 1, 1, 300, 20)],
            sketch.ToCalibration("c", now, true).Categories);
    }

    private static FirstBuyerCount Count(decimal band, string category, int customers, decimal low, decimal high) => new(band, category, Money(customers, low, high));

    /// <summary>Customers of whom half spent the one and half the other.</summary>
    private static MoneyMoments Money(int customers, decimal low, decimal high) =>
        Enumerable.Range(0, customers).Aggregate(default(MoneyMoments), (sum, i) => sum.With(i % 2 == 0 ? low : high));
}
