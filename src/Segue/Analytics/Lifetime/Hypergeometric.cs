namespace Segue.Analytics.Lifetime;

/// <summary>Gauss's hypergeometric function 2F1(a, b; c; z) for 0 &lt;= z &lt; 1.</summary>
internal static class Hypergeometric
{
    private const int MaxTerms = 1_000_000;

    /// <summary>The function's value.</summary>
    /// <remarks>
    /// Where c - a - b is below 0 the series is slow near 1 and Euler's transformation
    /// (1 - z)^(c-a-b) 2F1(c-a, c-b; c; z) takes its place (Abramowitz and Stegun, 15.3.3).
    /// </remarks>
    /// <exception cref="AnalyticsException">It does not converge.</exception>
    public static double F(double a, double b, double c, double z)
    {
        var excess = c - a - b;
        return excess < 0 ? Math.Pow(1 - z, excess) * Series(c - a, c - b, c, z) : Series(a, b, c, z);
    }

    private static double Series(double a, double b, double c, double z)
    {
        var (term, sum) = (1.0, 1.0);
        for (var n = 0; n < MaxTerms; n++)
        {
            term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
            sum += term;
            if (Math.Abs(term) <= 1e-15 * Math.Abs(sum))
            {
                return sum;
            }
        }

        throw new AnalyticsException($"2F1({a}, {b}; {c}; {z}) does not converge.");
    }
}
