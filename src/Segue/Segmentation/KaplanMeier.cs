namespace Segue.Segmentation;

/// <summary>A step of a survival curve: the share still waiting after this day.</summary>
/// <param name="Day">A day on which a wait ended.</param>
/// <param name="Survival">From 1 down to 0.</param>
public readonly record struct SurvivalStep(int Day, double Survival);

/// <summary>
/// The product-limit estimate of how long a wait lasts when some waits are not over yet.
/// E. L. Kaplan and P. Meier, "Nonparametric Estimation from Incomplete Observations", JASA 53 (1958).
/// </summary>
public static class KaplanMeier
{
    /// <summary>The curve, one step for every day on which a wait ended.</summary>
    /// <remarks>A wait broken off on the day of an end counts as still waiting then, as is usual.</remarks>
    public static IReadOnlyList<SurvivalStep> Curve(DayHistogram waits)
    {
        ArgumentNullException.ThrowIfNull(waits);
        var steps = new List<SurvivalStep>();
        var waiting = waits.Ended.Sum() + waits.Unfinished.Sum();
        var survival = 1.0;
        for (var day = 0; day < waits.Ended.Count; day++)
        {
            if (waits.Ended[day] > 0)
            {
                survival *= 1 - (waits.Ended[day] / (double)waiting);
                steps.Add(new(day, survival));
            }

            waiting -= waits.Ended[day] + (day < waits.Unfinished.Count ? waits.Unfinished[day] : 0);
        }

        return steps;
    }

    /// <summary>The first day by which at least this share of the waits that end at all has ended; null if none ends.</summary>
    /// <param name="curve">See <see cref="Curve"/>.</param>
    /// <param name="share">Over 0, up to 1.</param>
    public static int? DayWithin(IReadOnlyList<SurvivalStep> curve, double share)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (curve.Count == 0)
        {
            return null;
        }

        // A hair less than the share, so that the rounding of the product does not cost a step.
        var aim = (share - 1e-9) * (1 - curve[^1].Survival);
        var at = 0;
        while (1 - curve[at].Survival < aim)
        {
            at++;
        }

        return curve[at].Day;
    }

    /// <summary>The mean length in days of the waits that end at all; null if none ends.</summary>
    public static double? Mean(IReadOnlyList<SurvivalStep> curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        double days = 0, before = 1;
        foreach (var (day, survival) in curve)
        {
            days += day * (before - survival);
            before = survival;
        }

        return curve.Count == 0 ? null : days / (1 - before);
    }
}
