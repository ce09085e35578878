using Segue.Measurement.Statistics;

namespace Segue.Tests.Measurement.Statistics;

/// <summary>
/// Shops whose truth is known. A customer enters one to three times; how often they buy differs between customers and is
/// alike between one customer's entries; few buy at all, and what they spend is skewed.
/// </summary>
internal static class SimulatedShops
{
    /// <summary>Orders per entry of the control.</summary>
    public const double Rate = 0.1;

    /// <summary>Revenue per entry of the control: the mean of the log-normal spend is exp(3 + 0.6² / 2).</summary>
    public static readonly double RevenuePerEntry = Rate * Math.Exp(3.18);

    private static readonly double[] _spend = Spend();

    /// <summary>An arm's sums of conversions and revenue.</summary>
    /// <param name="random">Makes it repeatable.</param>
    /// <param name="customers">How many are in the arm.</param>
    /// <param name="lift">By how much the arm buys more often, 0 for not at all.</param>
    public static (ArmSums Conversions, ArmSums Revenue) Arm(Random random, int customers, double lift = 0)
    {
        var (conversions, revenue) = (ArmSums.None, ArmSums.None);
        for (var i = 0; i < customers; i++)
        {
            var draw = random.Next();
            var entries = (draw & 3) switch { 3 => 3, 2 => 2, _ => 1 };

            // Half of the customers buy three times as often as the other half.
            var rate = Rate * (1 + lift) * ((draw & 4) == 0 ? 0.5 : 1.5);
            var (bought, spent) = (0, 0.0);
            for (var e = 0; e < entries; e++)
            {
                var u = random.NextDouble();
                if (u < rate)
                {
                    bought++;
                    spent += _spend[(int)(u / rate * _spend.Length)];
                }
            }

            conversions += ArmSums.OfCustomer(entries, bought);
            revenue += ArmSums.OfCustomer(entries, spent);
        }

        return (conversions, revenue);
    }

    /// <summary>Evenly spaced quantiles of the log-normal spend, scaled to its exact mean.</summary>
    private static double[] Spend()
    {
        var spend = Enumerable.Range(0, 4096)
            .Select(i => MathNet.Numerics.Distributions.LogNormal.InvCDF(3, 0.6, (i + 0.5) / 4096)).ToArray();
        var scale = Math.Exp(3.18) / spend.Average();
        return [.. spend.Select(s => s * scale)];
    }
}
