using MathNet.Numerics;

namespace Segue.Analytics.Lifetime;

/// <summary>
/// The log-likelihood of BG/NBD over folded customers, and its gradient. Logarithms and gamma functions are taken once for each
/// moment and number of repeats that occur: there are hundreds of those, not thousands.
/// </summary>
internal sealed class BgNbdLikelihood
{
    private const int PartSize = 8192;

    private readonly IReadOnlyList<PurchasePattern> _customers;
    private readonly double[] _moments;
    private readonly int[] _repeats;
    private readonly (int Last, int Observed, int Repeats)[] _places;

    /// <summary>Prepares customers, who should be folded.</summary>
    public BgNbdLikelihood(IReadOnlyList<PurchasePattern> customers)
    {
        _customers = customers;
        _moments = [.. customers.SelectMany(p => new[] { p.LastAt, p.Observed }).Distinct().Order()];
        _repeats = [.. customers.Select(p => p.Repeats).Distinct().Order()];
        _places =
        [
            .. customers.Select(p => (
                Array.BinarySearch(_moments, p.LastAt), Array.BinarySearch(_moments, p.Observed), Array.BinarySearch(_repeats, p.Repeats))),
        ];
    }

    /// <summary>The log-likelihood, whose derivatives by r, alpha, a and b are added to <paramref name="gradient"/>.</summary>
    /// <remarks>Parts are added in their order, so that the sum has the same digits however many cores there are.</remarks>
    public double At(BgNbd model, Span<double> gradient)
    {
        var logs = new double[_moments.Length];
        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] = Math.Log(model.Alpha + _moments[i]);
        }

        Part[] known = [.. _repeats.Select(x => Part.Of(model, x))];
        var parts = new Sums[(_customers.Count + PartSize - 1) / PartSize];
        if (parts.Length == 1)
        {
            parts[0] = Sum(model, logs, known, 0, _customers.Count);
        }
        else
        {
            Parallel.For(0, parts.Length, p => parts[p] = Sum(model, logs, known, p * PartSize, Math.Min(_customers.Count, (p + 1) * PartSize)));
        }

        var value = 0.0;
        foreach (var part in parts)
        {
            value += part.Value;
            gradient[0] += part.ByR;
            gradient[1] += part.ByAlpha;
            gradient[2] += part.ByA;
            gradient[3] += part.ByB;
        }

        return value;
    }

    private Sums Sum(BgNbd model, double[] logs, Part[] parts, int from, int until)
    {
        var (r, alpha, a, b) = (model.R, model.Alpha, model.A, model.B);
        var (lnAlpha, sums) = (Math.Log(alpha), default(Sums));
        for (var i = from; i < until; i++)
        {
            var (x, last, observed, customers) = _customers[i];
            var place = _places[i];
            ref readonly var known = ref parts[place.Repeats];

            // Two ways to have been silent since t_x: alive all the time, or gone right after the last purchase.
            var (rx, lnEnd) = (r + x, logs[place.Observed]);
            var (lnWays, weightGone, lnLast, atLast, leaves) = (-rx * lnEnd, 0.0, 0.0, 1.0, 0.0);
            if (x > 0)
            {
                (lnLast, atLast) = (logs[place.Last], alpha + last);
                var lnGone = known.LnLeft - (rx * lnLast);
                var odds = Math.Exp(lnGone - lnWays);
                (weightGone, lnWays) = double.IsInfinity(odds) ? (1, lnGone) : (odds / (1 + odds), lnWays + Math.Log(1 + odds));
                leaves = weightGone / (b + x - 1);
            }

            var weightAlive = 1 - weightGone;
            sums.Value += customers * (known.Value + (r * lnAlpha) + lnWays);
            sums.ByR += customers * (known.ByR + lnAlpha - (weightAlive * lnEnd) - (weightGone * lnLast));
            sums.ByAlpha += customers * ((r / alpha) - (rx * ((weightAlive / (alpha + observed)) + (weightGone / atLast))));
            sums.ByA += customers * (known.ByA + (weightGone / a));
            sums.ByB += customers * (known.ByB - leaves);
        }

        return sums;
    }

    private record struct Sums(double Value, double ByR, double ByAlpha, double ByA, double ByB);

    /// <summary>
    /// What depends on the number of repeats alone: ln Γ(r+x)/Γ(r) + ln B(a, b+x)/B(a, b), its derivatives, and the log of
    /// the odds of having left at the last purchase.
    /// </summary>
    private readonly record struct Part(double Value, double ByR, double ByA, double ByB, double LnLeft)
    {
        public static Part Of(BgNbd model, int x)
        {
            var (r, a, b) = (model.R, model.A, model.B);
            if (x == 0)
            {
                return default;
            }

            var both = SpecialFunctions.DiGamma(a + b) - SpecialFunctions.DiGamma(a + b + x);
            return new(
                SpecialFunctions.GammaLn(r + x) - SpecialFunctions.GammaLn(r)
                    + SpecialFunctions.BetaLn(a, b + x) - SpecialFunctions.BetaLn(a, b),
                SpecialFunctions.DiGamma(r + x) - SpecialFunctions.DiGamma(r),
                both,
                both + SpecialFunctions.DiGamma(b + x) - SpecialFunctions.DiGamma(b),
                Math.Log(a / (b + x - 1)));
        }
    }
}
