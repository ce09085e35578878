using MathNet.Numerics;

namespace Segue.Analytics.Lifetime;

/// <summary>The log-likelihood of BG/NBD and its gradient over a part of the customers: parts add up.</summary>
internal static class BgNbdLikelihood
{
    /// <summary>Adds a part's log-likelihood and its derivatives by r, alpha, a and b.</summary>
    /// <param name="model">The parameters.</param>
    /// <param name="patterns">The part, folded.</param>
    /// <param name="gradient">Four sums to add to.</param>
    /// <returns>The part's log-likelihood.</returns>
    public static double Add(BgNbd model, IReadOnlyList<PurchasePattern> patterns, Span<double> gradient)
    {
        var (r, alpha, a, b) = (model.R, model.Alpha, model.A, model.B);
        var byRepeats = new ByRepeats(model);
        var (lnAlpha, sum) = (Math.Log(alpha), 0.0);
        var (dr, dAlpha, da, db) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < patterns.Count; i++)
        {
            var (x, last, observed, customers) = patterns[i];
            var known = byRepeats[x];

            // Two ways to have been silent since t_x: alive all the time, or gone right after the last purchase.
            var end = alpha + observed;
            var (lnEnd, rx) = (Math.Log(end), r + x);
            var alive = -rx * lnEnd;
            var (lnWays, weightGone, lnLast, atLast) = (alive, 0.0, 0.0, 1.0);
            if (x > 0)
            {
                atLast = alpha + last;
                lnLast = Math.Log(atLast);
                var gone = Math.Log(a / (b + x - 1)) - (rx * lnLast);
                var most = Math.Max(alive, gone);
                lnWays = most + Math.Log(Math.Exp(alive - most) + Math.Exp(gone - most));
                weightGone = Math.Exp(gone - lnWays);
            }

            var weightAlive = 1 - weightGone;
            sum += customers * (known.Value + (r * lnAlpha) + lnWays);
            dr += customers * (known.ByR + lnAlpha - (weightAlive * lnEnd) - (weightGone * lnLast));
            dAlpha += customers * ((r / alpha) - (rx * ((weightAlive / end) + (weightGone / atLast))));
            da += customers * (known.ByA + (weightGone / a));
            db += customers * (known.ByB - (x > 0 ? weightGone / (b + x - 1) : 0));
        }

        gradient[0] += dr;
        gradient[1] += dAlpha;
        gradient[2] += da;
        gradient[3] += db;
        return sum;
    }

    /// <summary>
    /// What depends on the number of repeats alone: ln Γ(r+x)/Γ(r) + ln B(a, b+x)/B(a, b) and its derivatives. Made once for
    /// each number that occurs, since it takes nearly all of the time.
    /// </summary>
    private sealed class ByRepeats(BgNbd model)
    {
        private readonly Dictionary<int, (double Value, double ByR, double ByA, double ByB)> _known = [];

        public (double Value, double ByR, double ByA, double ByB) this[int x]
        {
            get
            {
                if (!_known.TryGetValue(x, out var known))
                {
                    _known[x] = known = Make(x);
                }

                return known;
            }
        }

        private (double Value, double ByR, double ByA, double ByB) Make(int x)
        {
            var (r, a, b) = (model.R, model.A, model.B);
            if (x == 0)
            {
                return default;
            }

            var both = SpecialFunctions.DiGamma(a + b) - SpecialFunctions.DiGamma(a + b + x);
            return (
                SpecialFunctions.GammaLn(r + x) - SpecialFunctions.GammaLn(r)
                    + SpecialFunctions.BetaLn(a, b + x) - SpecialFunctions.BetaLn(a, b),
                SpecialFunctions.DiGamma(r + x) - SpecialFunctions.DiGamma(r),
                both,
                both + SpecialFunctions.DiGamma(b + x) - SpecialFunctions.DiGamma(b));
        }
    }
}
