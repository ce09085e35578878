using Segue.Analytics.Lifetime;
using Segue.Orders;

namespace Segue.Segmentation.Predictions;

/// <summary>What predictions look at of a customer. Days are <see cref="DateOnly.DayNumber"/> in UTC.</summary>
/// <param name="First">The day of the first counted order.</param>
/// <param name="Last">The day of the last.</param>
/// <param name="Days">Days with a counted order, 1 or more.</param>
/// <param name="RepeatSpend">Net money of all but the first of them.</param>
/// <param name="FirstAmount">Net money of the first order.</param>
/// <param name="FirstCategory">Its category, if known.</param>
public sealed record BuyerFacts(int First, int Last, int Days, decimal RepeatSpend, decimal FirstAmount, string? FirstCategory)
{
    private const double DaysAWeek = 7;

    /// <summary>Purchase days after the first.</summary>
    public int Repeats => Days - 1;

    /// <summary>The mean net money of a repeat purchase; 0 without one.</summary>
    public decimal RepeatMean => Repeats == 0 ? 0 : RepeatSpend / Repeats;

    /// <summary>The facts; null without a counted order, or where the summary is from before days were counted.</summary>
    public static BuyerFacts? Of(PurchaseSummary purchases)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        return purchases is { PurchaseDays: > 0, FirstOrderAt: { } first, LastOrderAt: { } last }
            ? new(Day(first), Day(last), purchases.PurchaseDays, purchases.TotalSpend - purchases.FirstDaySpend, purchases.FirstOrderAmount, purchases.FirstCategory)
            : null;
    }

    /// <summary>The number of a moment's day.</summary>
    public static int Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime).DayNumber;

    /// <summary>The customer as BG/NBD sees them at the end of a day, or of their last order's where that is later; in weeks.</summary>
    public PurchasePattern Pattern(int day) => new(Repeats, (Last - First) / DaysAWeek, (Math.Max(day, Last) - First) / DaysAWeek);
}
