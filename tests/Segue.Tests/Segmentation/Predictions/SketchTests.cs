using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Segue.Analytics.Lifetime;
using Segue.Segmentation;
using Segue.Segmentation.Predictions;
using Segue.Tests.Analytics.Lifetime;
using Segue.Tests.Support;

namespace Segue.Tests.Segmentation.Predictions;

/// <summary>What shards add up for the models of value.</summary>
public sealed class SketchTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddDays(730);

    private static readonly Evaluator Rules = Given.Evaluator("""
        segments:
          - { id: best, when: { predictedValue: top 10% } }
          - { id: better, when: { predictedValue: top 50% of at risk } }
          - { id: rest }
        """);

    [Fact]
    public void ToCalibration_CdnowInShards_FitsAsPublished()
    {
        // The sample as the literature fits it: purchases by day, until the end of September 1997, shared out to 64 shards.
        var parts = Enumerable.Range(0, 64).Select(_ => (Patterns: new PatternCounts(), Spends: new SpendCounts())).ToList();
        foreach (var customer in Cdnow.Purchases())
        {
            var until = new DateTimeOffset(1997, 10, 1, 0, 0, 0, TimeSpan.Zero);
            var purchases = customer.Where(p => p.At < until).Select(p => (p.At, p.Amount)).GroupBy(p => BuyerFacts.Day(p.At)).ToList();
            var (first, repeats) = (purchases.Min(d => d.Key), purchases.Count - 1);
            var spent = purchases.Where(d => d.Key != first).Sum(d => d.Sum(p => p.Amount));
            var (patterns, spends) = parts[(int)(ulong.Parse(customer.Key, null) % 64)];
            patterns.Add(repeats, purchases.Max(d => d.Key) - first, new DateOnly(1997, 9, 30).DayNumber - first);
            spends.Add(repeats, repeats == 0 ? 0 : spent / repeats);
        }

        foreach (var (patterns, spends) in parts.Skip(1))
        {
            parts[0].Patterns.Merge(patterns);
            parts[0].Spends.Merge(spends);
        }

        var fit = BgNbdFit.Of(parts[0].Patterns.ToPatterns());
        Assert.Equal(2357, fit.Customers);
        Assert.Equal((0.243, 4.414, 0.793, 2.426), (Round(fit.Model.R), Round(fit.Model.Alpha), Round(fit.Model.A), Round(fit.Model.B)));
        Assert.Equal(-9582.4, fit.LogLikelihood, 0.05);

        // Means are rounded to three digits, which moves these by less than a tenth of a standard error.
        var spend = GammaGammaFit.Of(parts[0].Spends.ToPatterns());
        Assert.Equal((6.25, 3.74, 15.44), (Math.Round(spend.Model.P, 2), Math.Round(spend.Model.Q, 2), Math.Round(spend.Model.V, 2)), Near(0.06));

        static double Round(double value) => Math.Round(value, 3);
    }

    [Fact]
    public void Merge_InAnyOrderAndThroughJson_GivesOneCalibration()
    {
        var customers = Buyers.Shop(700, 1);
        var whole = Json(Buyers.Merged(Buyers.Shards(Rules, customers, Now)));
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), seed =>
        {
            CalibrationSketch[] parts = [.. Buyers.Shards(Rules, customers, Now).Select(Through)];
            new Random(seed).Shuffle(parts);
            Assert.Equal(whole, Json(Buyers.Merged(parts)));
        }).Holds(4);
    }

    [Fact]
    public void ToCalibration_RanksOfPredictions_AreAmongTheCustomersThereAre()
    {
        var customers = Buyers.Shop(900, 2);
        var calibration = Buyers.Merged(Buyers.Shards(Rules, customers, Now)).ToCalibration("c", Now, false);
        var values = customers.Select(c => calibration.Predictions!.Value(BuyerFacts.Of(c.Customer.Purchases)!)!.Value).OrderDescending().ToList();
        Assert.Equal(values[89], calibration.Ranks["predictedValue top 10%"]);
        Assert.Equal(values[107], calibration.RankExits["predictedValue top 10%"]);

        var risky = customers.Where(c => Lifecycle.At(c.Customer.Purchases, new(), null, Now).Stage == Stage.AtRisk).ToList();
        Assert.NotEmpty(risky);
        var middle = risky.Select(c => calibration.Predictions!.Value(BuyerFacts.Of(c.Customer.Purchases)!)!.Value).OrderDescending().ElementAt(((risky.Count + 1) / 2) - 1);
        Assert.Equal(middle, calibration.Ranks["predictedValue top 50% of at risk"]);
    }

    [Fact]
    public void Patterns_TooManyDifferentOnes_AreCoarsenedAndKeepEverybody()
    {
        var counts = new PatternCounts();
        var random = new Random(1);
        for (var i = 0; i < 30_000; i++)
        {
            counts.Add(i % 3, i % 3 == 0 ? 0 : 1 + random.Next(300), 300 + random.Next(300));
        }

        Assert.Equal((7, 30_000L), (counts.Step, counts.Customers));
        Assert.All(counts.ToPatterns(), p => Assert.Null(p.Fault()));
        var fine = new PatternCounts();
        fine.Add(3, 20, 100);
        fine.Merge(counts);
        Assert.Equal((7, 30_001L), (fine.Step, fine.Customers));
        Assert.Equal(fine.Rows, new PatternCounts(fine.Step, fine.Rows).Rows);
    }

    [Fact]
    public void Spends_TooManyDifferentOnes_AreRoundedMore()
    {
        var counts = new SpendCounts();
        for (var i = 1; i <= 30_000; i++)
        {
            counts.Add(1 + (i % 30), i * 0.37m);
        }

        Assert.Equal((2, 30_000L), (counts.Digits, counts.ToPatterns().Sum(p => p.Customers)));
        Assert.Equal(0.37 * 30_001 / 2, counts.ToPatterns().Sum(p => p.Mean * p.Customers) / 30_000, 10.0);
        var other = new SpendCounts();
        other.Add(1, 12.3456m);
        Assert.Equal([1, 12.3, 1], other.Rows);
        other.Add(0, 5);
        other.Add(2, 0);
        other.Merge(counts);
        Assert.Equal((2, 30_001L), (other.Digits, other.ToPatterns().Sum(p => p.Customers)));
    }

    private static CalibrationSketch Through(CalibrationSketch sketch) => JsonSerializer.Deserialize(
        JsonSerializer.Serialize(sketch, SegueJson.Default.CalibrationSketch), SegueJson.Default.CalibrationSketch)!;

    private static string Json(CalibrationSketch sketch) =>
        JsonSerializer.Serialize(sketch.ToCalibration("c", Now, false), SegueJson.Default.Calibration);

    private static Comparison Near(double tolerance) => new(tolerance);

    private sealed class Comparison(double tolerance) : IEqualityComparer<(double, double, double)>
    {
        public bool Equals((double, double, double) x, (double, double, double) y) =>
            Math.Abs(x.Item1 - y.Item1) <= tolerance && Math.Abs(x.Item2 - y.Item2) <= tolerance && Math.Abs(x.Item3 - y.Item3) <= 3 * tolerance;

        public int GetHashCode((double, double, double) obj) => 0;
    }
}
