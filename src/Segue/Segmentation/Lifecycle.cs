using System.Globalization;
using Segue.Orders;

namespace Segue.Segmentation;

/// <summary>A stage, and until when it holds if nothing happens.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="ChangesAt">The first later moment of another stage; null is never.</param>
public readonly record struct StageAnswer(Stage Stage, DateTimeOffset? ChangesAt);

/// <summary>The lifecycle: which stage a customer's orders and silence put them in.</summary>
/// <remarks>
/// Every bound belongs to the later stage: a customer is new up to and without the moment <see cref="LifecycleSettings.NewFor"/>
/// after the first order, and at risk or churned from the very moment that the bound is over. So one stage passes
/// into the next without an instant between. A silence that has not begun yet is zero.
/// </remarks>
public static class Lifecycle
{
    /// <summary>How many gaps of the whole population a customer's own at-risk bound is pulled by.</summary>
    private const int PopulationGaps = 3;

    /// <summary>An own churn bound never grows beyond this, unless <see cref="LifecycleSettings.ChurnedAfter"/> is longer.</summary>
    public static TimeSpan LongestOwnBound { get; } = TimeSpan.FromDays(365);

    /// <summary>What is wrong with the settings, one sentence each; empty if they can be used.</summary>
    public static IReadOnlyList<string> Problems(LifecycleSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var problems = new List<string>();
        if (settings.NewFor <= TimeSpan.Zero)
        {
            problems.Add($"The time that customers are new is {Days(settings.NewFor)}; it must be more than none.");
        }

        if (settings.AtRiskAfter < settings.NewFor)
        {
            problems.Add($"Customers are at risk after {Days(settings.AtRiskAfter)} of silence and new for "
                + $"{Days(settings.NewFor)}; at risk must not begin earlier than new ends.");
        }

        if (settings.AtRiskAfter >= settings.ChurnedAfter)
        {
            problems.Add($"Customers are at risk after {Days(settings.AtRiskAfter)} of silence and churned after "
                + $"{Days(settings.ChurnedAfter)}; at risk must begin earlier than churned.");
        }

        if (settings.WonBackFor < TimeSpan.Zero)
        {
            problems.Add($"The time that customers are won back is {Days(settings.WonBackFor)}; it must not be negative.");
        }

        if (!(settings.OwnGaps >= 0 && double.IsFinite(settings.OwnGaps)))
        {
            problems.Add($"Own gaps before churn are {settings.OwnGaps.ToString(CultureInfo.InvariantCulture)}; "
                + "it must be a number from 0 (off) up.");
        }

        return problems;
    }

    /// <summary>
    /// The silence from which the customer is churned: <see cref="LifecycleSettings.ChurnedAfter"/>, or with three or
    /// more orders so many times their own usual gap (365 days at most) where that is longer. Whole seconds where it is
    /// their own.
    /// </summary>
    /// <param name="purchases">The customer's.</param>
    /// <param name="settings">The set bounds.</param>
    /// <param name="calibration">The last one; churn is set and not learned, so it makes no difference.</param>
    public static TimeSpan ChurnBound(PurchaseSummary purchases, LifecycleSettings settings, Calibration? calibration)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        ArgumentNullException.ThrowIfNull(settings);
        if (purchases.Orders < 3)
        {
            return settings.ChurnedAfter;
        }

        var own = settings.OwnGaps * UsualGap(purchases).TotalSeconds;
        var capped = TimeSpan.FromSeconds(Math.Ceiling(Math.Min(own, LongestOwnBound.TotalSeconds)));
        return capped > settings.ChurnedAfter ? capped : settings.ChurnedAfter;
    }

    /// <summary>
    /// The silence from which the customer is at risk. Learned from the calibration: with two or more orders their own
    /// usual gap, pulled towards the population's the more the fewer gaps they have; with one order the silence
    /// within which 80 % of those who came back had come back. Kept at least <see cref="LifecycleSettings.NewFor"/> and
    /// a day less than <see cref="LifecycleSettings.ChurnedAfter"/>, so that nobody is lost without having been at
    /// risk. Before there is a calibration that could learn it, <see cref="LifecycleSettings.AtRiskAfter"/>.
    /// </summary>
    public static TimeSpan AtRiskBound(PurchaseSummary purchases, LifecycleSettings settings, Calibration? calibration)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        ArgumentNullException.ThrowIfNull(settings);
        TimeSpan learned;
        if (purchases.Orders < 2)
        {
            if (calibration?.ReturnSilence is not { } silence)
            {
                return settings.AtRiskAfter;
            }

            learned = silence;
        }
        else
        {
            if (calibration?.UsualGap is not { } population)
            {
                return settings.AtRiskAfter;
            }

            var gaps = purchases.Orders - 1;
            var seconds = ((gaps * UsualGap(purchases).TotalSeconds) + (PopulationGaps * population.TotalSeconds))
                / (gaps + PopulationGaps);
            learned = TimeSpan.FromSeconds(Math.Ceiling(seconds));
        }

        var most = settings.ChurnedAfter - TimeSpan.FromDays(1);
        return learned < settings.NewFor || most < settings.NewFor ? settings.NewFor : learned > most ? most : learned;
    }

    /// <summary>The mean gap between the customer's orders; zero with fewer than two.</summary>
    public static TimeSpan UsualGap(PurchaseSummary purchases)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        return purchases is { Orders: > 1, FirstOrderAt: { } first, LastOrderAt: { } last }
            ? Moments.Since(first, last) / (purchases.Orders - 1)
            : TimeSpan.Zero;
    }

    /// <summary>The stage at a moment, and until when it holds.</summary>
    public static StageAnswer At(
        PurchaseSummary purchases, LifecycleSettings settings, Calibration? calibration, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        ArgumentNullException.ThrowIfNull(settings);
        if (purchases.Orders <= 0 || purchases.LastOrderAt is not { } last)
        {
            return new(Stage.Prospect, null);
        }

        var churns = Moments.After(last, ChurnBound(purchases, settings, calibration));
        if (churns <= now)
        {
            return new(Stage.Churned, null);
        }

        if (purchases.WonBackAt is { } wonBack && Moments.After(wonBack, settings.WonBackFor) is var until && !(until <= now))
        {
            return new(Stage.WonBack, Moments.Earliest(until, churns));
        }

        if (purchases.Orders < 3 && Moments.After(purchases.FirstOrderAt ?? last, settings.NewFor) is var old && !(old <= now))
        {
            return new(Stage.New, Moments.Earliest(old, churns));
        }

        var risks = Moments.After(last, AtRiskBound(purchases, settings, calibration));
        return risks <= now ? new(Stage.AtRisk, churns) : new(Stage.Active, Moments.Earliest(risks, churns));
    }

    private static string Days(TimeSpan length) => $"{length.TotalDays.ToString("0.##", CultureInfo.InvariantCulture)} days";
}
