using Segue.Orders;

namespace Segue.Segmentation.Predictions;

/// <summary>A cell of the grid of tiers, as a shard counts it.</summary>
/// <param name="Longevity">Row: index in <see cref="CustomerMap.Longevity"/>.</param>
/// <param name="Silence">Column: index in <see cref="CustomerMap.Silence"/>.</param>
/// <param name="Before">Who stood there a year before, and what they spent in the twelve months after.</param>
/// <param name="Now">Who stand there at the calibration.</param>
public sealed record TierCount(int Longevity, int Silence, MoneyMoments Before, long Now);

/// <summary>
/// Customers by how long and how lately they have bought, at the calibration and a year before. The twelve months are whole ones: they
/// end where the calibration's month begins.
/// </summary>
public sealed class TierCounts
{
    private readonly Dictionary<(int Longevity, int Silence), (MoneyMoments Before, long Now)> _cells = [];

    /// <summary>The cells that anybody stands or stood in, sorted.</summary>
    public IReadOnlyList<TierCount> Cells
    {
        get => [.. _cells.OrderBy(c => c.Key).Select(c => new TierCount(c.Key.Longevity, c.Key.Silence, c.Value.Before, c.Value.Now))];
        set
        {
            foreach (var cell in value)
            {
                _cells[(cell.Longevity, cell.Silence)] = (cell.Before, cell.Now);
            }
        }
    }

    /// <summary>The twelve months that are looked back on from a day: the first, and the first that is no longer one.</summary>
    public static (int From, int Until) Window(DateOnly day) => (PurchaseMonth.Of(day) - 12, PurchaseMonth.Of(day));

    /// <summary>Adds a customer.</summary>
    /// <param name="purchases">Theirs; those whose days are not counted yet are left out.</param>
    /// <param name="at">The calibration's moment.</param>
    public void Add(PurchaseSummary purchases, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        if (BuyerFacts.Of(purchases) is not { } facts || purchases.Months is not { } months)
        {
            return;
        }

        var now = Place(at - purchases.FirstOrderAt!.Value, at - purchases.LastOrderAt!.Value);
        var cell = _cells.GetValueOrDefault(now);
        _cells[now] = (cell.Before, cell.Now + 1);

        var (from, until) = Window(DateOnly.FromDateTime(at.UtcDateTime));
        var start = PurchaseMonth.FirstDay(from).DayNumber;
        var last = months.Where(m => m.Month < from).Select(m => (int?)m.LastDay).LastOrDefault();
        if (facts.First < start && last is { } then)
        {
            // Orders have an hour, and the window begins with a day.
            var place = Place(TimeSpan.FromDays(start - facts.First), TimeSpan.FromDays(start - then));
            cell = _cells.GetValueOrDefault(place);
            _cells[place] = (cell.Before.With(months.Where(m => m.Month >= from && m.Month < until).Sum(m => m.Spend)), cell.Now);
        }
    }

    /// <summary>Adds another shard's counts.</summary>
    public void Merge(TierCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (place, counts) in other._cells)
        {
            var cell = _cells.GetValueOrDefault(place);
            _cells[place] = (cell.Before + counts.Before, cell.Now + counts.Now);
        }
    }

    private static (int, int) Place(TimeSpan longevity, TimeSpan silence) =>
        (ValueTiers.Band(CustomerMap.Longevity, longevity), ValueTiers.Band(CustomerMap.Silence, silence));
}
