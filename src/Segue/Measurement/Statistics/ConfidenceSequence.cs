namespace Segue.Measurement.Statistics;

/// <summary>
/// Intervals that hold at every moment at once, so that one may look every day and stop when one likes: asymptotic
/// confidence sequences of the normal mixture.
/// </summary>
/// <remarks>
/// Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024), "Time-uniform central limit theory and asymptotic confidence
/// sequences", Annals of Statistics 52(6): theorem 2.2, with the width's parameter from appendix B. Inverted, it is the
/// always-valid p-value of the mixture sequential probability ratio test (Johari, Koomen, Pekelis and Walsh 2022, "Always
/// valid inference", Operations Research 70(3)).
/// </remarks>
public static class ConfidenceSequence
{
    /// <summary>Under so many customers in an arm nothing is said: the limit theorem has not taken hold yet.</summary>
    public const int FewestCustomers = 200;

    /// <summary>The number of customers for which the interval is narrowest.</summary>
    private const double TightestAt = 5000;

    /// <summary>The interval at this moment, valid together with those of all other moments.</summary>
    /// <param name="treated">One arm.</param>
    /// <param name="control">The other.</param>
    /// <param name="confidence">Over 0.5 and under 1.</param>
    /// <returns>Null while an arm has under <see cref="FewestCustomers"/> customers, or nothing varies.</returns>
    public static Effect? Between(ArmSums treated, ArmSums control, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0.5);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        if (Known(treated, control) is not var (variance, n))
        {
            return null;
        }

        var mixing = Mixing(1 - confidence);
        var spread = (n * mixing) + 1;
        var reach = Math.Sqrt(variance * 2 * spread / (n * mixing) * Math.Log(Math.Sqrt(spread) / (1 - confidence)));
        var difference = treated.Mean - control.Mean;
        return new(difference, difference - reach, difference + reach, Math.Sqrt(variance), confidence);
    }

    /// <summary>
    /// The p-value that stays valid however often it is looked at, 0 to 1: under no difference it ever falls to α or
    /// below with a probability of at most α. Null where <see cref="Between"/> is.
    /// </summary>
    public static double? PValue(ArmSums treated, ArmSums control)
    {
        if (Known(treated, control) is not var (variance, n))
        {
            return null;
        }

        var mixing = Mixing(0.05);
        var spread = (n * mixing) + 1;
        var difference = treated.Mean - control.Mean;
        return Math.Min(1, Math.Sqrt(spread) * Math.Exp(-difference * difference * n * mixing / (2 * variance * spread)));
    }

    private static (double Variance, double N)? Known(ArmSums treated, ArmSums control)
    {
        if (Math.Min(treated.Customers, control.Customers) < FewestCustomers)
        {
            return null;
        }

        var variance = treated.VarianceOfMean + control.VarianceOfMean;
        return variance > 0 ? (variance, treated.Customers + control.Customers) : null;
    }

    /// <summary>ρ², chosen so that the interval is narrowest at <see cref="TightestAt"/> customers.</summary>
    private static double Mixing(double alpha) => ((-2 * Math.Log(alpha)) + Math.Log(-2 * Math.Log(alpha)) + 1) / TightestAt;
}
