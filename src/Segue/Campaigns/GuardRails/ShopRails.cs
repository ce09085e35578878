using System.Globalization;
using Segue.Journeys;
using Segue.Segmentation;

namespace Segue.Campaigns.GuardRails;

/// <summary>What a shop's data say that guard rails need.</summary>
/// <param name="Segments">The segments' figures, by id; those with nobody may be missing.</param>
/// <param name="LastOrderAt">When the newest counted order was placed, or null.</param>
/// <param name="Traffic">Runs begun in the last <see cref="ShopRails.Window"/> and how many runs reached the goal ever, by journey.</param>
public sealed record ShopPicture(
    IReadOnlyDictionary<string, SegmentSize> Segments, DateTimeOffset? LastOrderAt, IReadOnlyDictionary<string, JourneyTraffic> Traffic);

/// <summary>A segment's figures, as far as guard rails need them.</summary>
/// <param name="Customers">Members.</param>
/// <param name="SpreadOfSpend">Upper by lower quartile of the buyers' spend; null where it is not known or says nothing.</param>
public readonly record struct SegmentSize(int Customers, decimal? SpreadOfSpend = null);

/// <summary>A journey's runs, held out or not.</summary>
/// <param name="Lately">Begun in the last <see cref="ShopRails.Window"/>.</param>
/// <param name="Entered">Begun ever.</param>
/// <param name="Converted">Of those, that reached the goal.</param>
public readonly record struct JourneyTraffic(int Lately, int Entered, int Converted);

/// <summary>Guard rails that the shop's customers touch: what <c>calibrate</c> and the dashboard warn of.</summary>
public static class ShopRails
{
    /// <summary>The time within which a test should show what it is for.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(90);

    /// <summary>Fewer customers than this are too few to learn from.</summary>
    public const int FewestCustomers = 20;

    /// <summary>The upper quartile of spend by the lower from which a segment is of more than one kind.</summary>
    public const decimal WidestSpread = 8;

    /// <summary>The relative change that a test should be able to show.</summary>
    public const double Visible = 0.2;

    private const int Named = 3;
    private static readonly TimeSpan Stale = TimeSpan.FromDays(2);

    /// <summary>What the shop touches, in the order of the guard rails.</summary>
    public static IReadOnlyList<GuardRail> Of(CampaignState state, ShopPicture shop, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(shop);
        return shop.Segments.Values.All(s => s.Customers == 0) ? [] :
        [
            .. Data(state, shop, now),
            .. TooSmall(state.Set.Evaluator, shop.Segments),
            .. state.Set.Evaluator.Segments.SelectMany(s => NotUniform(s, shop.Segments.GetValueOrDefault(s.Id))),
            .. CannotShow(state.Entrances, shop.Traffic),
        ];
    }

    /// <summary>
    /// The customers that a comparison of two shares needs in all, for a relative change of <see cref="Visible"/> at 5 % (two-sided) and a
    /// power of 80 %, where one part is held out: (z(0.975) + z(0.8))^2 p(1 - p) / (0.2 p)^2 (1/h + 1/(1 - h)) (Fleiss, Levin and Paik,
    /// "Statistical Methods for Rates and Proportions", 3rd edition, chapter 4).
    /// </summary>
    /// <param name="share">The share that reaches the goal, over 0 and under 1.</param>
    /// <param name="holdout">The part held out, over 0 and under 1.</param>
    public static double CustomersNeeded(double share, double holdout) =>
        Math.Pow(1.959964 + 0.841621, 2) * share * (1 - share) / Math.Pow(Visible * share, 2) * ((1 / holdout) + (1 / (1 - holdout)));

    private static IEnumerable<GuardRail> Data(CampaignState state, ShopPicture shop, DateTimeOffset now)
    {
        if (shop.LastOrderAt is { } last && now - last > Stale)
        {
            yield return new(Rails.Old, "", $"The newest order is {(int)(now - last).TotalDays} days old. Does the shop still send its orders?");
        }

        if (state.Calibration is null)
        {
            yield return new(Rails.NotCalibrated, "", "Nothing is calibrated yet: rules on scores and ranks hold for nobody. Run calibrate.");
        }
    }

    private static IEnumerable<GuardRail> TooSmall(Evaluator evaluator, IReadOnlyDictionary<string, SegmentSize> sizes)
    {
        var small = evaluator.Segments.SkipLast(1).Where(s => sizes.GetValueOrDefault(s.Id).Customers is > 0 and < FewestCustomers).ToList();
        if (small.Count > 0)
        {
            var names = Some(small.OrderBy(s => sizes.GetValueOrDefault(s.Id).Customers).Select(s => $"{s.Name} ({sizes.GetValueOrDefault(s.Id).Customers})"));
            yield return new(Rails.TooSmall, small.Count == 1 ? small[0].Id : "segments.yaml",
                $"Fewer than {FewestCustomers} customers, too few to learn anything from: {names}.");
        }
    }

    private static IEnumerable<GuardRail> NotUniform(SegmentDefinition segment, SegmentSize sum)
    {
        if (sum.Customers >= FewestCustomers && sum.SpreadOfSpend is { } spread && spread > WidestSpread)
        {
            yield return new(Rails.NotUniform, segment.Id, string.Create(CultureInfo.InvariantCulture,
                $"The segment '{segment.Name}' is not of one kind: its upper quarter has spent {spread:0.#} times what its lower quarter has. Part it by spend."));
        }
    }

    private static IEnumerable<GuardRail> CannotShow(IEnumerable<Journey> journeys, IReadOnlyDictionary<string, JourneyTraffic> traffic)
    {
        var slow = journeys.Select(j => (Journey: j, Traffic: traffic.GetValueOrDefault(j.Id), Needed: Needed(j, traffic.GetValueOrDefault(j.Id))))
            .Where(j => j.Needed is { } needed && j.Traffic.Lately < needed).ToList();
        if (slow.Count > 0)
        {
            var each = Some(slow.OrderBy(j => j.Traffic.Lately / j.Needed).Select(j => string.Create(CultureInfo.InvariantCulture, $"'{j.Journey.Name}' ({j.Traffic.Lately:N0} of {Math.Ceiling(j.Needed!.Value):N0})")));
            yield return new(Rails.CannotShow, slow.Count == 1 ? slow[0].Journey.Id : "journeys", string.Create(CultureInfo.InvariantCulture,
                $"Too few people came in the last {Window.TotalDays:0} days for the holdout to show a change of {Visible:P0}: {each}. Hold out more, or wait longer."));
        }
    }

    /// <summary>The first few, and how many more there are: a warning is to be read.</summary>
    private static string Some(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(Named)) + (all.Count > Named ? $" and {all.Count - Named} more" : "");
    }

    /// <summary>People that a journey's holdout takes; null where there is nothing to compare yet.</summary>
    private static double? Needed(Journey journey, JourneyTraffic traffic)
    {
        var share = traffic.Entered == 0 ? 0 : (double)traffic.Converted / traffic.Entered;
        return journey is { Goal: not null, Holdout: > 0 and < 1 } && share is > 0 and < 1 ? CustomersNeeded(share, journey.Holdout) : null;
    }
}
