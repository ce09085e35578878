namespace Segue.Journeys;

/// <summary>A length of time as campaign files write it: calendar days (7d, 2w) or exact time (36h, 15m, 10s).</summary>
/// <param name="Days">Calendar days, in the customer's zone: 14d at 09:00 ends at 09:00, across clock changes.</param>
/// <param name="Time">Exact time, added after the days.</param>
public readonly record struct Duration(int Days, TimeSpan Time);
