namespace Segue.Analytics.Lifetime;

/// <summary>Gamma-Gamma fitted to customers who came back, by maximum likelihood.</summary>
/// <param name="Model">The parameters.</param>
/// <param name="StandardErrors">The standard errors of p, q, v in this order; NaN where the likelihood is flat.</param>
/// <param name="LogLikelihood">The log-likelihood, a sum over customers.</param>
/// <param name="Customers">Customers fitted to: those with a repeat purchase that cost something.</param>
public sealed record GammaGammaFit(GammaGamma Model, IReadOnlyList<double> StandardErrors, double LogLikelihood, long Customers)
{
    /// <summary>Finds the likeliest parameters. Customers without a repeat purchase, or whose repeats cost nothing, say nothing and are left out.</summary>
    /// <param name="patterns">The customers.</param>
    /// <param name="near">A model that the answer is likely near to, such as last week's: the search begins there.</param>
    /// <exception cref="AnalyticsException">A mean is no number, nobody is left, all spend the same, or the data don't determine the parameters.</exception>
    public static GammaGammaFit Of(IEnumerable<SpendPattern> patterns, GammaGamma? near = null)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var all = patterns.Where(p => p is { Repeats: > 0, Customers: > 0 }).ToList();
        if (all.Any(p => !double.IsFinite(p.Mean)))
        {
            throw new AnalyticsException("A customer has a mean spend that is no number.");
        }

        // Sorted, so that the order in which shards answer changes no digit.
        var used = all.Where(p => p.Mean > 0).OrderBy(p => p.Repeats).ThenBy(p => p.Mean).ToList();
        if (used.Count == 0)
        {
            throw new AnalyticsException("Gamma-Gamma needs customers with a repeat purchase that cost something; there is none.");
        }

        if (used.All(p => p.Mean == used[0].Mean))
        {
            throw new AnalyticsException("Gamma-Gamma does not fit: all customers spend the same.");
        }

        var customers = used.Sum(p => p.Customers);
        var mean = used.Sum(p => p.Customers * p.Mean) / customers;
        double[][] starts = [.. near is null ? [] : new[] { new[] { near.P, near.Q, near.V } }, [2, 3, mean], [6, 4, mean / 2], [1, 10, 9 * mean]];
        var fit = MaximumLikelihood.Fit("Gamma-Gamma", customers, (p, gradient) => new GammaGamma(p[0], p[1], p[2]).Add(used, gradient), starts);
        return new(new(fit.Parameters[0], fit.Parameters[1], fit.Parameters[2]), fit.StandardErrors, fit.Value, customers);
    }
}
