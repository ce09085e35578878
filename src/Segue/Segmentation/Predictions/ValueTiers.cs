using Segue.Orders;

namespace Segue.Segmentation.Predictions;

/// <summary>A cell of the grid: those with such a longevity and silence.</summary>
/// <param name="Longevity">Row: index in <see cref="ValueTiers.Longevity"/>.</param>
/// <param name="Silence">Column: index in <see cref="ValueTiers.Silence"/>.</param>
/// <param name="Before">How many stood there a year before.</param>
/// <param name="Mean">What they spent on average in the twelve months after; null where there was nobody.</param>
/// <param name="Value">The same pulled to its column's the more the fewer they were.</param>
/// <param name="Tier">1 (most valuable) to 4.</param>
/// <param name="Customers">Who stood there at the calibration.</param>
public sealed record ValueCell(int Longevity, int Silence, long Before, decimal? Mean, decimal Value, int Tier, long Customers);

/// <summary>
/// What customers are worth by how long (since the first order) and how lately (since the last) they have bought: the mean of what those
/// who stood in the same cell a year before spent in the next twelve months.
/// </summary>
public sealed record ValueTiers
{
    /// <summary>Tiers, at most.</summary>
    public const int Count = 4;

    /// <summary>Under so many customers a year before there are no tiers.</summary>
    public const int LeastCustomers = 100;

    /// <summary>The least days since the first order of each row.</summary>
    public required IReadOnlyList<int> Longevity { get; init; }

    /// <summary>The least days since the last order of each column.</summary>
    public required IReadOnlyList<int> Silence { get; init; }

    /// <summary>Every cell that can be: nobody has been silent for longer than they have been customers.</summary>
    public required IReadOnlyList<ValueCell> Cells { get; init; }

    /// <summary>First day of the twelve months that the values are from: the day as of which customers stood in the cells.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The grid of what was counted; null where too few bought a year before.</summary>
    public static ValueTiers? Of(TierCounts counts, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var cells = counts.Cells.ToDictionary(c => (c.Longevity, c.Silence));
        if (cells.Values.Sum(c => c.Before.Customers) < LeastCustomers)
        {
            return null;
        }

        var (longevity, silence) = (CustomerMap.Longevity, CustomerMap.Silence);
        List<(int Row, int Column)> places =
            [.. from row in Enumerable.Range(0, longevity.Count) from column in Enumerable.Range(0, silence.Count)
                where row == longevity.Count - 1 || silence[column] < longevity[row + 1]
                select (row, column)];
        var columns = places.Select(p => p.Column).Distinct()
            .ToDictionary(c => c, c => cells.Values.Where(x => x.Silence == c).Aggregate(default(MoneyMoments), (sum, x) => sum + x.Before));
        var ofColumns = Credibility.Of(columns.Values);
        var ofCells = Credibility.Of([.. cells.Values.Select(c => c.Before)]);

        // A silence that nobody had a year before is worth no more than the longest that somebody had.
        var ofColumn = new double[silence.Count];
        for (var c = 0; c < ofColumn.Length; c++)
        {
            ofColumn[c] = columns.TryGetValue(c, out var known) && (known.Customers > 0 || c == 0) ? ofColumns.Shrink(known) : ofColumn[c - 1];
        }

        var found = places.Select(p =>
        {
            var cell = cells.GetValueOrDefault(p) ?? new(p.Row, p.Column, default, 0);
            var value = Math.Max(0, ofCells.Shrink(cell.Before, ofColumn[p.Column]));
            return (Cell: cell, Value: decimal.Round((decimal)value, 2));
        }).ToList();
        var tiers = NaturalBreaks.Of([.. found.Select(f => (Math.Log(1 + (double)f.Value), 1.0 + f.Cell.Now))], Count);
        var (from, until) = TierCounts.Window(DateOnly.FromDateTime(at.UtcDateTime));
        return new()
        {
            Longevity = longevity,
            Silence = silence,
            From = PurchaseMonth.FirstDay(from),
            Until = PurchaseMonth.FirstDay(until),
            Cells =
            [
                .. found.Select((f, i) => new ValueCell(
                    f.Cell.Longevity, f.Cell.Silence, f.Cell.Before.Customers,
                    f.Cell.Before.Customers == 0 ? null : decimal.Round(f.Cell.Before.Sum / f.Cell.Before.Customers, 2),
                    f.Value, 1 + tiers[i], f.Cell.Now)),
            ],
        };
    }

    /// <summary>A customer's tier, and until when time alone leaves it; none without a counted order.</summary>
    public (int? Tier, DateTimeOffset? ChangesAt) At(PurchaseSummary purchases, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        if (purchases is not { Orders: > 0, FirstOrderAt: { } first, LastOrderAt: { } last })
        {
            return (null, null);
        }

        var tier = TierOf(Moments.Since(first, now), Moments.Since(last, now));
        var at = now;
        while (Next(first, last, at) is { } next)
        {
            if (TierOf(Moments.Since(first, next), Moments.Since(last, next)) != tier)
            {
                return (tier, next);
            }

            at = next;
        }

        return (tier, null);
    }

    /// <summary>The cell of an age, by the least days of each.</summary>
    internal static int Band(IReadOnlyList<int> bounds, TimeSpan age)
    {
        var band = bounds.Count - 1;
        while (band > 0 && age.TotalDays < bounds[band])
        {
            band--;
        }

        return band;
    }

    private int? TierOf(TimeSpan longevity, TimeSpan silence)
    {
        var (row, column) = (Band(Longevity, longevity), Band(Silence, silence));

        // By index: this is asked in every evaluation, and an enumerator is an object.
        for (var i = 0; i < Cells.Count; i++)
        {
            if (Cells[i].Longevity == row && Cells[i].Silence == column)
            {
                return Cells[i].Tier;
            }
        }

        return null;
    }

    private DateTimeOffset? Next(DateTimeOffset first, DateTimeOffset last, DateTimeOffset now) =>
        Moments.Earliest(NextBand(Longevity, first, now), NextBand(Silence, last, now));

    private static DateTimeOffset? NextBand(IReadOnlyList<int> bounds, DateTimeOffset since, DateTimeOffset now)
    {
        for (var i = 0; i < bounds.Count; i++)
        {
            if (Moments.After(since, TimeSpan.FromDays(bounds[i])) is { } moment && moment > now)
            {
                return moment;
            }
        }

        return null;
    }
}
