using NodaTime;
using NodaTime.Text;

namespace Segue.Journeys;

/// <summary>
/// A moment of the calendar: a date, the next of some weekday, day of the month or time, or a date that an attribute holds,
/// once or every year.
/// </summary>
public sealed record CalendarMoment
{
    /// <summary>The last day of each month, as <see cref="DayOfMonth"/>.</summary>
    public const int LastDay = 31;

    /// <summary>A fixed date, or null.</summary>
    public LocalDate? Date { get; init; }

    /// <summary>A day that comes every year, or null; 29 February is the 28th where there is none.</summary>
    public AnnualDate? Yearly { get; init; }

    /// <summary>The next of this weekday, or null.</summary>
    public IsoDayOfWeek? Weekday { get; init; }

    /// <summary>The next of this day of the month, 1 to 31, or null; the last day of a month that has fewer.</summary>
    public int? DayOfMonth { get; init; }

    /// <summary>The name of an attribute that holds a date (2026-12-24) or a moment (2026-12-24T09:00:00Z), or null.</summary>
    public string? Attribute { get; init; }

    /// <summary>Whether <see cref="Attribute"/> is one of the event that began the run, such as a booking, not of the customer.</summary>
    public bool FromEvent { get; init; }

    /// <summary>Whether the attribute's day comes every year, as a birthday does.</summary>
    public bool EveryYear { get; init; }

    /// <summary>Calendar days that are added to the date; negative for days before it.</summary>
    public int OffsetDays { get; init; }

    /// <summary>The local time of day; null is midnight, or the time that the attribute holds.</summary>
    public LocalTime? Time { get; init; }

    /// <summary>Whether the time of day is the hour in which the customer does most; <see cref="Time"/> where nobody knows yet.</summary>
    public bool AtUsualHour { get; init; }

    /// <summary>The moment with the time of day that is the customer's.</summary>
    /// <param name="usualHour">The hour in which they do most, 0 to 23, or null.</param>
    public CalendarMoment For(int? usualHour) => AtUsualHour && usualHour is { } hour ? this with { Time = new(hour, 0) } : this;

    /// <summary>The moment, or its next at or after <paramref name="now"/>; null where it is past or the customer has none.</summary>
    /// <param name="now">The moment to look from.</param>
    /// <param name="zone">The zone of its date and time.</param>
    /// <param name="attributes">The customer's.</param>
    public DateTimeOffset? AtOrAfter(DateTimeOffset now, DateTimeZone zone, IReadOnlyDictionary<string, string>? attributes)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var today = Instant.FromDateTimeOffset(now).InZone(zone).Date;
        var (date, yearly, time) = (Date, Yearly, Time ?? LocalTime.Midnight);
        if (Attribute is not null)
        {
            if (Read(attributes?.GetValueOrDefault(Attribute), zone) is not { } held)
            {
                return null;
            }

            (date, time) = (held.Date, Time ?? held.TimeOfDay);
            yearly = EveryYear ? new AnnualDate(held.Month, held.Day) : null;
        }

        if (date is { } day && yearly is null)
        {
            var moment = CalendarTime.At(day.PlusDays(OffsetDays), time, zone);
            return moment < now ? null : moment;
        }

        // From a year back, lest a day of last year comes into this one by its offset.
        IEnumerable<LocalDate> candidates = yearly is { } annual
            ? Enumerable.Range(today.Year - 1, 4).Select(annual.InYear)
            : DayOfMonth is { } n ? Enumerable.Range(-1, 4).Select(m => InMonth(today.PlusMonths(m), n))
            : Enumerable.Range(0, 9).Select(today.PlusDays).Where(d => Weekday is null || d.DayOfWeek == Weekday);
        return candidates.Select(c => (DateTimeOffset?)CalendarTime.At(c.PlusDays(OffsetDays), time, zone)).FirstOrDefault(m => m >= now);
    }

    private static LocalDate InMonth(LocalDate month, int day) =>
        new(month.Year, month.Month, Math.Min(day, CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month)));

    private static LocalDateTime? Read(string? text, DateTimeZone zone)
    {
        if (text is null)
        {
            return null;
        }

        return LocalDatePattern.Iso.Parse(text) is { Success: true } day ? day.Value.AtMidnight()
            : OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } moment ? moment.Value.InZone(zone).LocalDateTime
            : LocalDateTimePattern.ExtendedIso.Parse(text) is { Success: true } local ? local.Value
            : null;
    }
}
