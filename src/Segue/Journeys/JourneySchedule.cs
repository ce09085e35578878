using NodaTime;

namespace Segue.Journeys;

/// <summary>A calendar by which a journey begins.</summary>
/// <param name="When">The moment that comes again: a time of every day, or of a weekday or day of the month.</param>
/// <param name="Zone">IANA id of the zone that it is meant in; null for the shop's.</param>
/// <param name="Group">The segment or tag whose members enter; null for everyone.</param>
public sealed record JourneySchedule(CalendarMoment When, string? Zone, string? Group)
{
    /// <summary>The first moment after another.</summary>
    /// <param name="moment">The moment to look from, exclusive.</param>
    /// <param name="shopZone">The shop's zone.</param>
    public DateTimeOffset NextAfter(DateTimeOffset moment, string shopZone)
    {
        DateTimeZone zone = CalendarTime.ZoneOf([Zone, shopZone]);
        return When.AtOrAfter(moment.AddTicks(1), zone, null)!.Value;
    }
}
