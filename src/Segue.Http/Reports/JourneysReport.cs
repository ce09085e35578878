namespace Segue.Http.Reports;

/// <summary>The totals of every journey: <c>GET /api/reports/journeys</c>.</summary>
/// <param name="At">The moment of the answer.</param>
/// <param name="RolledUpAt">The moment up to which facts are in it; null before the first roll-up.</param>
/// <param name="Currency">ISO 4217 code of all money.</param>
/// <param name="Journeys">The journeys.</param>
public sealed record JourneysReport(DateTimeOffset At, DateTimeOffset? RolledUpAt, string Currency, IReadOnlyList<GroupMeasures> Journeys);
