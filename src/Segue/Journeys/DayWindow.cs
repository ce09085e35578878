using NodaTime;

namespace Segue.Journeys;

/// <summary>Hours of some weekdays. One that ends at or before its beginning ends on the next day; a whole day has both alike.</summary>
/// <param name="From">The local time it begins at, inclusive.</param>
/// <param name="To">The local time it ends at, exclusive.</param>
/// <param name="Days">The weekdays it begins on; null for all.</param>
public sealed record DayWindow(LocalTime From, LocalTime To, IReadOnlyList<IsoDayOfWeek>? Days = null)
{
    /// <summary>
    /// The moment itself where it lies within, else the next beginning. A time of day that a clock change skips moves on by the
    /// gap; one that comes twice is the first.
    /// </summary>
    public DateTimeOffset AtOrAfter(DateTimeOffset moment, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var today = Instant.FromDateTimeOffset(moment).InZone(zone).Date;

        // Yesterday's may last into today; a week and a day on, every weekday has come.
        for (var day = today.PlusDays(-1); ; day = day.PlusDays(1))
        {
            if (Days?.Contains(day.DayOfWeek) == false)
            {
                continue;
            }

            var from = CalendarTime.At(day, From, zone);
            var to = CalendarTime.At(To > From ? day : day.PlusDays(1), To, zone);
            if (moment < to)
            {
                return moment < from ? from : moment.ToUniversalTime();
            }
        }
    }

    /// <summary>Whether a moment lies within.</summary>
    public bool Contains(DateTimeOffset moment, DateTimeZone zone) => AtOrAfter(moment, zone) == moment;

    /// <summary>Equal by what it says.</summary>
    public bool Equals(DayWindow? other) => other is not null && From == other.From && To == other.To
        && (Days is null ? other.Days is null : other.Days is not null && Days.SequenceEqual(other.Days));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(From, To, Days?.Count);
}
