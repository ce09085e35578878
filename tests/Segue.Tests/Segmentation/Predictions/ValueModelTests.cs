using System.Text.Json;
using Segue.Analytics.Lifetime;
using Segue.Segmentation;
using Segue.Segmentation.Predictions;

namespace Segue.Tests.Segmentation.Predictions;

public sealed class ValueModelTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddDays(730);

    private static readonly Calibration Made = Calibrate(800);

    [Fact]
    public void Of_AShopOfItsSize_PredictsAndSaysHowWell()
    {
        var model = Made.Predictions!;
        Assert.Equal(800, model.Customers);
        Assert.All(model.StandardErrors, e => Assert.True(e > 0));
        Assert.Equal(model.Check!.Actual, model.Check.ByRepeats.Sum(l => l.Actual));
        Assert.Equal(model.Check.Customers, model.Check.ByRepeats.Sum(l => l.Customers));
        Assert.InRange(model.Check.Predicted / model.Check.Actual, 0.8, 1.25);
    }

    [Theory]
    [InlineData(499, "Predictions need 500 buyers and half a year of history; there are 499 and 7")]
    [InlineData(0, "Predictions need 500 buyers and half a year of history; there are 0 and 0 days.")]
    public void Of_TooFewBuyers_SaysSoAndPredictsNothing(int buyers, string remark)
    {
        var calibration = Calibrate(buyers);
        Assert.Null(calibration.Predictions);
        Assert.StartsWith(remark, calibration.Remarks[0], StringComparison.Ordinal);
        Assert.False(Given.Holds("predictedValue: '>= 0'", Buyers.Of((1, 10), (2, 10)), calibration));
        Assert.True(Given.Holds("probabilityAlive: 'not >= 0%'", Buyers.Of((1, 10), (2, 10)), calibration));
    }

    [Fact]
    public void Of_NobodyCameBack_SaysSoAndPredictsNothing()
    {
        var sketch = Given.Evaluator("segments: [ { id: a } ]").NewSketch();
        for (var c = 0; c < 600; c++)
        {
            sketch.Add(Buyers.Of((c % 400, 10 + c)), Now, $"c{c}");
        }

        var calibration = sketch.ToCalibration("c", Now, true);
        Assert.Null(calibration.Predictions);
        Assert.Contains(calibration.Remarks, r => r.StartsWith("BG/NBD needs customers who bought on more than one day", StringComparison.Ordinal));
    }

    [Fact]
    public void Value_OfWhoCameBack_IsTheModelsDiscountedMoney()
    {
        var model = Made.Predictions!;
        var buyer = BuyerFacts.Of(Buyers.Of((500, 20), (600, 30), (600.1, 10), (700, 50)).Purchases)!;
        Assert.Equal((3, 90m), (buyer.Days, buyer.RepeatSpend));
        var each = model.Spend!.ExpectedSpend(2, 45);
        var expected = LifetimeValue.Of(model.Purchases, new(2, 200 / 7.0, 230 / 7.0), each, 12, 365.25 / 84, Math.Pow(1.1, 1 / 12.0) - 1);
        Assert.Equal(expected, (double)model.Value(buyer)!.Value, 0.006);
        Assert.InRange(model.Value(buyer)!.Value, 0.8m * (decimal)(each * model.ExpectedPurchases(buyer, 12)), (decimal)(each * model.ExpectedPurchases(buyer, 12)));
    }

    [Fact]
    public void Value_OfOneTimeBuyers_IsWhatTheirFirstOrdersSay_AndFadesWithSilence()
    {
        var model = Made.Predictions!;
        var fresh = Value(729);
        var weeks = new[] { Value(720), Value(600), Value(300), Value(0) };
        Assert.Equal((double)(model.FirstBuyers!.ValueOf(30, "hats") / 1.0488m), (double)fresh, 0.05 * (double)fresh);
        Assert.Equal(weeks.OrderDescending(), weeks);
        Assert.NotEqual(fresh, model.Value(BuyerFacts.Of(Buyers.Of("hats", (729, 90)).Purchases)!));

        decimal Value(int day) => model.Value(BuyerFacts.Of(Buyers.Of("hats", (day, 30)).Purchases)!)!.Value;
    }

    [Fact]
    public void ProbabilityAlive_IsToldFromTheSecondPurchaseDayOn_AndFallsWithSilence()
    {
        var model = Made.Predictions!;
        Assert.Null(model.ProbabilityAlive(BuyerFacts.Of(Buyers.Of((700, 10), (700.2, 10)).Purchases)!));
        var known = new[] { 725, 650, 500, 300 }.Select(d => model.ProbabilityAlive(BuyerFacts.Of(Buyers.Of((100, 10), (150, 10), (d, 10)).Purchases)!)!.Value).ToList();
        Assert.All(known, p => Assert.InRange(p, 0, 1));
        Assert.Equal(known.OrderDescending(), known);
    }

    [Fact]
    public void Rules_OnPredictions_ChangeWithOrdersAndNeverWithTime()
    {
        var rule = Given.Rule("{ probabilityAlive: '>= 50%', predictedValue: '> 0' }");
        var buyer = Buyers.Of((600, 40), (640, 40), (700, 40));
        foreach (var day in new[] { 731.0, 900, 3000 })
        {
            var answer = rule.Evaluate(Given.Context(buyer, Given.Start.AddDays(day), Made));
            Assert.Equal((true, null), (answer.Holds, answer.ChangesAt));
        }

        // An order after the calibration counts at once: the customer was alive then.
        var silent = Buyers.Of((100, 40), (120, 40), (140, 40), (160, 40));
        var back = Buyers.Of((100, 40), (120, 40), (140, 40), (160, 40), (800, 40));
        Assert.False(Given.Holds("probabilityAlive: '>= 50%'", silent, Made, 801));
        Assert.True(Given.Holds("probabilityAlive: '>= 50%'", back, Made, 801));
    }

    [Fact]
    public void Facts_FromBeforeDaysWereCounted_AreNone()
    {
        Assert.Null(BuyerFacts.Of(Given.Customer(3, 0, 100, 90).Purchases));
        Assert.False(Given.Holds("predictedValue: '>= 0'", Given.Customer(3, 0, 100, 90), Made));
    }

    [Fact]
    public void Calibration_FromBeforeThereWereModels_IsStillRead()
    {
        const string Old = """{"id":"20240101T000000000","at":"2024-01-01T00:00:00+00:00","initial":true,"customers":2,"buyers":1,"ranks":{"spend top 10%":5}}""";
        var calibration = JsonSerializer.Deserialize(Old, SegueJson.Default.Calibration)!;
        Assert.Equal((5m, null, null, null), (calibration.Ranks["spend top 10%"], calibration.Predictions, calibration.Tiers, calibration.Clusters));
        Assert.Equal((0, 0, 0, 0), (calibration.RankExits.Count, calibration.Returns.Count, calibration.Categories.Count, calibration.Remarks.Count));
        Assert.True(Given.Holds("spend: top 10%", Given.Customer(1, spend: 5), calibration));
        Assert.False(Given.Holds("any: [ { valueTier: 1..4 }, { cluster: [1, 2] }, { predictedValue: top 10% } ]", Given.Customer(1, spend: 5), calibration));
    }

    [Fact]
    public void Calibration_ThroughJson_SaysTheSame()
    {
        var json = JsonSerializer.Serialize(Made, SegueJson.Default.Calibration);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, SegueJson.Default.Calibration)!, SegueJson.Default.Calibration));
    }

    private static Calibration Calibrate(int buyers)
    {
        var rules = Given.Evaluator("segments: [ { id: a } ]");
        return Buyers.Merged(Buyers.Shards(rules, Buyers.Shop(buyers, 3), Now)).ToCalibration("c", Now, true);
    }
}
