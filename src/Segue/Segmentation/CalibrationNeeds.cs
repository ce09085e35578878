using Segue.Events;

namespace Segue.Segmentation;

/// <summary>What rules ask of a calibration, and of what customers' summaries remember, collected from them.</summary>
public sealed class CalibrationNeeds
{
    private readonly HashSet<RankRequest> _ranks = [];
    private readonly List<EventTracker> _trackers = [];
    private readonly HashSet<string> _scores = ["recency", "frequency", "monetary"];

    /// <summary>Ranks, each once, in order of their names.</summary>
    public IReadOnlyList<RankRequest> Ranks => [.. _ranks.OrderBy(r => r.Key, StringComparer.Ordinal)];

    /// <summary>Scores by field, in order; the three of RFM always.</summary>
    public IReadOnlyList<string> Scores => [.. _scores.Order(StringComparer.Ordinal)];

    /// <summary>Moments of events, each kind once.</summary>
    public IReadOnlyList<EventTracker> Trackers => EventTracker.Merge(_trackers);

    /// <summary>Asks for moments of events to be remembered.</summary>
    public void Add(EventTracker tracker) => _trackers.Add(tracker);

    /// <summary>Asks for a rank.</summary>
    public void Add(RankRequest rank) => _ranks.Add(rank);

    /// <summary>Asks for a score.</summary>
    public void AddScore(string field) => _scores.Add(field);
}
