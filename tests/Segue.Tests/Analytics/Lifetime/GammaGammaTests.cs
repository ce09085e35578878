using FsCheck;
using FsCheck.Fluent;
using Segue.Analytics;
using Segue.Analytics.Lifetime;
using Segue.Tests.Support;

namespace Segue.Tests.Analytics.Lifetime;

/// <summary>Gamma-Gamma, and lifetime value from both models, against what is published for CDNOW.</summary>
public sealed class GammaGammaTests
{
    private static readonly Lazy<GammaGammaFit> Fitted =
        new(() => GammaGammaFit.Of(Cdnow.On(Cdnow.CalibrationEnd).Select(h => h.Spend).OfType<SpendPattern>()));

    private static readonly Gen<SpendPattern> Patterns =
        from repeats in Gen.Choose(1, 30)
        from cents in Gen.Choose(1, 50_000)
        from customers in Gen.Choose(1, 9)
        select new SpendPattern(repeats, cents / 100.0, customers);

    [Fact]
    public void Of_CdnowSample_IsAsPublished()
    {
        var (p, q, v) = Fitted.Value.Model;
        Assert.Equal([6.25, 3.74, 15.4], new[] { Math.Round(p, 2), Math.Round(q, 2), Math.Round(v, 1) });
        Assert.Equal(946, Fitted.Value.Customers);
        Assert.All(Fitted.Value.StandardErrors, e => Assert.True(e > 0));
    }

    [Fact]
    public void Of_WholeCdnow_FitsToo() =>
        Assert.InRange(GammaGammaFit.Of(Cdnow.On(Cdnow.CalibrationEnd, "cdnow.csv").Select(h => h.Spend).OfType<SpendPattern>()).Model.MeanSpend!.Value, 25, 45);

    [Fact]
    public void Add_AnyCustomersAndParameters_HasTheGradientOfItsDifferences() => Prop.ForAll(
        Patterns.NonEmptyListOf().ToArbitrary(), Gen.Choose(20, 2000).Three().ToArbitrary(), (customers, parameters) =>
        {
            double[] at = [parameters.Item1 / 100.0, parameters.Item2 / 100.0, parameters.Item3 / 10.0];
            var gradient = new double[3];
            var value = new GammaGamma(at[0], at[1], at[2]).Add([.. customers], gradient);
            for (var i = 0; i < 3; i++)
            {
                var step = 1e-5 * at[i];
                var slope = (Value(i, step) - Value(i, -step)) / (2 * step);
                Assert.Equal(slope, gradient[i], 1e-4 * (1 + Math.Abs(slope) + (Math.Abs(value) / 1e4)));
            }

            double Value(int parameter, double step)
            {
                double[] p = [.. at];
                p[parameter] += step;
                return new GammaGamma(p[0], p[1], p[2]).Add([.. customers], new double[3]);
            }
        }).Holds();

    [Fact]
    public void Of_MoneyInCents_IsTheSameModelWithVInCents()
    {
        var cents = GammaGammaFit.Of(Cdnow.On(Cdnow.CalibrationEnd).Select(h => h.Spend).OfType<SpendPattern>().Select(s => s with { Mean = s.Mean * 100 }));
        Assert.Equal(Fitted.Value.Model.P, cents.Model.P, 1e-2);
        Assert.Equal(Fitted.Value.Model.V * 100, cents.Model.V, 1.0);
    }

    [Fact]
    public void ExpectedSpend_MoreRepeats_GoesFromEverybodysMeanToTheirOwn()
    {
        var model = Fitted.Value.Model;
        var towards = Enumerable.Range(0, 40).Select(x => model.ExpectedSpend(x, 100)).ToList();
        Assert.Equal(model.MeanSpend!.Value, towards[0], 1e-9);
        Assert.Equal(towards.Order(), towards);
        Assert.InRange(towards[^1], 95, 100);
    }

    [Fact]
    public void Of_NothingToLearnFrom_SaysWhy()
    {
        Assert.Contains("there is none", Message([]), StringComparison.Ordinal);
        Assert.Contains("there is none", Message([new(0, 10), new(3, 0)]), StringComparison.Ordinal);
        Assert.Contains("all customers spend the same", Message([new(1, 10), new(3, 10, 7)]), StringComparison.Ordinal);
        Assert.Contains("no number", Message([new(1, double.NaN)]), StringComparison.Ordinal);

        static string Message(SpendPattern[] patterns) => Assert.Throws<AnalyticsException>(() => GammaGammaFit.Of(patterns)).Message;
    }

    [Fact]
    public void Of_LifetimeValue_IsTheExpectedMoneyAndLessWhenDiscounted()
    {
        var model = new BgNbd(0.243, 4.414, 0.793, 2.426);
        PurchasePattern customer = new(2, 30.43, 38.86);
        var month = 365.25 / 12 / 7;
        Assert.Equal(35 * model.ExpectedPurchases(customer, 12 * month), LifetimeValue.Of(model, customer, 35, 12, month, 0), 1e-9);
        var discounted = LifetimeValue.Of(model, customer, 35, 12, month, 0.01);
        Assert.InRange(discounted, 0.88 * 35 * model.ExpectedPurchases(customer, 12 * month), 35 * model.ExpectedPurchases(customer, 12 * month));
        Assert.Equal(0, LifetimeValue.Of(model, customer, 35, 0, month, 0.01));
    }
}
