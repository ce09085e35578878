using FsCheck;
using FsCheck.Fluent;
using Segue.Measurement.Statistics;
using Segue.Tests.Support;

namespace Segue.Tests.Measurement.Statistics;

public sealed class SampleTests
{
    [Fact]
    public void CustomersNeeded_TwoRates_IsTheTextbooksNumber()
    {
        // 10 % against 12 %, halves, power 80 %: (1.95996 + 0.84162)² · 0.1 · 0.9 · 4 / 0.02² = 7,064 for both arms at the control's spread.
        var seen = Rate(100_000, 0.1);
        Assert.InRange(SampleSize.CustomersNeeded(seen, 0.02, 0.5)!.Value, 7063, 7066);
        Assert.InRange(SampleSize.CustomersNeeded(seen, 0.02, 0.1)!.Value, 19620, 19627);
    }

    [Fact]
    public void SmallestDifference_WithTheCustomersNeeded_IsTheDifferenceAskedFor()
    {
        var needed = SampleSize.CustomersNeeded(Rate(100_000, 0.2), 0.03, 0.2)!.Value;
        var (control, treated) = (Rate((int)(needed / 5), 0.2), Rate((int)(needed * 4 / 5), 0.2));
        Assert.Equal(0.03, SampleSize.SmallestDifference(treated, control)!.Value, 4);
    }

    [Fact]
    public void SmallestDifference_TrueDifferenceOfThatSize_IsSeenInFourOutOfFiveShops()
    {
        var random = new Random(11);
        var probe = SampleSize.SmallestDifference(SimulatedShops.Arm(random, 50_000).Conversions, SimulatedShops.Arm(random, 50_000).Conversions)!.Value * Math.Sqrt(50);
        var seen = 0;
        for (var shop = 0; shop < 1000; shop++)
        {
            random = new(shop);
            var effect = Uplift.Between(
                SimulatedShops.Arm(random, 1000, probe / SimulatedShops.Rate).Conversions, SimulatedShops.Arm(random, 1000).Conversions)!;
            seen += effect.Lower > 0 ? 1 : 0;
        }

        Assert.InRange(seen / 1000.0, 0.74, 0.84);
    }

    [Fact]
    public void Of_TheRightSplit_RaisesAnAlarmInOneOfAThousand()
    {
        var alarms = 0;
        for (var i = 0; i < 20_000; i++)
        {
            long control = MathNet.Numerics.Distributions.Binomial.Sample(new Random(i), 0.1, 5000);
            alarms += SampleRatio.Of([5000 - control, control], [90, 10])!.IsSuspicious ? 1 : 0;
        }

        Assert.InRange(alarms, 5, 45);
    }

    [Fact]
    public void Of_AWrongSplit_IsSuspicious()
    {
        Assert.True(SampleRatio.Of([5200, 4800], [50, 50])!.IsSuspicious);
        Assert.False(SampleRatio.Of([5040, 4960], [1, 1])!.IsSuspicious);
        Assert.Equal(0.4237, SampleRatio.Of([5040, 4960], [1, 1])!.PValue, 4);
    }

    [Fact]
    public void Of_TooFewToTell_IsNull()
    {
        Assert.Null(SampleRatio.Of([10, 0], [90, 10]));
        Assert.Null(SampleRatio.Of([0, 0], [1, 1]));
        Assert.Null(SampleRatio.Of([10], [1]));
    }

    [Fact]
    public void Sums_OfParts_AreThoseOfTheWhole() => Prop.ForAll<(byte Entries, short Outcome)[]>(customers =>
    {
        var all = customers.Select(c => ArmSums.OfCustomer(c.Entries + 1, c.Outcome)).ToList();
        var half = all.Count / 2;
        var whole = all.Aggregate(ArmSums.None, (a, b) => a + b);
        var parts = all.Take(half).Aggregate(ArmSums.None, (a, b) => a + b) + all.Skip(half).Aggregate(ArmSums.None, (a, b) => a + b);
        return parts == whole && whole - whole == ArmSums.None && !(whole.VarianceOfMean < 0);
    }).Holds();

    private static ArmSums Rate(int customers, double rate)
    {
        var bought = (long)Math.Round(customers * rate);
        return new(customers, customers, customers, bought, bought, bought);
    }
}
