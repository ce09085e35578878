using Segue.Email;
using Segue.Journeys;
using Segue.Segmentation;

namespace Segue.Campaigns;

/// <summary>A whole campaigns folder, checked and compiled: what the engine runs on.</summary>
/// <param name="Version">Hash of all its files.</param>
/// <param name="SegmentsVersion">Hash of what evaluation depends on: the segments file and the lifecycle settings.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Evaluator">Segments, tags and lifecycle, compiled.</param>
/// <param name="Journeys">By id.</param>
/// <param name="Emails">By name.</param>
public sealed record CampaignSet(
    string Version,
    string SegmentsVersion,
    CampaignSettings Settings,
    Evaluator Evaluator,
    IReadOnlyDictionary<string, Journey> Journeys,
    IReadOnlyDictionary<string, EmailTemplate> Emails);
