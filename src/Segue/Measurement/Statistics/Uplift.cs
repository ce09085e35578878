using MathNet.Numerics.Distributions;

namespace Segue.Measurement.Statistics;

/// <summary>A difference of two means and the interval around it.</summary>
/// <param name="Difference">Mean of the treated less mean of the control, per entry.</param>
/// <param name="Lower">The interval's lower end.</param>
/// <param name="Upper">The interval's upper end.</param>
/// <param name="StandardError">Of the difference.</param>
/// <param name="Confidence">The share of such intervals that cover the truth, 0 to 1.</param>
public sealed record Effect(double Difference, double Lower, double Upper, double StandardError, double Confidence)
{
    /// <summary>Whether the interval leaves zero out.</summary>
    public bool ExcludesZero => Lower > 0 || Upper < 0;
}

/// <summary>
/// What being let into a journey did, by intention to treat: all who entered are compared with all who would have and were
/// held out, mailed or not.
/// </summary>
public static class Uplift
{
    /// <summary>
    /// The difference with a Welch interval (Welch 1947), its degrees of freedom by Satterthwaite's approximation. It holds for
    /// one look at a moment fixed beforehand; for looking again and again there is <see cref="ConfidenceSequence"/>.
    /// </summary>
    /// <param name="treated">Who was let in.</param>
    /// <param name="control">Who was held out.</param>
    /// <param name="confidence">Over 0 and under 1.</param>
    /// <returns>Null while an arm has under two customers, or nothing varies.</returns>
    public static Effect? Between(ArmSums treated, ArmSums control, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(confidence, 1);
        var (t, c) = (treated.VarianceOfMean, control.VarianceOfMean);
        if (!(t + c > 0))
        {
            return null;
        }

        var freedom = (t + c) * (t + c) / ((t * t / (treated.Customers - 1)) + (c * c / (control.Customers - 1)));
        var error = Math.Sqrt(t + c);
        var reach = error * StudentT.InvCDF(0, 1, freedom, 1 - ((1 - confidence) / 2));
        var difference = treated.Mean - control.Mean;
        return new(difference, difference - reach, difference + reach, error, confidence);
    }
}
