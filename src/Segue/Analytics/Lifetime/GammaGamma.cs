using MathNet.Numerics;

namespace Segue.Analytics.Lifetime;

/// <summary>
/// The gamma-gamma model of spend: a customer's purchases vary around a mean that stays the same, and means vary between
/// customers. P. S. Fader and B. G. S. Hardie, "The Gamma-Gamma Model of Monetary Value" (2013).
/// </summary>
/// <param name="P">Shape of a customer's purchases, above 0.</param>
/// <param name="Q">Shape of the customers' scales; the mean exists above 1.</param>
/// <param name="V">Scale of the customers' scales, in money.</param>
public sealed record GammaGamma(double P, double Q, double V)
{
    /// <summary>The mean spend of all customers; null where Q is 1 or less and there is none.</summary>
    public double? MeanSpend => Q > 1 ? P * V / (Q - 1) : null;

    /// <summary>What a customer's next purchases are expected to come to each: between their own mean and everybody's.</summary>
    /// <param name="repeats">Repeat purchases that <paramref name="mean"/> rests on; 0 gives everybody's mean.</param>
    /// <param name="mean">Their mean money.</param>
    /// <exception cref="AnalyticsException">There is no such mean: so little is known of the customer, and Q is 1 or less.</exception>
    public double ExpectedSpend(int repeats, double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(repeats);
        var weight = (P * repeats) + Q - 1;
        return weight > 0
            ? P * (V + (repeats == 0 ? 0 : repeats * mean)) / weight
            : throw new AnalyticsException($"With q = {Q} a customer without repeat purchases has no expected spend.");
    }

    /// <summary>Adds a part's log-likelihood and its derivatives by p, q and v.</summary>
    internal double Add(IReadOnlyList<SpendPattern> patterns, Span<double> gradient)
    {
        var (sum, dp, dq, dv) = (0.0, 0.0, 0.0, 0.0);
        var (gammaQ, digammaQ, lnV) = (SpecialFunctions.GammaLn(Q), SpecialFunctions.DiGamma(Q), Math.Log(V));
        for (var i = 0; i < patterns.Count; i++)
        {
            var (x, mean, customers) = patterns[i];
            var (px, spent) = (P * x, x * mean);
            var lnAll = Math.Log(spent + V);
            var digammaBoth = SpecialFunctions.DiGamma(px + Q);
            sum += customers * (SpecialFunctions.GammaLn(px + Q) - SpecialFunctions.GammaLn(px) - gammaQ
                + (Q * lnV) + ((px - 1) * Math.Log(mean)) + (px * Math.Log(x)) - ((px + Q) * lnAll));
            dp += customers * x * (digammaBoth - SpecialFunctions.DiGamma(px) + Math.Log(spent) - lnAll);
            dq += customers * (digammaBoth - digammaQ + lnV - lnAll);
            dv += customers * ((Q / V) - ((px + Q) / (spent + V)));
        }

        gradient[0] += dp;
        gradient[1] += dq;
        gradient[2] += dv;
        return sum;
    }
}
