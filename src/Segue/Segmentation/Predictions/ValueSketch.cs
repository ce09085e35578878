using System.Text.Json.Serialization;
using Segue.Orders;

namespace Segue.Segmentation.Predictions;

/// <summary>What one shard's customers add to the models of value; merged with other shards' in any order.</summary>
public sealed class ValueSketch
{
    /// <summary>Months before the calibration's that the models are checked on: fitted without them, and compared with them.</summary>
    public const int CheckMonths = 6;

    // Categories that a shard tells apart, so that its part fits into a row.
    private const int MostCategories = 300;
    private const int LastRepeats = 7;

    private readonly Dictionary<(decimal From, string Category), MoneyMoments> _first = [];
    private readonly Dictionary<string, CategoryCount> _categories = [];

    /// <summary>Customers as BG/NBD sees them now.</summary>
    public PatternCounts Patterns { get; set; } = new();

    /// <summary>Their repeat purchases.</summary>
    public SpendCounts Spends { get; set; } = new();

    /// <summary>Customers as BG/NBD saw them when the months to be checked began.</summary>
    public PatternCounts Earlier { get; set; } = new();

    /// <summary>Purchase days in these months, by repeats before: the last takes all from it on.</summary>
    public long[] Since { get; set; } = new long[LastRepeats + 1];

    /// <summary>The grid of tiers.</summary>
    public TierCounts Tiers { get; set; } = new();

    /// <summary>First orders with a year behind them.</summary>
    public IReadOnlyList<FirstBuyerCount> FirstOrders
    {
        get => [.. _first.OrderBy(c => c.Key.From).ThenBy(c => c.Key.Category, StringComparer.Ordinal).Select(c => new FirstBuyerCount(c.Key.From, c.Key.Category, c.Value))];
        set => value.ToList().ForEach(c => _first[(c.From, c.Category)] = c.Spend);
    }

    /// <summary>How long customers stayed, by the category of their first order.</summary>
    public IReadOnlyList<CategoryCount> Categories
    {
        get => [.. _categories.Values.OrderBy(c => c.Category, StringComparer.Ordinal)];
        set => value.ToList().ForEach(c => _categories[c.Category] = c);
    }

    /// <summary>Repeats that <see cref="Since"/> tells apart.</summary>
    [JsonIgnore]
    public static int MostRepeats => LastRepeats;

    /// <summary>The day on which the months to be checked begin.</summary>
    public static DateOnly CheckFrom(DateTimeOffset at) => PurchaseMonth.FirstDay(PurchaseMonth.Of(DateOnly.FromDateTime(at.UtcDateTime)) - CheckMonths);

    /// <summary>Adds a customer.</summary>
    public void Add(PurchaseSummary purchases, DateTimeOffset at)
    {
        if (BuyerFacts.Of(purchases) is not { } facts)
        {
            return;
        }

        var day = Math.Max(BuyerFacts.Day(at), facts.Last);
        Patterns.Add(facts.Repeats, facts.Last - facts.First, day - facts.First);
        Spends.Add(facts.Repeats, facts.RepeatMean);
        Tiers.Add(purchases, at);
        AddEarlier(purchases, facts, CheckFrom(at));
        if (facts.First + 365 <= day)
        {
            var category = Known(facts.FirstCategory);
            var key = (FirstBuyers.BandOf(facts.FirstAmount), category);
            _first[key] = _first.GetValueOrDefault(key).With(purchases.FirstYearSpend);
            _categories[category] = (_categories.GetValueOrDefault(category) ?? new(category)).With(facts, purchases.FirstYearSpend);
        }
    }

    /// <summary>Adds another shard's customers.</summary>
    public void Merge(ValueSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Patterns.Merge(other.Patterns);
        Spends.Merge(other.Spends);
        Earlier.Merge(other.Earlier);
        Tiers.Merge(other.Tiers);
        for (var i = 0; i < Since.Length; i++)
        {
            Since[i] += other.Since[i];
        }

        foreach (var (key, spend) in other._first)
        {
            _first[key] = _first.GetValueOrDefault(key) + spend;
        }

        foreach (var (name, count) in other._categories)
        {
            _categories[name] = _categories.TryGetValue(name, out var known) ? known + count : count;
        }
    }

    private void AddEarlier(PurchaseSummary purchases, BuyerFacts facts, DateOnly from)
    {
        var month = PurchaseMonth.Of(from);
        var months = purchases.Months ?? [];
        if (facts.First < from.DayNumber && months.Where(m => m.Month < month).Select(m => (int?)m.LastDay).LastOrDefault() is { } last)
        {
            var since = months.Where(m => m.Month >= month).Sum(m => m.Days);
            var repeats = facts.Repeats - since;
            Earlier.Add(repeats, last - facts.First, from.DayNumber - 1 - facts.First);
            Since[Math.Min(repeats, LastRepeats)] += since;
        }
    }

    private string Known(string? category) =>
        category is { Length: > 0 } && (_categories.ContainsKey(category) || _categories.Count < MostCategories) ? category : "";
}

/// <summary>Customers with a year behind them whose first order was in a category.</summary>
/// <param name="Category">The category; empty where unknown.</param>
public sealed record CategoryCount(string Category)
{
    /// <summary>Customers.</summary>
    public long Customers { get; init; }

    /// <summary>Those who bought on another day.</summary>
    public long Returned { get; init; }

    /// <summary>Those whose last order was half a year or more after the first.</summary>
    public long Stayed { get; init; }

    /// <summary>Days from the first order to the last, added up.</summary>
    public long Days { get; init; }

    /// <summary>What they spent in the year after the first order.</summary>
    public decimal Spend { get; init; }

    /// <summary>Both together.</summary>
    public static CategoryCount operator +(CategoryCount a, CategoryCount b) => a with
    {
        Customers = a.Customers + b.Customers,
        Returned = a.Returned + b.Returned,
        Stayed = a.Stayed + b.Stayed,
        Days = a.Days + b.Days,
        Spend = a.Spend + b.Spend,
    };

    /// <summary>With one customer more.</summary>
    public CategoryCount With(BuyerFacts facts, decimal spend)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return this + new CategoryCount(Category)
        {
            Customers = 1,
            Returned = facts.Repeats > 0 ? 1 : 0,
            Stayed = facts.Last - facts.First >= 182 ? 1 : 0,
            Days = facts.Last - facts.First,
            Spend = spend,
        };
    }
}
