using Segue.Segmentation;

namespace Segue.Customers;

/// <summary>
/// A row of Summaries: what calibration and pictures of the whole shop scan, and what tells whether a customer's answer has changed.
/// </summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Sequence">The profile's: a lower one never replaces a higher.</param>
/// <param name="Summary">What evaluation looks at.</param>
/// <param name="Standing">What it said.</param>
/// <param name="CalibrationId">By which calibration.</param>
/// <param name="SegmentsVersion">By which segments file.</param>
public sealed record SummaryRow(
    string CustomerId,
    long Sequence,
    CustomerSummary Summary,
    Evaluation Standing,
    string? CalibrationId,
    string? SegmentsVersion)
{
    /// <summary>The journeys under way; null for none.</summary>
    public IReadOnlyList<JourneyPlace>? Places { get; init; }
}

/// <summary>Where a customer stands in a journey.</summary>
/// <param name="Journey">The journey.</param>
/// <param name="Version">The definition they entered on.</param>
/// <param name="Step">The step that is next; null when nothing but the end is.</param>
/// <param name="DueAt">When it is due; while the journey is paused, as the pause found it.</param>
/// <param name="EnteredAt">When the run began.</param>
/// <param name="HeldOut">Whether the customer is left alone, to measure against.</param>
public sealed record JourneyPlace(
    string Journey, string Version, string? Step, DateTimeOffset DueAt, DateTimeOffset EnteredAt, bool HeldOut);
