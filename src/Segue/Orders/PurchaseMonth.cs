namespace Segue.Orders;

/// <summary>What a customer bought in a calendar month (UTC): what models of value learn from years of.</summary>
/// <param name="Month">Months since the year 0: <see cref="Of"/>.</param>
/// <param name="LastDay">The last day with a counted order, as <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="Days">Days with a counted order.</param>
/// <param name="Spend">Net money of them.</param>
public readonly record struct PurchaseMonth(int Month, int LastDay, int Days, decimal Spend)
{
    /// <summary>
    /// So many are kept of a customer, so that no summary outgrows its row: enough to look back a whole year from anywhere
    /// in a month, and a year more.
    /// </summary>
    public const int Most = 26;

    /// <summary>The number of a day's month.</summary>
    public static int Of(DateOnly day) => (day.Year * 12) + day.Month - 1;

    /// <summary>The first day of a month.</summary>
    public static DateOnly FirstDay(int month) => new(month / 12, (month % 12) + 1, 1);

    /// <summary>The months with one order more, that is not before any of them.</summary>
    /// <param name="months">Oldest first; null for none.</param>
    /// <param name="day">The order's day.</param>
    /// <param name="isNewDay">Whether the day had none yet.</param>
    /// <param name="net">Its money.</param>
    internal static IReadOnlyList<PurchaseMonth> Add(IReadOnlyList<PurchaseMonth>? months, DateOnly day, bool isNewDay, decimal net)
    {
        var month = Of(day);
        if (months is [.., var last] && last.Month == month)
        {
            return [.. months.SkipLast(1), new(month, day.DayNumber, last.Days + (isNewDay ? 1 : 0), last.Spend + net)];
        }

        return [.. (months ?? []).TakeLast(Most - 1), new(month, day.DayNumber, 1, net)];
    }
}
