using Segue.Orders;

namespace Segue.Segmentation;

/// <summary>What can be scored from 1 to 5.</summary>
internal enum ScoreKind
{
    /// <summary>Silence; the shorter, the higher.</summary>
    Recency,

    /// <summary>Orders.</summary>
    Frequency,

    /// <summary>Total spend or average order, as set.</summary>
    Monetary,

    /// <summary>Average order.</summary>
    AverageOrder,
}

/// <summary>Scores from 1 to 5 by a calibration's quintiles.</summary>
internal static class Scoring
{
    private static readonly string[] Fields = ["recency", "frequency", "monetary", "averageOrderScore"];

    /// <summary>The score's name as a field, and under which a calibration keeps its cut points.</summary>
    public static string Field(ScoreKind kind) => Fields[(int)kind];

    /// <summary>The score, or null without a counted order or cut points.</summary>
    public static int? Of(ScoreKind kind, PurchaseSummary purchases, Calibration? calibration, DateTimeOffset now) =>
        calibration is not null
        && Value(kind, purchases, calibration.MonetaryIsAverage, now) is { } value
        && calibration.CutPoints.TryGetValue(Field(kind), out var cuts)
            ? kind == ScoreKind.Recency ? 6 - cuts.Score(value) : cuts.Score(value)
            : null;

    /// <summary>What is scored: money, orders, or whole seconds of silence; null without a counted order.</summary>
    public static decimal? Value(ScoreKind kind, PurchaseSummary purchases, bool monetaryIsAverage, DateTimeOffset now) =>
        purchases.Orders <= 0 || purchases.LastOrderAt is not { } last ? null
        : kind switch
        {
            ScoreKind.Recency => Moments.Since(last, now).Ticks / TimeSpan.TicksPerSecond,
            ScoreKind.Frequency => purchases.Orders,
            ScoreKind.Monetary when !monetaryIsAverage => purchases.TotalSpend,
            // Rounded, so that a third does not take 28 digits in every sketch.
            _ => decimal.Round(purchases.TotalSpend / purchases.Orders, 4),
        };

    /// <summary>
    /// The first moment after <paramref name="now"/> at which the recency score enters or leaves the scores of
    /// <paramref name="mask"/> (bit n for score n); null is never.
    /// </summary>
    public static DateTimeOffset? RecencyChange(
        PurchaseSummary purchases, Calibration? calibration, DateTimeOffset now, int mask)
    {
        if (calibration is null || purchases.Orders <= 0 || purchases.LastOrderAt is not { } last
            || !calibration.CutPoints.TryGetValue(Field(ScoreKind.Recency), out var cuts))
        {
            return null;
        }

        var seconds = Moments.Since(last, now).Ticks / TimeSpan.TicksPerSecond;
        var score = 6 - cuts.Score(seconds);
        var holds = (mask >> score) & 1;
        while (score > 1)
        {
            // A silence scores lower from the first second beyond its cut point.
            var cut = score switch { 5 => cuts.First, 4 => cuts.Second, 3 => cuts.Third, _ => cuts.Fourth };
            score = 6 - cuts.Score(cut + 1);
            if (((mask >> score) & 1) != holds)
            {
                return Moments.After(last, TimeSpan.FromSeconds((long)cut + 1));
            }
        }

        return null;
    }
}
