namespace Segue.Http.Reports;

/// <summary>Who moved between segments, month by month: <c>GET /api/reports/movements</c>.</summary>
/// <param name="At">The moment of the answer.</param>
/// <param name="RolledUpAt">The moment up to which facts are in it.</param>
/// <param name="Flows">Newest month first, largest flow first.</param>
public sealed record Movements(DateTimeOffset At, DateTimeOffset? RolledUpAt, IReadOnlyList<Flow> Flows);

/// <summary>Moves of one month from one segment to another; a customer who moves twice is in two.</summary>
/// <param name="Month">The month (UTC) as yyyy-MM.</param>
/// <param name="From">The segment left; null for customers who were not known before.</param>
/// <param name="To">The segment entered.</param>
/// <param name="Customers">Moves.</param>
public sealed record Flow(string Month, string? From, string To, int Customers);
