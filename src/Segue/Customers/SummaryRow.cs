using Segue.Segmentation;

namespace Segue.Customers;

/// <summary>A row of Summaries: what calibration scans, and what tells whether a customer's answer has changed.</summary>
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
    string? SegmentsVersion);
