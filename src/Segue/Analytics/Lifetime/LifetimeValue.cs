namespace Segue.Analytics.Lifetime;

/// <summary>Customer lifetime value: what a customer's expected purchases are worth today.</summary>
public static class LifetimeValue
{
    /// <summary>The discounted money expected in the next periods.</summary>
    /// <param name="purchases">How often customers buy, and for how long.</param>
    /// <param name="pattern">The customer.</param>
    /// <param name="spend">Money expected at each purchase.</param>
    /// <param name="periods">How many periods ahead, 0 or more.</param>
    /// <param name="period">Length of a period in the model's unit of time (a month is 30.4375 / 7 weeks).</param>
    /// <param name="rate">Discount rate of one period, above -1; 0.01 is 1 %. What falls into a period counts as paid at its end.</param>
    public static double Of(BgNbd purchases, PurchasePattern pattern, double spend, int periods, double period, double rate)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        ArgumentOutOfRangeException.ThrowIfNegative(periods);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(rate, -1);
        var (value, before) = (0.0, 0.0);
        for (var i = 1; i <= periods; i++)
        {
            var until = purchases.ExpectedPurchases(pattern, i * period);
            value += (until - before) / Math.Pow(1 + rate, i);
            before = until;
        }

        return value * spend;
    }
}
