namespace Segue.Http.Reports;

/// <summary>The experiments of all journeys that have any.</summary>
/// <param name="At">The moment of the answer.</param>
/// <param name="RolledUpAt">The moment up to which facts are in it; null before the first roll-up.</param>
/// <param name="Currency">ISO 4217 code of all money.</param>
/// <param name="Journeys">Live ones first, by name.</param>
public sealed record ExperimentsReport(
    DateTimeOffset At, DateTimeOffset? RolledUpAt, string Currency, IReadOnlyList<JourneyExperiments> Journeys);

/// <summary>A journey's experiments.</summary>
/// <param name="Id">The journey's id.</param>
/// <param name="Name">For people.</param>
/// <param name="Status">draft, live or paused.</param>
/// <param name="Experiments">Running ones first, newest first; one or more.</param>
public sealed record JourneyExperiments(string Id, string Name, string Status, IReadOnlyList<ExperimentReport> Experiments);
