using MathNet.Numerics.Distributions;

namespace Segue.Measurement.Statistics;

/// <summary>How many customers an answer takes, and the smallest difference that those there can show.</summary>
/// <remarks>Two-sided, by the normal approximation: Cohen (1988); Lehr (1992) for the rule of thumb.</remarks>
public static class SampleSize
{
    /// <summary>The chance of missing nothing that textbooks ask for.</summary>
    public const double UsualPower = 0.8;

    /// <summary>The smallest true difference that is seen with the given power. Null while an arm has under two customers.</summary>
    /// <param name="treated">One arm.</param>
    /// <param name="control">The other.</param>
    /// <param name="power">The chance of seeing it, over 0.5 and under 1.</param>
    /// <param name="confidence">Of the interval that must leave zero out.</param>
    public static double? SmallestDifference(ArmSums treated, ArmSums control, double power = UsualPower, double confidence = 0.95)
    {
        var variance = treated.VarianceOfMean + control.VarianceOfMean;
        return variance > 0 ? Reach(power, confidence) * Math.Sqrt(variance) : null;
    }

    /// <summary>
    /// How many customers both arms together take to see a difference, at the spread that has been seen. Null while nothing
    /// is known of it.
    /// </summary>
    /// <param name="seen">Everyone seen so far, of both arms.</param>
    /// <param name="difference">Per entry; not 0.</param>
    /// <param name="controlShare">The control's share of customers, over 0 and under 1.</param>
    /// <param name="power">The chance of seeing it.</param>
    /// <param name="confidence">Of the interval that must leave zero out.</param>
    public static long? CustomersNeeded(
        ArmSums seen, double difference, double controlShare, double power = UsualPower, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(controlShare, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(controlShare, 1);
        ArgumentOutOfRangeException.ThrowIfZero(difference);
        var perCustomer = seen.VarianceOfMean * seen.Customers;
        if (!(perCustomer > 0))
        {
            return null;
        }

        var reach = Reach(power, confidence) / difference;
        var needed = reach * reach * perCustomer * ((1 / controlShare) + (1 / (1 - controlShare)));
        return needed < 1e12 ? (long)Math.Ceiling(needed) : null;
    }

    private static double Reach(double power, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(power, 0.5);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(power, 1);
        return Normal.InvCDF(0, 1, 1 - ((1 - confidence) / 2)) + Normal.InvCDF(0, 1, power);
    }
}
