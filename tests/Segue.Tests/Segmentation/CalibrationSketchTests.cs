using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Segue.Customers;
using Segue.Segmentation;
using Segue.Tests.Support;

namespace Segue.Tests.Segmentation;

public sealed class CalibrationSketchTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddDays(500);

    private static readonly Evaluator Rules = Given.Evaluator("""
        segments:
          - { id: a, when: { spend: top 10%, firstOrderAmount: top 20% of first orders } }
          - { id: b, when: { not: { any: [ { averageOrderScore: 5 }, { spend: not top 50% of at risk }, { spend: [ top 10% ] } ] } } }
          - { id: c }
        tags: [ { id: t, when: { itemsBought: "top 1%" } } ]
        """);

    [Fact]
    public void NewSketch_Rules_AsksForWhatTheyNeedAndNothingElse()
    {
        var sketch = Rules.NewSketch([Given.Rule("balance: top 5%")]);
        Assert.Equal(
            ["balance top 5%", "firstOrderAmount top 20% of first orders", "itemsBought top 1%", "spend top 10%", "spend top 50% of at risk"],
            sketch.Ranks.Select(r => r.Key));
        Assert.Equal(["averageOrderScore", "frequency", "monetary", "recency"], sketch.Scores);
        Assert.Equal(["frequency", "monetary", "recency"], Given.Evaluator("segments: [ { id: a } ]").NewSketch().Scores);
    }

    [Fact]
    public void ToCalibration_TenCustomers_HasTheirCutsAndRanks()
    {
        var sketch = Rules.NewSketch();
        for (var i = 1; i <= 10; i++)
        {
            // Orders 1 to 10, spend 10 to 100 squared, silence 10 down to 1 days.
            sketch.Add(Given.Customer(i, 100, 500 - 11 + i, i * i * 10).With(p => p with
            {
                FirstOrderAmount = i,
                FirstOrderAt = i == 10 ? Given.Start.AddDays(100) : p.FirstOrderAt,
                LastOrderAt = Given.Start.AddDays(500 - 11 + i),
            }), Now);
        }

        sketch.Add(new CustomerSummary { Balance = 1000 }, Now);
        var calibration = sketch.ToCalibration("c1", Now, initial: true);
        Assert.Equal(("c1", Now, true, 11L, 10L), (calibration.Id, calibration.At, calibration.Initial, calibration.Customers, calibration.Buyers));
        Assert.Equal(new(2, 4, 6, 8), calibration.CutPoints["frequency"]);
        Assert.Equal(new(40, 160, 360, 640), calibration.CutPoints["monetary"]);
        Assert.Equal(new(20, 40, 60, 80), calibration.CutPoints["averageOrderScore"]);
        Assert.Equal(new(2 * 86_400, 4 * 86_400, 6 * 86_400, 8 * 86_400), calibration.CutPoints["recency"]);
        Assert.Equal(1000, calibration.Ranks["spend top 10%"]);
        Assert.False(calibration.Ranks.ContainsKey("spend top 50% of at risk")); // nobody is at risk
    }

    [Fact]
    public void ToCalibration_FirstOrders_AreThoseOfTheLastTwelveMonths()
    {
        var sketch = Rules.NewSketch();
        var year = Now.AddYears(-1);
        foreach (var (at, amount) in new[] { (year.AddTicks(-1), 999m), (year, 10), (Now, 20), (Now.AddHours(1), 30) })
        {
            sketch.Add(Given.Customer(1).With(p => p with { FirstOrderAt = at, LastOrderAt = at, FirstOrderAmount = amount }), Now);
        }

        Assert.Equal(30, sketch.ToCalibration("c", Now, false).Ranks["firstOrderAmount top 20% of first orders"]);
    }

    [Fact]
    public void ToCalibration_RankOfAStage_ComparesWithThatStage()
    {
        var sketch = Rules.NewSketch();
        foreach (var (silence, spend) in new[] { (50, 10m), (50, 20), (10, 999), (70, 888) })
        {
            sketch.Add(Given.Customer(1, 500 - silence, spend: spend), Now);
        }

        Assert.Equal(20, sketch.ToCalibration("c", Now, false).Ranks["spend top 50% of at risk"]);
    }

    [Fact]
    public void ToCalibration_MonetaryIsAverage_CutsTheAverage()
    {
        var sketch = Given.Evaluator("segments: [ { id: a } ]", rfm: new(MonetaryIsAverage: true)).NewSketch();
        sketch.Add(Given.Customer(4, 0, 9, 100), Now);
        var calibration = sketch.ToCalibration("c", Now, false);
        Assert.True(calibration.MonetaryIsAverage);
        Assert.Equal(new(25, 25, 25, 25), calibration.CutPoints["monetary"]);
    }

    [Fact]
    public void ToCalibration_Nobody_KnowsNothing()
    {
        var calibration = Rules.NewSketch().ToCalibration("c", Now, false);
        Assert.Empty(calibration.CutPoints);
        Assert.Empty(calibration.Ranks);
        Assert.Null(calibration.ReturnSilence ?? calibration.UsualGap);
        Assert.Null(calibration.Score(Given.Customer(1).Purchases, Given.Start));
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void ToCalibration_LearnedBounds_NeedEnoughReturns(int returns, bool learned)
    {
        var sketch = Rules.NewSketch();
        for (var i = 0; i < returns; i++)
        {
            sketch.Add(Given.Customer(3, 0, 2 * (i + 1)), Now);
        }

        for (var i = 0; i < 100; i++)
        {
            sketch.Add(Given.Customer(1), Now);
        }

        // Gaps of 1 to 30 days: 80 % of those who came back had by day 24, and the mean is 15.5.
        var calibration = sketch.ToCalibration("c", Now, false);
        Assert.Equal(learned ? TimeSpan.FromDays(24) : null, calibration.ReturnSilence);
        Assert.Equal(learned ? TimeSpan.FromDays(15.5) : null, calibration.UsualGap);
    }

    [Fact]
    public void Merge_ShardsInAnyOrderThroughJson_IsTheCalibrationOfAll() =>
        Prop.ForAll(Customers, Gen.Choose(1, 9).ToArbitrary(), (customers, shards) =>
        {
            var whole = Rules.NewSketch();
            var parts = Enumerable.Range(0, shards).Select(_ => Rules.NewSketch()).ToList();
            for (var i = 0; i < customers.Length; i++)
            {
                whole.Add(customers[i], Now);
                parts[i % shards].Add(customers[i], Now);
            }

            var expected = Json(whole.ToCalibration("c", Now, false));
            return expected == Merged(parts) && expected == Merged(parts.AsEnumerable().Reverse());
        }).Holds();

    [Fact]
    public void Add_AfterJson_GoesOn()
    {
        var sketch = Rules.NewSketch();
        sketch.Add(Given.Customer(2, 0, 400, 50), Now);
        var back = Back(sketch);
        sketch.Add(Given.Customer(3, 0, 455, 70), Now);
        back.Add(Given.Customer(3, 0, 455, 70), Now);
        Assert.Equal(Json(sketch), Json(back));
    }

    [Fact]
    public void Merge_MadeForOtherRules_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Rules.NewSketch().Merge(Given.Evaluator("segments: [ { id: a } ]").NewSketch()));
        Assert.Throws<ArgumentException>(() => Rules.NewSketch().Merge(Rules.NewSketch([Given.Rule("balance: top 5%")])));
    }

    [Fact]
    public void Calibration_Json_ComesBack()
    {
        var sketch = Rules.NewSketch();
        for (var i = 0; i < 40; i++)
        {
            sketch.Add(Given.Customer(2, 0, 400 + i, 50.10m), Now);
        }

        var calibration = sketch.ToCalibration("c", Now, true);
        var back = JsonSerializer.Deserialize<Calibration>(Json(calibration))!;
        Assert.Equal(Json(calibration), Json(back));
        Assert.Equal(calibration.CutPoints["monetary"], back.CutPoints["monetary"]);
        Assert.Equal(calibration.UsualGap, back.UsualGap);
        Assert.Equal(50.1m, back.Ranks["spend top 10%"]);
    }

    private static Arbitrary<CustomerSummary[]> Customers { get; } = (
        from orders in Gen.Choose(0, 5)
        from last in Gen.Choose(0, 500)
        from span in Gen.Choose(0, 100)
        from cents in Gen.Choose(0, 10_000)
        select Given.Customer(orders, last - span, last, cents / 100m).With(p => p with { FirstOrderAmount = cents / 300m, ItemsBought = orders }))
        .ArrayOf().ToArbitrary();

    private static string Merged(IEnumerable<CalibrationSketch> parts)
    {
        var all = Rules.NewSketch();
        foreach (var part in parts)
        {
            all.Merge(Back(part));
        }

        return Json(all.ToCalibration("c", Now, false));
    }

    private static CalibrationSketch Back(CalibrationSketch sketch) => JsonSerializer.Deserialize<CalibrationSketch>(Json(sketch))!;

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
