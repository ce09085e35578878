using Segue.Measurement.Statistics;

namespace Segue.Tests.Measurement.Statistics;

/// <summary>What an interval of 95 % claims, counted over shops whose truth is known.</summary>
public sealed class UpliftCoverageTests
{
    private const int Shops = 10_000;
    private const int Treated = 800;
    private const int HeldOut = 400;

    [Fact]
    public void Between_NoEffect_ExcludesZeroInFourToSixPercentOfShops()
    {
        var (conversions, revenue) = Misses(lift: 0);

        Assert.InRange(conversions, 0.04, 0.06);
        Assert.InRange(revenue, 0.04, 0.06);
    }

    [Fact]
    public void Between_KnownEffect_CoversItIn94To96PercentOfShops()
    {
        var (conversions, revenue) = Misses(lift: 0.2);

        Assert.InRange(1 - conversions, 0.94, 0.96);
        Assert.InRange(1 - revenue, 0.94, 0.96);
    }

    [Fact]
    public void Between_EntriesTakenForCustomers_WouldErrTooOften()
    {
        // What the clustering is for: one customer's entries are alike, and to count each as a customer is to overstate what is known.
        var misses = 0;
        for (var shop = 0; shop < 2000; shop++)
        {
            var random = new Random(shop);
            Effect? Naive()
            {
                var arms = Enumerable.Range(0, 2).Select(_ =>
                {
                    var sums = ArmSums.None;
                    for (var customer = 0; customer < 200; customer++)
                    {
                        var buys = random.NextDouble() < 0.3 ? 1 : 0;
                        for (var entry = 0; entry < 3; entry++)
                        {
                            sums += ArmSums.OfCustomer(1, buys);
                        }
                    }

                    return sums;
                }).ToList();
                return Uplift.Between(arms[0], arms[1]);
            }

            misses += Naive()!.ExcludesZero ? 1 : 0;
        }

        Assert.InRange(misses / 2000.0, 0.15, 1);
    }

    private static (double Conversions, double Revenue) Misses(double lift)
    {
        var (conversions, revenue) = (0, 0);
        Parallel.For(0, Shops, () => (Conversions: 0, Revenue: 0), (shop, _, missed) =>
        {
            var random = new Random(shop);
            var treated = SimulatedShops.Arm(random, Treated, lift);
            var control = SimulatedShops.Arm(random, HeldOut);
            return (
                missed.Conversions + Misses(treated.Conversions, control.Conversions, SimulatedShops.Rate * lift),
                missed.Revenue + Misses(treated.Revenue, control.Revenue, SimulatedShops.RevenuePerEntry * lift));
        }, missed =>
        {
            Interlocked.Add(ref conversions, missed.Conversions);
            Interlocked.Add(ref revenue, missed.Revenue);
        });
        return ((double)conversions / Shops, (double)revenue / Shops);
    }

    private static int Misses(ArmSums treated, ArmSums control, double truth) =>
        Uplift.Between(treated, control) is { } e && e.Lower <= truth && truth <= e.Upper ? 0 : 1;
}
