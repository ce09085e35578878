using FsCheck;
using FsCheck.Fluent;
using Segue.Analytics;
using Segue.Analytics.Lifetime;
using Segue.Tests.Support;

namespace Segue.Tests.Analytics.Lifetime;

/// <summary>BG/NBD against what is published of it for CDNOW.</summary>
public sealed class BgNbdTests
{
    /// <summary>Parameters are those of table 2 of Fader, Hardie and Lee (2005), to more digits than are printed there.</summary>
    private static readonly Lazy<BgNbdFit> Fitted = new(() => BgNbdFit.Of(Cdnow.On(Cdnow.CalibrationEnd).Select(h => h.Pattern)));

    private static BgNbd Published => Fitted.Value.Model;

    private static readonly Gen<PurchasePattern> Patterns =
        from observed in Gen.Choose(1, 400)
        from repeats in Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Choose(1, 40)))
        from last in Gen.Choose(1, observed)
        from customers in Gen.Choose(1, 30)
        select new PurchasePattern(repeats, repeats == 0 ? 0 : last / 7.0, observed / 7.0, customers);

    private static readonly Gen<BgNbd> Models =
        from r in Gen.Choose(1, 300)
        from alpha in Gen.Choose(1, 3000)
        from a in Gen.Choose(1, 500)
        from b in Gen.Choose(1, 500)
        select new BgNbd(r / 100.0, alpha / 100.0, a / 100.0, b / 100.0);

    [Fact]
    public void Of_CdnowSample_IsAsPublished()
    {
        var fit = Fitted.Value;
        Assert.Equal(2357, fit.Customers);
        Assert.Equal([0.243, 4.414, 0.793, 2.426], new[] { fit.Model.R, fit.Model.Alpha, fit.Model.A, fit.Model.B }.Select(p => Math.Round(p, 3)));
        Assert.Equal(-9582.4, fit.LogLikelihood, 0.05);
        Assert.All(fit.StandardErrors, e => Assert.InRange(e, 0.001, 1));
    }

    [Fact]
    public void Of_WholeCdnow_FitsToo()
    {
        var fit = BgNbdFit.Of(Cdnow.On(Cdnow.CalibrationEnd, "cdnow.csv").Select(h => h.Pattern));
        Assert.Equal(23570, fit.Customers);
        Assert.InRange(fit.Model.R, 0.2, 0.3);
        Assert.InRange(fit.LogLikelihood, -99000, -90000);

        // So many rows are fitted by way of fewer; climbing their own likelihood ends at the same top.
        var likelihood = new BgNbdLikelihood(PurchasePattern.Fold(Cdnow.On(Cdnow.CalibrationEnd, "cdnow.csv").Select(h => h.Pattern)));
        var climbed = MaximumLikelihood.Fit("BG/NBD", 23570, (p, gradient) => likelihood.At(new(p[0], p[1], p[2], p[3]), gradient), [0.5, 5, 1, 2]);
        double[] found = [fit.Model.R, fit.Model.Alpha, fit.Model.A, fit.Model.B];
        Assert.All(found.Zip(climbed.Parameters), p => Assert.Equal(1, p.First / p.Second, 1e-3));
        Assert.All(fit.StandardErrors.Zip(climbed.StandardErrors), e => Assert.Equal(1, e.First / e.Second, 1e-2));
        Assert.True(fit.LogLikelihood >= climbed.Value - 1e-6);
    }

    [Fact]
    public void FitByWayOf_OneThatLeadsNowhere_ClimbsTheOther()
    {
        LogLikelihood whole = (p, gradient) => Hill(p, gradient, 3);
        Assert.Equal(3, MaximumLikelihood.FitByWayOf("A hill", 1, whole, (p, gradient) => Hill(p, gradient, 2.5), [1]).Parameters[0], 1e-5);
        Assert.Equal(3, MaximumLikelihood.FitByWayOf("A hill", 1, whole, (_, _) => 0, [1]).Parameters[0], 1e-5);

        static double Hill(ReadOnlySpan<double> at, Span<double> gradient, double top)
        {
            gradient[0] += -2 * (at[0] - top);
            return -(at[0] - top) * (at[0] - top);
        }
    }

    [Theory]
    [InlineData(1, 0.0532)]
    [InlineData(32, 1.0437)]
    [InlineData(78, 1.8576)]
    public void ExpectedPurchases_OfANewCustomer_AreAsPublished(double weeks, double expected) =>
        Assert.Equal(expected, Published.ExpectedPurchases(weeks), 0.0005);

    [Fact]
    public void ExpectedPurchases_OfAKnownCustomer_AreAsPublished() =>
        Assert.Equal(1.226, Published.ExpectedPurchases(new(2, 30.43, 38.86), 39), 0.001);

    [Fact]
    public void Probability_OfNoPurchaseIn39Weeks_IsAsPublished() => Assert.Equal(0.574, Published.Probability(0, 39), 0.0005);

    [Fact]
    public void ExpectedPurchases_SummedOverTheSample_AreNearWhatWasBought()
    {
        var (before, until) = (Cdnow.On(Cdnow.CalibrationEnd), Cdnow.On(Cdnow.End));
        var bought = before.Zip(until, (b, u) => u.Pattern.Repeats - b.Pattern.Repeats).Sum();
        var predicted = before.Sum(h => Fitted.Value.Model.ExpectedPurchases(h.Pattern, 39));
        Assert.Equal(1882, bought);

        // The model is known to fall short here: it predicts 1,653.
        Assert.Equal(1653, predicted, 1.0);
    }

    [Theory]
    [InlineData(39)]
    [InlineData(5)]
    public void Probability_OfAllNumbers_AddsUpToOneAndToTheExpectation(double weeks)
    {
        var p = Enumerable.Range(0, 150).Select(n => Published.Probability(n, weeks)).ToList();
        Assert.All(p, one => Assert.InRange(one, 0, 1));
        Assert.Equal(1, p.Sum(), 1e-3);
        Assert.Equal(Published.ExpectedPurchases(weeks), p.Select((one, n) => one * n).Sum(), 2e-2);
    }

    [Fact]
    public void ExpectedPurchases_WhereAIsOne_IsTheLimitOfItsNeighbours()
    {
        var at = new BgNbd(0.5, 5, 1, 2).ExpectedPurchases(20);
        Assert.InRange(at, new BgNbd(0.5, 5, 1.001, 2).ExpectedPurchases(20), new BgNbd(0.5, 5, 0.999, 2).ExpectedPurchases(20));
    }

    [Fact]
    public void At_AnyCustomersAndParameters_HasTheGradientOfItsDifferences() =>
        Prop.ForAll(Patterns.NonEmptyListOf().ToArbitrary(), Models.ToArbitrary(), (customers, model) =>
        {
            double[] at = [model.R, model.Alpha, model.A, model.B];
            var gradient = new double[4];
            var value = new BgNbdLikelihood([.. customers]).At(model, gradient);
            for (var i = 0; i < 4; i++)
            {
                var step = 1e-5 * at[i];
                var slope = (Value(i, step) - Value(i, -step)) / (2 * step);
                Assert.Equal(slope, gradient[i], 1e-4 * (1 + Math.Abs(slope) + (Math.Abs(value) / 1e4)));
            }

            double Value(int parameter, double step)
            {
                double[] p = [.. at];
                p[parameter] += step;
                return new BgNbdLikelihood([.. customers]).At(new(p[0], p[1], p[2], p[3]), new double[4]);
            }
        }).Holds();

    [Fact]
    public void Of_SplitAndShuffled_IsTheSameToTheLastDigit()
    {
        var patterns = Cdnow.On(Cdnow.CalibrationEnd).Select(h => h.Pattern).ToList();
        var shuffled = PurchasePattern.Fold(patterns.Take(700)).Concat(PurchasePattern.Fold(patterns.Skip(700))).Reverse();
        var again = BgNbdFit.Of(shuffled);
        Assert.Equal(Fitted.Value.Model, again.Model);
        Assert.Equal(Fitted.Value.LogLikelihood, again.LogLikelihood);
    }

    [Fact]
    public void Of_TimeInDays_IsTheSameModelWithAlphaInDays()
    {
        var days = BgNbdFit.Of(Cdnow.On(Cdnow.CalibrationEnd).Select(h => h.Pattern)
            .Select(p => p with { LastAt = p.LastAt * 7, Observed = p.Observed * 7 }));
        Assert.Equal(Fitted.Value.Model.R, days.Model.R, 1e-4);
        Assert.Equal(Fitted.Value.Model.Alpha * 7, days.Model.Alpha, 1e-2);
    }

    [Fact]
    public void ProbabilityAlive_LongerSilence_IsLess()
    {
        var silence = Enumerable.Range(0, 50).Select(w => Published.ProbabilityAlive(new(3, 10, 10 + w))).ToList();
        Assert.Equal(silence.OrderDescending(), silence);
        Assert.Equal(1, Published.ProbabilityAlive(new(0, 0, 30)));
    }

    [Theory]
    [InlineData(-1, 0, 10, "a count below 0")]
    [InlineData(1, 11, 10, "a last purchase at 11")]
    [InlineData(1, double.NaN, 10, "a time that is no number")]
    [InlineData(2, 0, 10, "repeat purchases at the moment of the first")]
    [InlineData(0, 5, 10, "no repeat")]
    public void Of_ImpossiblePattern_SaysWhy(int repeats, double last, double observed, string why) =>
        Assert.Contains(why, Assert.Throws<AnalyticsException>(() => BgNbdFit.Of([new(repeats, last, observed)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_NobodyOrNoRepeats_SaysWhatIsMissing()
    {
        foreach (var customers in new PurchasePattern[][] { [], [new(0, 0, 30)], [new(0, 0, 30), new(0, 0, 12, 500)] })
        {
            Assert.Contains("more than one day", Assert.Throws<AnalyticsException>(() => BgNbdFit.Of(customers)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_OneCustomerOrAllEqual_FitsOrSaysThatItCannot()
    {
        foreach (var customers in new PurchasePattern[][] { [new(3, 10, 20)], [new(3, 10, 20, 1000)] })
        {
            try
            {
                var fit = BgNbdFit.Of(customers);
                Assert.All(new[] { fit.Model.R, fit.Model.Alpha, fit.Model.A, fit.Model.B }, p => Assert.True(double.IsFinite(p) && p > 0));
            }
            catch (AnalyticsException e)
            {
                Assert.Contains("don't determine", e.Message, StringComparison.Ordinal);
            }
        }
    }
}
