using MathNet.Numerics.Distributions;

namespace Segue.Measurement.Statistics;

/// <summary>Whether customers were split as they were to be.</summary>
/// <param name="PValue">The chance of a split at least as far off as this one, 0 to 1.</param>
/// <param name="IsSuspicious">Whether something other than chance has had a hand in it: then no figure of the experiment can be trusted.</param>
public sealed record SampleRatio(double PValue, bool IsSuspicious)
{
    /// <summary>Small, since the check is made all the time.</summary>
    private const double Alarm = 0.001;

    /// <summary>
    /// Pearson's chi-squared test of the split (Fabijan et al. 2019, "Diagnosing sample ratio mismatch in online controlled
    /// experiments"). Null for less than two arms, nobody in them, or under five expected in one.
    /// </summary>
    /// <param name="customers">Customers by arm.</param>
    /// <param name="weights">What the arms were to get, in the same order; over 0, in any unit.</param>
    public static SampleRatio? Of(IReadOnlyList<long> customers, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Count, customers.Count);
        var (all, weight) = (customers.Sum(), weights.Sum());
        var expected = weights.Select(w => all * w / weight).ToList();
        if (customers.Count < 2 || expected.Any(e => !(e >= 5)))
        {
            return null;
        }

        var distance = customers.Zip(expected, (seen, e) => (seen - e) * (seen - e) / e).Sum();
        var p = 1 - ChiSquared.CDF(customers.Count - 1, distance);
        return new(p, p < Alarm);
    }
}
