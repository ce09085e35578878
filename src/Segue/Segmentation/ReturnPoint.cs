namespace Segue.Segmentation;

/// <summary>Of customers who had been silent for so long, how many came back.</summary>
/// <param name="Days">Days of silence after the first order.</param>
/// <param name="Silent">Customers who have been silent for so long, or longer.</param>
/// <param name="CameBack">Those of them who ordered again.</param>
/// <param name="Return">
/// The share that comes back at all, 0 to 1, with those whose silence goes on counted as not over (Kaplan-Meier, as far as
/// <see cref="Fewest"/> were silent: of fewer, one who comes back late would make it all of them).
/// </param>
public sealed record ReturnPoint(int Days, long Silent, long CameBack, double Return)
{
    private static readonly int[] Shown = [0, 7, 14, 30, 45, 60, 90, 120, 150, 180, 240, 300, 365, 545, 730];

    /// <summary>Customers at least whose silence a point of the curve rests on.</summary>
    public const int Fewest = 10;

    /// <summary>The curve of waits; empty of fewer than <see cref="Fewest"/>.</summary>
    public static IReadOnlyList<ReturnPoint> Of(DayHistogram waits)
    {
        ArgumentNullException.ThrowIfNull(waits);
        long Silent(int days) => waits.Ended.Skip(days).Sum() + waits.Unfinished.Skip(days).Sum();
        var curve = KaplanMeier.Curve(waits).TakeWhile(step => Silent(step.Day) >= Fewest).ToList();
        var end = curve.Count == 0 ? 1 : curve[^1].Survival;
        var points = new List<ReturnPoint>();
        foreach (var days in Shown)
        {
            // A wait of exactly n days is on day n and ends a silence of n days.
            var (ended, silent) = (waits.Ended.Skip(days).Sum(), Silent(days));
            if (silent < Fewest)
            {
                break;
            }

            var left = curve.LastOrDefault(s => s.Day < days) is { Survival: > 0 } step ? step.Survival : 1;
            points.Add(new(days, silent, ended, Math.Round(1 - (end / left), 4)));
            if (ended == 0)
            {
                break;
            }
        }

        return points;
    }
}
