namespace Segue.Recommendations;

/// <summary>How strongly two products go together, from how many customers bought either, both and none.</summary>
public static class Association
{
    /// <summary>
    /// How many times more often both were bought by one customer than chance would have it: P(ab) / (P(a) P(b)). 1 is chance;
    /// 0 where either was never bought.
    /// </summary>
    /// <param name="both">Customers who bought both.</param>
    /// <param name="a">Customers who bought the one.</param>
    /// <param name="b">Customers who bought the other.</param>
    /// <param name="all">Customers who bought anything.</param>
    public static double Lift(long both, long a, long b, long all) => a == 0 || b == 0 ? 0 : (double)both * all / ((double)a * b);

    /// <summary>
    /// How surely that is no chance: the log-likelihood ratio G² of the 2 x 2 table, 0 or more; 3.84 is what chance exceeds
    /// in one of 20 (chi-squared, one degree of freedom). It is no direction: see <see cref="Lift"/> for that.
    /// </summary>
    /// <remarks>T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence" (Computational Linguistics 19:1, 1993).</remarks>
    /// <param name="both">Customers who bought both.</param>
    /// <param name="a">Customers who bought the one.</param>
    /// <param name="b">Customers who bought the other.</param>
    /// <param name="all">Customers who bought anything.</param>
    /// <exception cref="ArgumentException">The counts contradict each other.</exception>
    public static double LogLikelihoodRatio(long both, long a, long b, long all)
    {
        var (onlyA, onlyB, none) = (a - both, b - both, all - a - b + both);
        if (both < 0 || onlyA < 0 || onlyB < 0 || none < 0)
        {
            throw new ArgumentException($"{both} bought both, {a} and {b} either, {all} anything: that can't be.");
        }

        var matrix = Term(both) + Term(onlyA) + Term(onlyB) + Term(none);
        var rows = Term(a) + Term(all - a);
        var columns = Term(b) + Term(all - b);
        return Math.Max(0, 2 * (matrix - rows - columns + Term(all)));
    }

    // x ln x, 0 at 0.
    private static double Term(long x) => x == 0 ? 0 : x * Math.Log(x);
}
