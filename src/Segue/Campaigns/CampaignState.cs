using Segue.Journeys;
using Segue.Segmentation;

namespace Segue.Campaigns;

/// <summary>All that one handler needs to know besides the customer, fixed while it runs.</summary>
/// <param name="Set">The campaigns folder in force.</param>
/// <param name="Calibration">The calibration in force, or null before the first.</param>
/// <param name="Switches">By journey.</param>
public sealed record CampaignState(
    CampaignSet Set, Calibration? Calibration, IReadOnlyDictionary<string, JourneySwitch> Switches)
{
    /// <summary>The journeys that take people in, in a fixed order.</summary>
    public IReadOnlyList<Journey> Entrances { get; } =
        [.. Set.Journeys.Values.Where(j => Switches.TryGetValue(j.Id, out var s) && s.TakesIn).OrderBy(j => j.Id, StringComparer.Ordinal)];

    /// <summary>The variants that have won their tests, by experiment.</summary>
    public IReadOnlyDictionary<string, string> Winners { get; init; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    /// <summary>When this segments file came into force; null where it was not published here.</summary>
    public DateTimeOffset? SegmentsSince { get; init; }

    /// <summary>A journey's pauses, none if it was never paused.</summary>
    public IReadOnlyList<Pause> PausesOf(string journey) =>
        Switches.TryGetValue(journey, out var s) ? s.Pauses : [];
}
