using MathNet.Numerics;

namespace Segue.Analytics.Lifetime;

/// <summary>
/// The beta-geometric/NBD model: while alive a customer buys at a rate drawn from a gamma(r, alpha), and after each purchase
/// leaves for good with a probability drawn from a beta(a, b). P. S. Fader, B. G. S. Hardie and K. L. Lee, "Counting Your
/// Customers the Easy Way: An Alternative to the Pareto/NBD Model", Marketing Science 24 (2005).
/// </summary>
/// <param name="R">Shape of the purchase rates, above 0.</param>
/// <param name="Alpha">Scale of the purchase rates in units of time, above 0.</param>
/// <param name="A">First parameter of the leaving probabilities, above 0.</param>
/// <param name="B">Second parameter of the leaving probabilities, above 0.</param>
public sealed record BgNbd(double R, double Alpha, double A, double B)
{
    // Where a is 1 the expectations have the form 0/0; so near to it their value hardly differs from the limit.
    private const double Nudge = 1e-6;

    private double SafeA => Math.Abs(A - 1) < Nudge ? 1 + Nudge : A;

    /// <summary>The probability that a customer has not left, from 0 to 1; 1 for whoever never bought again, by the model's nature.</summary>
    public double ProbabilityAlive(PurchasePattern pattern)
    {
        Check(pattern);
        if (pattern.Repeats == 0)
        {
            return 1;
        }

        var odds = Math.Log(A / (B + pattern.Repeats - 1))
            + ((R + pattern.Repeats) * Math.Log((Alpha + pattern.Observed) / (Alpha + pattern.LastAt)));
        return 1 / (1 + Math.Exp(odds));
    }

    /// <summary>E[X(t)]: the repeat purchases expected of a new customer within <paramref name="time"/>.</summary>
    public double ExpectedPurchases(double time)
    {
        CheckTime(time);
        var a = SafeA;
        var shrunk = Math.Pow(Alpha / (Alpha + time), R)
            * Hypergeometric.F(R, B, a + B - 1, time / (Alpha + time));
        return (a + B - 1) / (a - 1) * (1 - shrunk);
    }

    /// <summary>E[Y(t) | x, t_x, T]: the purchases expected of a known customer in the next <paramref name="time"/>.</summary>
    public double ExpectedPurchases(PurchasePattern pattern, double time)
    {
        CheckTime(time);
        var (a, x) = (SafeA, pattern.Repeats);
        var end = Alpha + pattern.Observed;
        var shrunk = Math.Pow(end / (end + time), R + x)
            * Hypergeometric.F(R + x, B + x, a + B + x - 1, time / (end + time));
        return (a + B + x - 1) / (a - 1) * (1 - shrunk) * ProbabilityAlive(pattern);
    }

    /// <summary>P(X(t) = n): the probability of exactly <paramref name="purchases"/> repeat purchases of a new customer within <paramref name="time"/>.</summary>
    public double Probability(int purchases, double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(purchases);
        CheckTime(time);
        var idle = R * Math.Log(Alpha / (Alpha + time));
        var step = Math.Log(time / (Alpha + time));
        var alive = Math.Exp(
            SpecialFunctions.BetaLn(A, B + purchases) - SpecialFunctions.BetaLn(A, B) + Ways(purchases) + idle + (purchases == 0 ? 0 : purchases * step));
        if (purchases == 0)
        {
            return alive;
        }

        var fewer = Enumerable.Range(0, purchases).Sum(j => Math.Exp(Ways(j) + idle + (j == 0 ? 0 : j * step)));
        return alive + (Math.Exp(SpecialFunctions.BetaLn(A + 1, B + purchases - 1) - SpecialFunctions.BetaLn(A, B)) * (1 - fewer));

        double Ways(int n) => SpecialFunctions.GammaLn(R + n) - SpecialFunctions.GammaLn(R) - SpecialFunctions.FactorialLn(n);
    }

    private static void Check(PurchasePattern pattern)
    {
        if (pattern.Fault() is { } fault)
        {
            throw new AnalyticsException($"A customer has {fault}.");
        }
    }

    private static void CheckTime(double time)
    {
        if (!double.IsFinite(time) || time < 0)
        {
            throw new AnalyticsException($"Found the time {time}; expected 0 or more.");
        }
    }
}
