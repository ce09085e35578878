namespace Segue.Analytics.Lifetime;

/// <summary>
/// One customer's purchases as the models of predicted value see them: in days since the first, several of one day as one.
/// </summary>
/// <param name="Pattern">For BG/NBD, in weeks.</param>
/// <param name="Spend">For Gamma-Gamma; null for whoever bought on one day only.</param>
public readonly record struct BuyerHistory(PurchasePattern Pattern, SpendPattern? Spend)
{
    private const double DaysAWeek = 7;

    /// <summary>Reads a customer's counted purchases.</summary>
    /// <param name="purchases">Moment and money of each, in any order.</param>
    /// <param name="lastDay">The last day observed, in UTC; what was bought after it is left out.</param>
    /// <returns>Null where nothing was bought by then.</returns>
    public static BuyerHistory? Of(IEnumerable<(DateTimeOffset At, decimal Money)> purchases, DateOnly lastDay)
    {
        var days = purchases
            .GroupBy(p => DateOnly.FromDateTime(p.At.UtcDateTime), p => p.Money)
            .Where(d => d.Key <= lastDay)
            .OrderBy(d => d.Key)
            .Select(d => (Day: d.Key.DayNumber, Money: d.Sum()))
            .ToList();
        if (days.Count == 0)
        {
            return null;
        }

        var (first, repeats) = (days[0].Day, days.Count - 1);
        var pattern = new PurchasePattern(repeats, (days[^1].Day - first) / DaysAWeek, (lastDay.DayNumber - first) / DaysAWeek);
        return new(pattern, repeats == 0 ? null : new(repeats, (double)(days.Skip(1).Sum(d => d.Money) / repeats)));
    }
}
