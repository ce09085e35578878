using System.Globalization;
using Segue.Orders;

namespace Segue.Segmentation.Predictions;

/// <summary>Those whose first order was of one band of amounts and one category, as a shard counts them.</summary>
/// <param name="From">The band's least amount: <see cref="FirstBuyers.BandOf"/>.</param>
/// <param name="Category">The first order's category; empty where unknown.</param>
/// <param name="Spend">What they spent after it in their first year.</param>
public sealed record FirstBuyerCount(decimal From, string Category, MoneyMoments Spend);

/// <summary>What a first order says of the year after it.</summary>
/// <param name="From">Orders from this amount,</param>
/// <param name="Until">and less than this; null for no limit.</param>
/// <param name="Category">In this category; null for those of none, and of those too rare to stand alone.</param>
/// <param name="Customers">Customers that it rests on.</param>
/// <param name="Mean">What they spent after the first order in the 365 days after it, on average.</param>
/// <param name="Value">The same, pulled to the mean of all the more the fewer they were.</param>
public sealed record FirstBuyerCell(decimal From, decimal? Until, string? Category, long Customers, decimal Mean, decimal Value);

/// <summary>
/// The value of one-time buyers, whom BG/NBD can't tell apart: the shrunk mean of what earlier customers with the same band of first
/// amounts and the same first category spent in their first year.
/// </summary>
public sealed record FirstBuyers
{
    /// <summary>Under so many customers with a whole year behind them nothing is said.</summary>
    public const int LeastCustomers = 100;

    /// <summary>Cells that a calibration keeps: those with most customers.</summary>
    public const int MostCells = 200;

    private const decimal Highest = 1_000_000;

    /// <summary>Customers with a whole year behind them.</summary>
    public required long Customers { get; init; }

    /// <summary>What they spent in it after the first order, on average.</summary>
    public required decimal Mean { get; init; }

    /// <summary>For how many customers the mean of all counts in each cell.</summary>
    public required double Weight { get; init; }

    /// <summary>By amount, then category.</summary>
    public required IReadOnlyList<FirstBuyerCell> Cells { get; init; }

    /// <summary>The value of a customer with such a first order; the mean of all where no cell is theirs.</summary>
    public decimal ValueOf(decimal amount, string? category)
    {
        decimal? rest = null;
        foreach (var cell in Cells)
        {
            if (Math.Max(0, amount) >= cell.From && !(amount >= cell.Until))
            {
                if (string.Equals(cell.Category, category, StringComparison.OrdinalIgnoreCase))
                {
                    return cell.Value;
                }

                rest = cell.Category is null ? cell.Value : rest;
            }
        }

        return rest ?? Mean;
    }

    /// <summary>Learns from counts; null where too few customers have a year behind them.</summary>
    public static FirstBuyers? Of(IReadOnlyCollection<FirstBuyerCount> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var customers = counts.Sum(c => c.Spend.Customers);
        if (customers < LeastCustomers)
        {
            return null;
        }

        // Rare categories of a band go together with those that are not known.
        var kept = counts.Where(c => c.Category.Length > 0).OrderByDescending(c => c.Spend.Customers).ThenBy(c => c.From)
            .ThenBy(c => c.Category, StringComparer.Ordinal).Take(MostCells / 2).ToHashSet();
        var cells = counts.GroupBy(c => (c.From, Category: kept.Contains(c) ? c.Category : null))
            .Select(g => (g.Key, Spend: g.Aggregate(default(MoneyMoments), (sum, c) => sum + c.Spend))).ToList();
        var all = Credibility.Of([.. cells.Select(c => c.Spend)]);
        return new()
        {
            Customers = customers,
            Mean = Rounded(all.Mean),
            Weight = Math.Round(all.Weight, 1),
            Cells =
            [
                .. cells.OrderBy(c => c.Key.From).ThenBy(c => c.Key.Category, StringComparer.Ordinal).Select(c => new FirstBuyerCell(
                    c.Key.From, c.Key.From >= Highest ? null : Next(c.Key.From), c.Key.Category, c.Spend.Customers, Rounded(c.Spend.Mean), Rounded(all.Shrink(c.Spend)))),
            ],
        };
    }

    /// <summary>The least amount of an amount's band: 0, then 1, 2, 5, 10, 20, 50 and so on.</summary>
    public static decimal BandOf(decimal amount)
    {
        decimal band = 0;
        while (Next(band) <= amount && band < Highest)
        {
            band = Next(band);
        }

        return band;
    }

    private static decimal Next(decimal band) => band switch
    {
        0 => 1,
        _ => band * (band.ToString("F0", CultureInfo.InvariantCulture)[0] == '2' ? 2.5m : 2),
    };

    private static decimal Rounded(double money) => decimal.Round((decimal)money, 2);
}
