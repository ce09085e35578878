namespace Segue.Analytics.Lifetime;

/// <summary>
/// What BG/NBD needs to know of a customer, and of how many it is the same. Time is in one unit throughout, weeks as a rule.
/// </summary>
/// <param name="Repeats">x: purchase days after the first, 0 or more; several purchases of one day are one.</param>
/// <param name="LastAt">t_x: from the first purchase to the last, 0 where there is no repeat.</param>
/// <param name="Observed">T: from the first purchase to the end of observation, at least <paramref name="LastAt"/>.</param>
/// <param name="Customers">How many customers have this pattern.</param>
public readonly record struct PurchasePattern(int Repeats, double LastAt, double Observed, long Customers = 1)
{
    /// <summary>Adds equal patterns up: the likelihood is a sum, so nothing is lost and shards can be merged.</summary>
    /// <returns>Each pattern once, in an order that does not depend on that of the input.</returns>
    public static IReadOnlyList<PurchasePattern> Fold(IEnumerable<PurchasePattern> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var counts = new Dictionary<(int, double, double), long>();
        foreach (var p in patterns)
        {
            var key = (p.Repeats, p.LastAt, p.Observed);
            counts[key] = counts.GetValueOrDefault(key) + p.Customers;
        }

        return [.. counts.Select(c => new PurchasePattern(c.Key.Item1, c.Key.Item2, c.Key.Item3, c.Value))
            .OrderBy(p => p.Repeats).ThenBy(p => p.LastAt).ThenBy(p => p.Observed)];
    }

    /// <summary>Says what is wrong with the pattern, or nothing.</summary>
    internal string? Fault() =>
        !double.IsFinite(LastAt) || !double.IsFinite(Observed) ? "a time that is no number"
        : Repeats < 0 || Customers < 0 ? "a count below 0"
        : LastAt < 0 || LastAt > Observed ? $"a last purchase at {LastAt}, outside of the {Observed} observed"
        : Repeats > 0 && LastAt <= 0 ? "repeat purchases at the moment of the first"
        : Repeats == 0 && LastAt > 0 ? "a last purchase after the first, but no repeat"
        : null;
}
