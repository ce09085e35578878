using Segue.Email;
using Segue.Events;
using Segue.Journeys;
using Segue.Segmentation;
using Segue.Surveys;

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
    IReadOnlyDictionary<string, EmailTemplate> Emails)
{
    private Known? _known;

    /// <summary>The files that it was compiled from, by path.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, Survey> Surveys { get; init; } = new Dictionary<string, Survey>();

    /// <summary>Whether some journey sends a mail that shows products chosen for the customer.</summary>
    public bool ShowsRecommendations => Journeys.Values.SelectMany(j => j.Steps.Values).OfType<SendStep>()
        .Any(s => Emails.TryGetValue(s.Email, out var email) && email.ShowsRecommendations);

    /// <summary>Worked out once; by what it was, for a copy of the record may have other journeys.</summary>
    private sealed record Known(Evaluator Evaluator, object Journeys, IReadOnlyList<EventTracker> Trackers);

    /// <summary>
    /// What customers' memories must keep of events for the rules of this folder and of definitions that people are
    /// still under way on.
    /// </summary>
    public IReadOnlyList<EventTracker> TrackersWith(IEnumerable<Journey> others)
    {
        var known = _known;
        if (known is null || !ReferenceEquals(known.Evaluator, Evaluator) || !ReferenceEquals(known.Journeys, Journeys))
        {
            _known = known = new(Evaluator, Journeys, TrackersOf(Evaluator, Journeys.Values));
        }

        var older = others.Where(o => !(Journeys.TryGetValue(o.Id, out var current) && current.Version == o.Version)).ToList();
        return older.Count == 0 ? known.Trackers : EventTracker.Merge([.. known.Trackers, .. TrackersOf(null, older)]);
    }

    private static IReadOnlyList<EventTracker> TrackersOf(Evaluator? evaluator, IEnumerable<Journey> journeys)
    {
        var needs = new CalibrationNeeds();
        var rules = (evaluator is null ? [] : evaluator.Segments.Concat(evaluator.Tags).Select(s => s.When)).Concat(journeys.SelectMany(j => j.Rules));
        foreach (var rule in rules)
        {
            rule?.Ask(needs);
        }

        return needs.Trackers;
    }
}
