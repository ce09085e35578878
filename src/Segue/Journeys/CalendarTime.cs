using NodaTime;

namespace Segue.Journeys;

/// <summary>Adds durations to moments as people mean them: calendar days in a zone, across clock changes.</summary>
public static class CalendarTime
{
    /// <summary>
    /// The moment <paramref name="duration"/> after <paramref name="from"/>. Days keep the local time of day; one that a
    /// clock change skips moves on by the gap, one that comes twice is the first.
    /// </summary>
    /// <param name="from">The start.</param>
    /// <param name="duration">Days, then exact time.</param>
    /// <param name="zones">IANA ids, the first known one counts (the customer's, the shop's); else UTC.</param>
    public static DateTimeOffset Add(DateTimeOffset from, Duration duration, params ReadOnlySpan<string?> zones)
    {
        var moment = from.ToUniversalTime();
        if (duration.Days != 0)
        {
            var zone = ZoneOf(zones);
            moment = zone == DateTimeZone.Utc ? moment.AddDays(duration.Days)
                : Instant.FromDateTimeOffset(from).InZone(zone).LocalDateTime.PlusDays(duration.Days)
                    .InZoneLeniently(zone).ToInstant().ToDateTimeOffset();
        }

        return moment + duration.Time;
    }

    /// <summary>A local time of a day; one that a clock change skips moves on by the gap, one that comes twice is the first.</summary>
    public static DateTimeOffset At(LocalDate day, LocalTime time, DateTimeZone zone) =>
        day.At(time).InZoneLeniently(zone).ToInstant().ToDateTimeOffset();

    /// <summary>The first zone that is known; else UTC.</summary>
    internal static DateTimeZone ZoneOf(ReadOnlySpan<string?> ids)
    {
        foreach (var id in ids)
        {
            if (id == "UTC")
            {
                return DateTimeZone.Utc;
            }

            if (id is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is { } zone)
            {
                return zone;
            }
        }

        return DateTimeZone.Utc;
    }
}
