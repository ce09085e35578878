namespace Segue.Analytics.Lifetime;

/// <summary>BG/NBD fitted to customers by maximum likelihood.</summary>
/// <param name="Model">The parameters.</param>
/// <param name="StandardErrors">The standard errors of r, alpha, a, b in this order; NaN where the likelihood is flat.</param>
/// <param name="LogLikelihood">The log-likelihood, a sum over customers.</param>
/// <param name="Customers">Customers fitted to.</param>
public sealed record BgNbdFit(BgNbd Model, IReadOnlyList<double> StandardErrors, double LogLikelihood, long Customers)
{
    // From so many rows on it pays to look for the place on fewer first, in so many units of time.
    private const int ManyRows = 4000;
    private const int RoughUnits = 40;

    /// <summary>Finds the likeliest parameters.</summary>
    /// <param name="patterns">The customers; equal ones are folded here, so their order and splitting change nothing.</param>
    /// <param name="near">A model that the answer is likely near to, such as last week's: the search begins there.</param>
    /// <exception cref="AnalyticsException">A pattern is impossible, nobody bought twice, or the data don't determine the parameters.</exception>
    public static BgNbdFit Of(IEnumerable<PurchasePattern> patterns, BgNbd? near = null)
    {
        var folded = PurchasePattern.Fold(patterns).Where(p => p.Customers != 0).ToList();
        if (folded.Select(p => p.Fault()).FirstOrDefault(f => f is not null) is { } fault)
        {
            throw new AnalyticsException($"A customer has {fault}.");
        }

        if (folded.All(p => p.Repeats == 0))
        {
            throw new AnalyticsException("BG/NBD needs customers who bought on more than one day; there is none.");
        }

        var customers = folded.Sum(p => p.Customers);
        var likelihood = new BgNbdLikelihood(folded);
        var unit = folded.Max(p => p.Observed);
        double[][] starts = [.. near is null ? [] : new[] { new[] { near.R, near.Alpha, near.A, near.B } }, [0.5, unit / 8, 1, 2], [1, unit, 0.5, 5]];
        LogLikelihood whole = (p, gradient) => likelihood.At(new(p[0], p[1], p[2], p[3]), gradient);
        LikelihoodFit fit;
        if (folded.Count < ManyRows)
        {
            fit = MaximumLikelihood.Fit("BG/NBD", customers, whole, starts);
        }
        else
        {
            var fewer = new BgNbdLikelihood(PurchasePattern.Fold(folded.Select(p => Rounded(p, unit / RoughUnits))));
            fit = MaximumLikelihood.FitByWayOf("BG/NBD", customers, whole, (p, gradient) => fewer.At(new(p[0], p[1], p[2], p[3]), gradient), starts);
        }

        var best = fit.Parameters;
        return new(new(best[0], best[1], best[2], best[3]), fit.StandardErrors, fit.Value, customers);
    }

    /// <summary>The pattern in whole units of time; a repeat stays after the first purchase, and the end not before the last.</summary>
    private static PurchasePattern Rounded(PurchasePattern pattern, double unit)
    {
        var last = pattern.Repeats == 0 ? 0 : Math.Max(unit, Math.Round(pattern.LastAt / unit) * unit);
        return pattern with { LastAt = last, Observed = Math.Max(last, Math.Round(pattern.Observed / unit) * unit) };
    }
}
